// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingsfile.h"

#include "tests/support/workplace.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace app;
using station::Fault;

namespace {

const QByteArray head = "schema = 1\n[station]\nid = \"a\"\n";
const QString file = u"/srv/line/station.toml"_s;

} // namespace

/// station.toml: what it says, and what a wrong one is told.
class SettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSampleIsValid();
    void everyKeyIsRead();
    void whatIsLeftOutHasADefault();
    void pathsAreRelativeToTheFile();
    void wrongSettingsAreNamed_data();
    void wrongSettingsAreNamed();
    void everyPlaceOfACredentialIsWritten_data();
    void everyPlaceOfACredentialIsWritten();
    void aSecretInTheFileIsNotRepeated();
    void whatIsNoSettingsFileIsNamed();

private:
    support::Workplace m_workplace;
};

void SettingsTest::theSampleIsValid()
{
    const auto sample = loadSettings(QStringLiteral(SOURCE_FOLDER "/resources/station.toml"));
    QVERIFY2(sample, qPrintable(sample ? QString() : sample.error().detail));
    QCOMPARE(sample->stationId, u"line1-a"_s);
    QCOMPARE(sample->purpose, station::Purpose::Production);
    QCOMPARE(sample->slotList.size(), 2);
    QCOMPARE(sample->services.keys(), QStringList{u"main"_s});
    // A sample that somebody starts as it is must reach nobody's service.
    QCOMPARE(sample->services[u"main"_s].url, u"https://example.azure-devices-provisioning.net"_s);
}

void SettingsTest::everyKeyIsRead()
{
    const auto settings = parseSettings(
        "schema = 1\n"
        "[station]\nid = \"line1-a\"\npurpose = \"training\"\n"
        "tpm = \"swtpm:path=/own\"\n"
        "[ledger]\nurl = \"sqlite:/l.db\"\nreplica = \"r/l.db\"\n"
        "[line]\nplan = \"mine.toml\"\n"
        "[[slot]]\nname = \"1\"\ntarget = \"swtpm:path=/s\"\n"
        "[[slot]]\nname = \"2\"\ntarget = \"cmd:x y\"\n"
        "identity = [\"/bin/i\"]\nserial = [\"/bin/s\"]\nserial_deadline_s = 3\n"
        "before = [\"/bin/on\", \"2\"]\nafter = [\"/bin/off\"]\nafter_deadline_s = 9\n"
        "stop = [\"/bin/cut\"]\nprompt = \"Switch on\"\nnetwork = \"unit2\"\n"
        "[service.main]\nurl = \"https://a.example\"\n"
        "id_scope = \"0ne1\"\ncredential = \"env:KEY\"\n"
        "ca = \"/etc/ca.pem\"\nquota_per_minute = 1\ntest = true\n"
        "proxy = \"http://u@p:1\"\nproxy_password = \"file:p\"\n"
        "read_back_every = 7\ncapacity = 5000\n"
        "[service.b]\nurl = \"https://b.example:8443\"\n"
        "credential = \"file:/b\"\n"
        "[deliver]\nautomatic = false\n"
        "[trust]\nroots = \"r.pem\"\nlines = \"l.pem\"\nsupplier = \"/lists/s.csv\"\n"
        "[login]\nrequired = true\nbadge = \"B[0-9]+\"\nidle_minutes = 3\n"
        "[golden]\npass = [\"G-1\", \"G-2\"]\nfail = [\"B-1\"]\nhours = 8\n"
        "[admit]\ncommand = [\"/bin/a\", \"b c\"]\ndeadline_s = 3\n"
        "[report]\ncommand = [\"/bin/r\"]\nca = \"mes.pem\"\ndeadline_s = 5\n",
        file);
    QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().detail));
    const Settings expected{.folder = u"/srv/line"_s,
        .stationId = u"line1-a"_s,
        .purpose = station::Purpose::Training,
        .ownTpm = u"swtpm:path=/own"_s,
        .ledgerUrl = u"sqlite:/l.db"_s,
        .replicaFile = u"/srv/line/r/l.db"_s,
        .plan = u"mine.toml"_s,
        .login = {true, u"B[0-9]+"_s, std::chrono::minutes(3)},
        .slotList = {{u"1"_s, u"swtpm:path=/s"_s},
            {.name = u"2"_s,
                .target = u"cmd:x y"_s,
                .identity = {u"/bin/i"_s},
                .serial = {{u"/bin/s"_s}, 3s},
                .hooks = {{{u"/bin/on"_s, u"2"_s}, 60s}, {{u"/bin/off"_s}, 9s},
                    {{u"/bin/cut"_s}, 60s}},
                .prompt = u"Switch on"_s,
                .network = u"unit2"_s}},
        .services = {{u"main"_s,
                         {.url = u"https://a.example"_s,
                             .idScope = u"0ne1"_s,
                             .credential = u"env:KEY"_s,
                             .caFile = u"/etc/ca.pem"_s,
                             .proxy = u"http://u@p:1"_s,
                             .proxyPassword = u"file:/srv/line/p"_s,
                             .quotaPerMinute = 1,
                             .readBackEvery = 7,
                             .capacity = 5000,
                             .test = true}},
            {u"b"_s, {.url = u"https://b.example:8443"_s, .credential = u"file:/b"_s}}},
        .deliverAutomatically = false,
        .rootsFile = u"/srv/line/r.pem"_s,
        .linesFile = u"/srv/line/l.pem"_s,
        .supplierFile = u"/lists/s.csv"_s,
        .golden = {{u"G-1"_s, u"G-2"_s}, {u"B-1"_s}, std::chrono::hours(8)},
        .admitCommand = {u"/bin/a"_s, u"b c"_s},
        .admitDeadline = std::chrono::seconds(3),
        .report = {.command = {u"/bin/r"_s},
            .url = {},
            .caFile = u"/srv/line/mes.pem"_s,
            .deadline = std::chrono::seconds(5)}};
    QCOMPARE(*settings, expected);
}

