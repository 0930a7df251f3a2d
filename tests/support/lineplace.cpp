// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"

#include "app/wiring.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace support {

using namespace Qt::StringLiterals;

LinePlace::LinePlace(int devices, const QString &folder) : m_folder(folder)
{
    auto training = app::Training::start(devices, folder);
    if (!training)
        qFatal("%s", qPrintable(training.error().detail));
    m_training = std::move(*training);
}

void LinePlace::edit(const QString &name, const QString &before, const QString &after) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(file.errorString()));
    const QString text = QString::fromUtf8(file.readAll());
    if (!text.contains(before))
        qFatal("%s does not hold %s", qPrintable(name), qPrintable(before));
    write(name, QString(text).replace(before, after).toUtf8());
}

void LinePlace::write(const QString &name, const QByteArray &text) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s", qPrintable(file.errorString()));
}

void LinePlace::usePlan(const QString &before, const QString &after) const
{
    QFile::remove(path(u"plan.toml"_s));
    QFile::copy(
        QStringLiteral(SOURCE_FOLDER "/resources/plans/training.toml"), path(u"plan.toml"_s));
    edit(u"plan.toml"_s, before, after);
    edit(u"station.toml"_s, u"plan = \"training\""_s, u"plan = \"plan.toml\""_s);
}

void LinePlace::addSlots(int count) const
{
    QString more;
    for (int slot = 1; slot <= count; ++slot)
        more += u"[[slot]]\nname = \"more %1\"\ntarget = \"cmd:false\"\n\n"_s.arg(slot);
    edit(u"station.toml"_s, u"[service.main]"_s, more + u"[service.main]"_s);
}

void LinePlace::useService(const QUrl &url, const QString &caFile) const
{
    const auto &service = m_training->settings().services[u"main"_s];
    edit(u"station.toml"_s, service.url, url.toString());
    edit(u"station.toml"_s, service.caFile, caFile);
}

QStringList LinePlace::runArguments(const QStringList &serials, const QStringList &more) const
{
    write(u"serials.txt"_s, serials.join(u'\n').toUtf8() + '\n');
    return QStringList{u"run"_s, u"--station"_s, station(), u"--serials"_s, path(u"serials.txt"_s),
               u"--json"_s}
    + more;
}

Ran LinePlace::run(
    const QStringList &serials, const QStringList &more, const QByteArray &input) const
{
    return runCli(runArguments(serials, more), input);
}

station::LedgerReader LinePlace::ledger() const
{
    auto reader = station::LedgerReader::open(
        app::ledgerPlace(m_training->settings(), station::LedgerPlace::Role::Line));
    if (!reader)
        qFatal("%s", qPrintable(reader.error().detail));
    return std::move(*reader);
}

QStringList LinePlace::command(const QString &words, const QStringList &more) const
{
    return words.split(u' ') + QStringList{u"--station"_s, station()} + more;
}

QMap<QString, QByteArray> LinePlace::enrolled() const
{
    QMap<QString, QByteArray> keys;
    for (const auto &[id, enrollment] : enrollments().asKeyValueRange())
        keys[id] = enrollment.endorsementKey;
    return keys;
}

QMap<QString, upload::Enrollment> LinePlace::enrollments() const
{
    const auto &settings = m_training->settings();
    auto client = app::openClient(settings, settings.services[u"main"_s]);
    if (!client)
        qFatal("%s", qPrintable(client.error().detail));
    QMap<QString, upload::Enrollment> all;
    QByteArray continuation;
    do {
        QEventLoop loop;
        (*client)->query(1000, continuation, [&](const upload::Result<upload::Page> &page) {
            if (!page)
                qFatal("%s", qPrintable(page.error().detail));
            for (const auto &enrollment : page->enrollments)
                all[enrollment.registrationId] = enrollment;
            continuation = page->continuation;
            loop.quit();
        });
        loop.exec();
    } while (!continuation.isEmpty());
    return all;
}

station::Simulator blankDevices(int count, const QString &folder)
{
    QStringList states;
    for (int device = 1; device <= count; ++device) {
        states.append(folder + u"/%1"_s.arg(device));
        QDir().mkpath(states.last());
    }
    auto simulator = station::Simulator::wake(states);
    if (!simulator)
        qFatal("%s", qPrintable(simulator.error().detail));
    return std::move(*simulator);
}

QByteArray readPublic(const QString &target)
{
    const QTemporaryDir folder;
    const Ran ran = run(u"tpm2_readpublic"_s,
        {u"-Q"_s, u"-T"_s, target, u"-c"_s, u"0x81010001"_s, u"-f"_s, u"tss"_s, u"-o"_s,
            folder.filePath(u"ek"_s)});
    QFile file(folder.filePath(u"ek"_s));
    if (ran.exit != 0 || !file.open(QIODevice::ReadOnly))
        qFatal("%s", ran.said().constData());
    return file.readAll();
}

} // namespace support
