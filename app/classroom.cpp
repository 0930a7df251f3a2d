// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/classroom.h"

#include "app/settingsfile.h"
#include "app/training.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QProcess>
#include <QSaveFile>

#include <csignal>

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

constexpr int goods = 5; ///< devices 1 to 5 pass; owned and slow follow
constexpr int owned = 6, slow = 7, made = 7;
constexpr std::chrono::milliseconds pause{1200}, work{3}; ///< of the slow device

std::unexpected<Error> failed(const QString &why)
{
    return std::unexpected(Error{Fault::Missing, why});
}

QString devicesIn(const QString &folder)
{
    return folder + u"/devices"_s;
}

QString stateOf(const QString &folder, int device)
{
    return u"%1/device%2"_s.arg(devicesIn(folder)).arg(device);
}

QString cloneIn(const QString &folder)
{
    return devicesIn(folder) + u"/clone"_s;
}

/// Somebody was here before: the endorsement hierarchy has a password that nobody tells us.
bool takeOwnership(const QString &target)
{
    QProcess tool;
    tool.start(u"tpm2_changeauth"_s, {u"-T"_s, target, u"-c"_s, u"endorsement"_s, u"somebody"_s});
    return tool.waitForFinished(20'000) && tool.exitStatus() == QProcess::NormalExit
        && tool.exitCode() == 0;
}

bool copyFolder(const QString &from, const QString &to)
{
    bool isCopied = QDir().mkpath(to);
    for (const QString &name : QDir(from).entryList(QDir::Files))
        isCopied = isCopied && QFile::copy(from + u'/' + name, to + u'/' + name);
    return isCopied;
}

bool writeSecret(const QString &path, QByteArrayView bytes)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(bytes.constData(), bytes.size()) == bytes.size() && file.commit();
}

} // namespace

bool Classroom::isPrepared(const QString &folder)
{
    return QFile::exists(devicesIn(folder) + u"/ready"_s);
}

station::Result<void> Classroom::prepare(const QString &folder)
{
    if (isPrepared(folder))
        return {};
    QDir(devicesIn(folder)).removeRecursively(); // half made, should there be any
    {
        const auto devices = station::Simulator::start(made, devicesIn(folder));
        if (!devices)
            return std::unexpected(devices.error());
        if (!takeOwnership(devices->targets()[owned - 1]))
            return failed(u"tpm2_changeauth did not work (is the package tpm2-tools installed?)"_s);
    }
    QFile ready(devicesIn(folder) + u"/ready"_s);
    if (!copyFolder(stateOf(folder, 1), cloneIn(folder)) || !ready.open(QIODevice::WriteOnly))
        return failed(u"the folder %1 cannot be written"_s.arg(folder));
    return {};
}

station::Result<std::unique_ptr<Classroom>> Classroom::open(const QString &folder)
{
    std::unique_ptr<Classroom> room(new Classroom(QDir(folder).absolutePath()));
    if (auto begun = room->begin(); !begun)
        return std::unexpected(begun.error());
    return room;
}

station::Result<void> Classroom::begin()
{
    m_settings.folder = m_folder;
    m_settings.stationId = u"training"_s;
    m_settings.purpose = station::Purpose::Training;
    m_settings.ledgerUrl = u"sqlite:ledger.db"_s;
    m_settings.plan = u"training"_s;
    m_settings.rootsFile = m_folder + u"/roots.pem"_s;
    if (auto trusted = trustDevices(devicesIn(m_folder), m_settings.rootsFile); !trusted)
        return trusted;
    for (int slot = 0; slot < places; ++slot) {
        QFile::remove(socketOf(slot));
        m_settings.slotList.append({QString::number(slot + 1), u"swtpm:path="_s + socketOf(slot)});
    }
    if (auto served = restoreCloud(); !served)
        return served;
    if (!writeSecret(
            m_folder + u"/main.credential"_s, m_service->authority().connectionString().bytes()))
        return failed(u"the folder %1 cannot be written"_s.arg(m_folder));
    ServiceSettings service;
    service.url = m_service->url().toString();
    service.idScope = upload::standin::Terms().idScope;
    service.credential = u"file:%1/main.credential"_s.arg(m_folder);
    service.caFile = m_service->authority().caFile;
    service.quotaPerMinute = 100'000;
    service.test = true;
    m_settings.services[u"main"_s] = service;
    m_slowness.setSingleShot(true);
    connect(&m_slowness, &QTimer::timeout, this, &Classroom::slowDown);
    return saveSettings(m_settings, settingsFile());
}