void SettingsTest::whatIsLeftOutHasADefault()
{
    const auto settings = parseSettings(head, file);
    QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().detail));
    QCOMPARE(*settings,
        (Settings{.folder = u"/srv/line"_s,
            .stationId = u"a"_s,
            .ledgerUrl = u"sqlite:ledger.db"_s,
            .plan = u"production"_s,
            .slotList = {},
            .services = {},
            .admitCommand = {}}));
    const auto training = parseSettings(head + "purpose = \"training\"\n", file);
    QCOMPARE(training->plan, u"training"_s);
}

void SettingsTest::pathsAreRelativeToTheFile()
{
    const auto settings = parseSettings(
        head + "[service.main]\nurl = \"https://a\"\ncredential = \"file:k\"\nca = \"../ca\"\n",
        file);
    QVERIFY(settings);
    QCOMPARE(settings->services[u"main"_s].credential, u"file:/srv/line/k"_s);
    QCOMPARE(settings->services[u"main"_s].caFile, u"/srv/line/../ca"_s);
}

void SettingsTest::wrongSettingsAreNamed_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QStringList>("says");
    const auto row = [](const char *name, const QByteArray &toml, const char *place,
                         const QStringList &says) {
        QTest::newRow(name) << toml << u"%1:%2: "_s.arg(file, QLatin1String(place)) << says;
    };
    const auto more = [&](const char *name, const QByteArray &toml, const char *place,
                          const QStringList &says) { row(name, head + toml, place, says); };
    const auto service = [&](const char *name, const QByteArray &toml, const char *place,
                             const QStringList &says) {
        row(name, head + "[service.main]\n" + toml, place, says);
    };
    const QByteArray slot = "[[slot]]\nname = \"1\"\ntarget = \"a\"\n";
    row("nothing at all", "", "1:1", {u"schema is missing"_s});
    row("no station", "schema = 1\n", "1:1", {u"station is missing"_s});
    row("no id", "schema = 1\n[station]\n", "2:1", {u"id is missing"_s});
    row("an empty id", "schema = 1\n[station]\nid = \"\"\n", "3:6",
        {u"id"_s, u"1 to 64 characters"_s});
    row("an endless id", "schema = 1\n[station]\nid = \"" + QByteArray(65, 'a') + "\"\n", "3:6",
        {u"id"_s, u"1 to 64 characters"_s});
    row("a newer form", "schema = 2\n[station]\nid = \"a\"\n", "1:10", {u"from 1 to 1"_s});
    row("a station that is none", "schema = 1\nstation = \"a\"\n", "2:11", {u"[station]"_s});
    more("an unknown purpose", "purpose = \"rework\"\n", "4:11",
        {u"purpose"_s, u"production or training"_s});
    more("a TPM that is none", "tpm = \"swtpm:nowhere\"\n", "4:7", {u"tpm"_s, u"swtpm:"_s});
    more("an unknown key", "name = \"b\"\n", "4:8", {u"\"name\""_s, u"id, purpose"_s});
    more("an unknown table", "[lines]\n", "4:1",
        {u"\"lines\""_s,
            u"admit, deliver, desktop, golden, ledger, line, login, order, report, schema, service, sign, slot, station, trust"_s});
    more("a replica of PostgreSQL", "[ledger]\nurl = \"postgresql://u@h/d\"\nreplica = \"r.db\"\n",
        "6:11", {u"PostgreSQL's own"_s});
    more("another store", "[ledger]\nurl = \"mysql://h/d\"\n", "5:7",
        {u"url"_s, u"sqlite:PATH or postgresql://"_s});
    more("a slot without a target", "[[slot]]\nname = \"1\"\n", "4:1", {u"target is missing"_s});
    more("a slot twice", slot + slot, "8:8", {u"name"_s, u"two slots are called \"1\""_s});
    more("an unknown key of a slot", slot + "plan = \"qa\"\n", "7:8",
        {u"\"plan\""_s, u"identity, name, network"_s});
    more("one slot as a table", "[slot]\nname = \"1\"\n", "4:1", {u"[[slot]]"_s});
    more("a golden device of both kinds", "[golden]\npass = [\"G\"]\nfail = [\"G\"]\n", "6:8",
        {u"\"G\" cannot be known"_s});
    more("badges that are no expression", "[login]\nbadge = \"B[\"\n", "5:9",
        {u"no regular expression"_s});
    more("nobody stays logged in", "[login]\nidle_minutes = 0\n", "5:16", {u"idle_minutes"_s});
    more("a service without a name", "[service]\nurl = \"https://a\"\n", "5:7",
        {u"[service.url]"_s});
    service("a service without a URL", "credential = \"env:A\"\n", "4:1", {u"url is missing"_s});
    service("a service without a credential", "url = \"https://a\"\n", "4:1",
        {u"credential is missing"_s});
    service("a credential of no place", "url = \"https://a\"\ncredential = \"main\"\n", "6:14",
        {u"tpm:NAME"_s});
    service("a credential with a path for a name",
        "url = \"https://a\"\ncredential = \"tpm:../main\"\n", "6:14", {u"tpm:NAME"_s});
    service("a service without TLS", "url = \"http://a\"\ncredential = \"env:A\"\n", "5:7",
        {u"url"_s, u"https://"_s});
    service("a service without a host", "url = \"https:///x\"\ncredential = \"env:A\"\n", "5:7",
        {u"url"_s});
    service("no requests at all",
        "url = \"https://a\"\ncredential = \"env:A\"\nquota_per_minute = 0\n", "7:20",
        {u"quota_per_minute"_s, u"1 to 1000000"_s});
    service("an unknown key of a service",
        "url = \"https://a\"\ncredential = \"env:A\"\nkey = \"a\"\n", "7:7",
        {u"\"key\""_s,
            u"ca, capacity, credential, id_scope, proxy, proxy_password, quota_per_minute, read_back_every, test, url"_s});
    more("a word for a truth", "[deliver]\nautomatic = \"yes\"\n", "5:13",
        {u"automatic"_s, u"true or false"_s});
    more("a command in one piece", "[admit]\ncommand = \"/bin/a b\"\n", "5:11",
        {u"command"_s, u"list of texts"_s});
    more("no time to answer", "[admit]\ndeadline_s = 0\n", "5:14",
        {u"deadline_s"_s, u"1 to 3600"_s});
}

