// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include "station/roots.h"
#include "station/toml.h"
#include "tpm/target.h"
#include "upload/proxy.h"
#include "upload/safe.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;
using station::TomlTable;

namespace {

constexpr qint64 largestFile = 1 << 20;

void readStation(TomlTable table, Settings &settings)
{
    table.require({u"id"_s});
    settings.stationId = table.text(u"id"_s);
    if (settings.stationId.isEmpty() || settings.stationId.size() > 64)
        table.reject(u"id"_s, u"1 to 64 characters that name this station among all others"_s);
    const QString purpose = table.text(u"purpose"_s, u"production"_s);
    if (purpose != u"production" && purpose != u"training")
        table.reject(u"purpose"_s, u"write production or training"_s);
    settings.purpose =
        purpose == u"training" ? station::Purpose::Training : station::Purpose::Production;
    settings.ownTpm = table.text(u"tpm"_s);
    if (const auto target = tpm::parseTarget(settings.ownTpm);
        !settings.ownTpm.isEmpty() && !target)
        table.reject(u"tpm"_s, target.error().detail);
    table.close();
}

/// A command and the seconds it may take.
station::Hook readHook(TomlTable &table, const QString &key, int seconds)
{
    return {table.texts(key),
        std::chrono::seconds(table.number(key + u"_deadline_s"_s, seconds, 1, 3600))};
}

station::Slot readSlot(TomlTable &table)
{
    table.require({u"name"_s, u"target"_s});
    return {.name = table.text(u"name"_s),
        .target = table.text(u"target"_s),
        .identity = table.texts(u"identity"_s),
        .serial = readHook(table, u"serial"_s, 10),
        .hooks = {readHook(table, u"before"_s, 60), readHook(table, u"after"_s, 60),
            readHook(table, u"stop"_s, 60)},
        .prompt = table.text(u"prompt"_s),
        .network = table.text(u"network"_s)};
}

QList<station::Slot> readSlots(TomlTable &root)
{
    QList<station::Slot> result;
    for (TomlTable table : root.tables(u"slot"_s)) {
        const station::Slot slot = readSlot(table);
        for (const auto &other : std::as_const(result))
            if (other.name == slot.name)
                table.reject(u"name"_s, u"two slots are called \"%1\""_s.arg(slot.name));
        if (const auto target = tpm::parseTarget(slot.target); !target)
            table.reject(u"target"_s, target.error().detail);
        table.close();
        result.append(slot);
    }
    return result;
}

/// An absolute path; empty where the key is, or is not there.
QString fileIn(TomlTable &table, const QString &key, const QString &folder)
{
    const QString name = table.text(key);
    return name.isEmpty() ? QString() : QDir(folder).absoluteFilePath(name);
}

/// Where a secret is, as upload::passwordFrom() wants it; empty: there is none.
QString passwordIn(TomlTable &table, const QString &key, const QString &folder)
{
    const QString source = table.text(key);
    if (source.startsWith(u"file:"))
        return u"file:"_s + QDir(folder).absoluteFilePath(source.mid(5));
    if (!source.isEmpty() && !source.startsWith(u"env:"))
        table.reject(
            key, u"write \"file:PATH\" or \"env:NAME\"; a password never stands in this file"_s);
    return source;
}

ServiceSettings readService(TomlTable table, const QString &folder)
{
    table.require({u"url"_s, u"credential"_s});
    ServiceSettings service;
    service.url = table.text(u"url"_s);
    const QUrl url(service.url, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != u"https" || url.host().isEmpty())
        table.reject(u"url"_s, u"write https://NAME.azure-devices-provisioning.net"_s);
    service.idScope = table.text(u"id_scope"_s);
    service.credential = table.text(u"credential"_s);
    auto source = upload::parseSource(service.credential);
    if (!source)
        // The text is not repeated: it may be the secret that must not stand there.
        table.reject(u"credential"_s,
            u"write \"file:PATH\", \"env:NAME\", \"keychain:NAME\" or \"tpm:NAME\"; a key never stands in this file"_s);
    else if (source->place == upload::Source::Place::File) {
        source->where = QDir(folder).absoluteFilePath(source->where);
        service.credential = upload::textOf(*source);
    }
    service.caFile = fileIn(table, u"ca"_s, folder);
    service.proxy = table.text(u"proxy"_s);
    if (const auto proxy = upload::parseProxy(service.proxy); !proxy)
        table.reject(u"proxy"_s, proxy.error().detail);
    service.proxyPassword = passwordIn(table, u"proxy_password"_s, folder);
    service.readBackEvery = static_cast<int>(table.number(u"read_back_every"_s, 100, 0, 1'000'000));
    service.quotaPerMinute =
        static_cast<int>(table.number(u"quota_per_minute"_s, 600, 1, 1'000'000));
    service.capacity = static_cast<int>(table.number(u"capacity"_s, 1'000'000, 1, 1'000'000'000));
    service.test = table.truth(u"test"_s, false);
    table.close();
    return service;
}

upload::ReportPlace readReport(TomlTable table, const QString &folder)
{
    upload::ReportPlace place;
    place.command = table.texts(u"command"_s);
    place.url = QUrl(table.text(u"url"_s), QUrl::StrictMode);
    if (!place.url.isEmpty() && !upload::checkPostUrl(place.url))
        table.reject(u"url"_s, u"write https://HOST[:PORT]/PATH, without a user in it"_s);
    if (!place.url.isEmpty() && !place.command.isEmpty())
        table.reject(u"url"_s, u"reports go to a command or to a URL, not to both"_s);
    place.caFile = fileIn(table, u"ca"_s, folder);
    place.deadline = std::chrono::seconds(table.number(u"deadline_s"_s, 10, 1, 60));
    table.close();
    return place;
}

void readDesktop(TomlTable table, Settings &settings)
{
    settings.language = table.text(u"language"_s);
    if (!settings.language.isEmpty() && settings.language != u"en" && settings.language != u"ko")
        table.reject(u"language"_s, u"write en, ko or \"\" for the computer's"_s);
    settings.theme = table.text(u"theme"_s, settings.theme);
    if (!QStringList{u"system"_s, u"light"_s, u"dark"_s, u"contrast"_s}.contains(settings.theme))
        table.reject(u"theme"_s, u"write system, light, dark or contrast"_s);
    settings.sounds = table.texts(u"sounds"_s, settings.sounds);
    const auto isSound = [](const QString &sound) { return everySound().contains(sound); };
    if (!std::ranges::all_of(settings.sounds, isSound))
        table.reject(
            u"sounds"_s, u"write some of \"pass\", \"fail\", \"attention\", or [] for none"_s);
    table.close();
}

station::LoginRule readLogin(TomlTable table)
{
    station::LoginRule rule{.isRequired = table.truth(u"required"_s, false),
        .badge = table.text(u"badge"_s),
        .idle = std::chrono::minutes(table.number(u"idle_minutes"_s, 15, 1, 24 * 60))};
    if (!QRegularExpression(rule.badge).isValid())
        table.reject(u"badge"_s, u"this is no regular expression"_s);
    table.close();
    return rule;
}

station::GoldenRule readGolden(TomlTable table)
{
    station::GoldenRule rule{.pass = table.texts(u"pass"_s),
        .fail = table.texts(u"fail"_s),
        .hours = std::chrono::hours(table.number(u"hours"_s, 12, 1, 24 * 31))};
    for (const QString &serial : std::as_const(rule.pass))
        if (rule.fail.contains(serial))
            table.reject(u"fail"_s, u"\"%1\" cannot be known to pass and to fail"_s.arg(serial));
    table.close();
    return rule;
}

void readAdmit(TomlTable table, Settings &settings)
{
    settings.admitCommand = table.texts(u"command"_s);
    settings.admitUrl = table.text(u"url"_s);
    if (!settings.admitUrl.isEmpty()
        && !upload::checkPostUrl(QUrl(settings.admitUrl, QUrl::StrictMode)))
        table.reject(u"url"_s, u"write https://HOST[:PORT]/PATH, without a user in it"_s);
    if (!settings.admitUrl.isEmpty() && !settings.admitCommand.isEmpty())
        table.reject(u"url"_s, u"a command or a URL is asked, not both"_s);
    settings.admitCa = fileIn(table, u"ca"_s, settings.folder);
    settings.admitCredential = passwordIn(table, u"credential"_s, settings.folder);
    settings.admitDeadline = std::chrono::seconds(table.number(u"deadline_s"_s, 10, 1, 3600));
    table.close();
}

} // namespace

QStringList everySound()
{
    return {u"pass"_s, u"fail"_s, u"attention"_s};
}

station::Result<Settings> parseSettings(const QByteArray &toml, const QString &file)
{
    auto root = TomlTable::parse(toml, file);
    if (!root)
        return std::unexpected(root.error());
    Settings settings;
    settings.folder = QFileInfo(file).absolutePath();
    root->require({u"schema"_s, u"station"_s});
    root->number(u"schema"_s, 1, 1, 1);
    readStation(root->table(u"station"_s), settings);
    TomlTable ledger = root->table(u"ledger"_s);
    settings.ledgerUrl = ledger.text(u"url"_s, u"sqlite:ledger.db"_s);
    if (!settings.ledgerUrl.startsWith(u"sqlite:")
        && !settings.ledgerUrl.startsWith(u"postgresql://"))
        ledger.reject(u"url"_s, u"write sqlite:PATH or postgresql://USER@HOST/DATABASE"_s);
    settings.checkpointEvery =
        static_cast<int>(ledger.number(u"checkpoint_every"_s, 1000, 1, 1'000'000));
    settings.replicaFile = fileIn(ledger, u"replica"_s, settings.folder);
    if (!settings.replicaFile.isEmpty() && !settings.ledgerUrl.startsWith(u"sqlite:"))
        ledger.reject(
            u"replica"_s, u"a ledger on PostgreSQL is copied by PostgreSQL's own replication"_s);
    ledger.close();
    TomlTable sign = root->table(u"sign"_s);
    settings.signKey = fileIn(sign, u"key"_s, settings.folder);
    settings.signCertificate = fileIn(sign, u"certificate"_s, settings.folder);
    if (settings.signKey.isEmpty() != settings.signCertificate.isEmpty())
        sign.reject(u"key"_s, u"\"key\" and \"certificate\" go together"_s);
    sign.close();
    TomlTable order = root->table(u"order"_s);
    settings.orderBundles = fileIn(order, u"bundles"_s, settings.folder);
    if (!settings.orderBundles.isEmpty() && settings.signKey.isEmpty())
        order.reject(u"bundles"_s, u"bundles are signed: name the station's key in [sign]"_s);
    order.close();
    TomlTable line = root->table(u"line"_s);
    settings.plan = line.text(u"plan"_s,
        settings.purpose == station::Purpose::Training ? u"training"_s : u"production"_s);
    line.close();
    settings.slotList = readSlots(*root);
    auto services = root->tablesIn(u"service"_s);
    for (auto service = services.begin(); service != services.end(); ++service)
        settings.services[service.key()] = readService(service.value(), settings.folder);
    if (settings.services.contains(station::reportDestination()))
        root->reject(
            u"service"_s, u"a service cannot be called \"report\"; that is where reports go"_s);
    TomlTable deliver = root->table(u"deliver"_s);
    settings.deliverAutomatically = deliver.truth(u"automatic"_s, true);
    deliver.close();
    TomlTable trust = root->table(u"trust"_s);
    settings.rootsFile = fileIn(trust, u"roots"_s, settings.folder);
    settings.linesFile = fileIn(trust, u"lines"_s, settings.folder);
    settings.supplierFile = fileIn(trust, u"supplier"_s, settings.folder);
    trust.close();
    settings.login = readLogin(root->table(u"login"_s));
    settings.golden = readGolden(root->table(u"golden"_s));
    readAdmit(root->table(u"admit"_s), settings);
    readDesktop(root->table(u"desktop"_s), settings);
    settings.report = readReport(root->table(u"report"_s), settings.folder);
    root->close();
    if (root->error())
        return std::unexpected(*root->error());
    return settings;
}

QString ownTpmOf(const Settings &settings)
{
    return settings.ownTpm.isEmpty() ? u"device:/dev/tpmrm0"_s : settings.ownTpm;
}

QString rootsFileOf(const Settings &settings)
{
    return settings.rootsFile.isEmpty() ? station::usualRootsFile() : settings.rootsFile;
}

station::Result<Settings> loadSettings(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(
            Error{Fault::Missing, u"settings %1: %2"_s.arg(path, file.errorString())});
    const QByteArray bytes = file.read(largestFile + 1);
    if (bytes.size() > largestFile)
        return std::unexpected(
            Error{Fault::Syntax, u"%1: larger than 1 MiB, this is no station.toml"_s.arg(path)});
    return parseSettings(bytes, path);
}

} // namespace app