QString Classroom::settingsFile() const
{
    return m_folder + u"/station.toml"_s;
}

QString Classroom::socketOf(int slot) const
{
    return u"%1/slot%2.sock"_s.arg(m_folder).arg(slot + 1);
}

/// "TRAIN-0003" is good device 3; the others have a hundred more, so that a clone is no retest.
QString Classroom::takeLabel(Kind kind)
{
    const auto label = [](int number) {
        return u"TRAIN-%1"_s.arg(number, 4, 10, QLatin1Char('0'));
    };
    const auto isFree = [this](const QString &one) {
        return std::ranges::find(m_plugged, one, &Plugged::label) == m_plugged.end();
    };
    if (kind != Kind::Good)
        return isFree(label(100 + static_cast<int>(kind))) ? label(100 + static_cast<int>(kind))
                                                           : QString();
    for (int tried = 0; tried < goods; ++tried) {
        m_lastGood = m_lastGood % goods + 1;
        if (isFree(label(m_lastGood)))
            return label(m_lastGood);
    }
    return {};
}

station::Result<void> Classroom::plug(Kind kind)
{
    const auto place = std::ranges::find(m_plugged, QString(), &Plugged::label);
    if (place == m_plugged.end())
        return failed(u"every slot is taken; pull a device out first"_s);
    const QString label = takeLabel(kind);
    if (label.isEmpty())
        return failed(u"this device is plugged in already"_s);
    const int slot = static_cast<int>(place - m_plugged.begin());
    place->label = label;
    place->kind = kind;
    const auto switched = kind == Kind::Silent ? keepSilent(slot) : wake(slot);
    if (!switched) {
        *place = {};
        return switched;
    }
    if (kind == Kind::Slow)
        slowDown();
    Q_EMIT changed(slot, label);
    return {};
}

/// A simulated TPM behind the slot's socket.
station::Result<void> Classroom::wake(int slot)
{
    Plugged &place = m_plugged[static_cast<size_t>(slot)];
    const QString state = place.kind == Kind::Clone ? cloneIn(m_folder)
        : place.kind == Kind::Owned                 ? stateOf(m_folder, owned)
        : place.kind == Kind::Slow                  ? stateOf(m_folder, slow)
                                                    : stateOf(m_folder, m_lastGood);
    auto device = station::Simulator::wake({state});
    if (!device)
        return std::unexpected(device.error());
    if (!QFile::link(state + u".sock"_s, socketOf(slot)))
        return failed(u"the folder %1 cannot be written"_s.arg(m_folder));
    place.device = std::make_unique<station::Simulator>(std::move(*device));
    return {};
}

/// Somebody picks up, and never says a word.
station::Result<void> Classroom::keepSilent(int slot)
{
    auto silence = std::make_unique<QLocalServer>();
    auto *server = silence.get();
    connect(server, &QLocalServer::newConnection, server, [server] {
        while (auto *caller = server->nextPendingConnection())
            connect(caller, &QLocalSocket::disconnected, caller, &QObject::deleteLater);
    });
    if (!server->listen(socketOf(slot)))
        return failed(server->errorString());
    m_plugged[static_cast<size_t>(slot)].silence = std::move(silence);
    return {};
}

void Classroom::unplug(int slot)
{
    Plugged &place = m_plugged[static_cast<size_t>(slot)];
    place = {}; // without a warning, as when a cable is pulled
    QFile::remove(socketOf(slot));
    Q_EMIT changed(slot, {});
}

/// Lets the slow device work in short spells, as long as it is plugged in.
void Classroom::slowDown()
{
    const auto place = std::ranges::find_if(
        m_plugged, [](const Plugged &one) { return one.kind == Kind::Slow && one.device; });
    if (place == m_plugged.end())
        return;
    m_isPaused = !m_isPaused;
    ::kill(place->device->pidOf(0), m_isPaused ? SIGSTOP : SIGCONT);
    m_slowness.start(m_isPaused ? pause : work);
}

void Classroom::cutCloud()
{
    m_service.reset();
}

station::Result<void> Classroom::restoreCloud()
{
    upload::standin::Place place;
    place.folder = m_folder + u"/service"_s;
    const auto known = m_settings.services.constFind(u"main"_s);
    if (known != m_settings.services.constEnd())
        place.port = static_cast<quint16>(QUrl(known->url).port());
    auto service = upload::standin::Server::start(place);
    if (!service)
        return failed(service.error().detail);
    m_service = std::move(*service);
    return {};
}

} // namespace app