void SettingsTest::wrongSettingsAreNamed()
{
    QFETCH(const QByteArray, toml);
    QFETCH(const QString, place);
    QFETCH(const QStringList, says);
    const auto settings = parseSettings(toml, file);
    QVERIFY(!settings);
    QCOMPARE(settings.error().fault, Fault::Syntax);
    QVERIFY2(settings.error().detail.startsWith(place), qPrintable(settings.error().detail));
    for (const QString &word : says)
        QVERIFY2(settings.error().detail.contains(word), qPrintable(settings.error().detail));
}

void SettingsTest::everyPlaceOfACredentialIsWritten_data()
{
    QTest::addColumn<QString>("credential");
    for (const char *credential : {"tpm:main", "keychain:main-2", "file:/a b/c", "env:KEY"})
        QTest::newRow(credential) << QString::fromLatin1(credential);
}

void SettingsTest::everyPlaceOfACredentialIsWritten()
{
    QFETCH(const QString, credential);
    const auto settings = parseSettings(head
            + "[service.main]\nurl = \"https://a\"\ncredential = \"" + credential.toUtf8() + "\"\n",
        file);
    QVERIFY(settings);
    QCOMPARE(settings->services[u"main"_s].credential, credential);
    QCOMPARE(parseSettings(tomlOf(*settings), file), settings);
}

void SettingsTest::aSecretInTheFileIsNotRepeated()
{
    const auto settings = parseSettings(head
            + "[service.main]\nurl = \"https://a\"\n"
              "credential = \"HostName=a;SharedAccessKey=c2VjcmV0\"\n",
        file);
    QVERIFY(!settings);
    QVERIFY(settings.error().detail.contains(u"never stands in this file"));
    QVERIFY(!settings.error().detail.contains(u"c2VjcmV0"));
}

void SettingsTest::whatIsNoSettingsFileIsNamed()
{
    const QString path = m_workplace.path(u"station.toml"_s);
    const auto absent = loadSettings(path);
    QVERIFY(!absent);
    QCOMPARE(absent.error().fault, Fault::Missing);
    QVERIFY(absent.error().detail.contains(path));
    QFile large(path);
    QVERIFY(large.open(QIODevice::WriteOnly));
    large.write(QByteArray((1 << 20) + 1, '#'));
    large.close();
    const auto endless = loadSettings(path);
    QVERIFY(!endless);
    QVERIFY(endless.error().detail.contains(path) && endless.error().detail.contains(u"1 MiB"));
}

QTEST_GUILESS_MAIN(SettingsTest)
#include "settings.moc"
