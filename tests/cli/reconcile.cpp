// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/support/consignment.h"
#include "tests/support/postgres.h"
#include "tests/support/program.h"
#include "tests/support/standin.h"
#include "tests/support/workplace.h"
#include "upload/enrollment.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Ran;
using support::runCli;

namespace {

QString idOf(int unit)
{
    return tpm::parseEndorsementKey(Consignment::keyOf(unit))->registrationId();
}

QString deviceOf(int unit)
{
    return u"dev-%1"_s.arg(unit, 8, 10, QLatin1Char('0'));
}

/// registrationId → deviation, of what a run has printed.
QMap<QString, QString> deviationsOf(const Ran &ran)
{
    QMap<QString, QString> deviations;
    for (const QJsonObject &row : ran.json())
        if (row.contains(u"deviation"_s))
            deviations[row[u"registrationId"_s].toString()] = row[u"deviation"_s].toString();
    return deviations;
}

} // namespace

/// A service that somebody has been at, and a ledger that knows better.
class ReconcileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindAndItsRepair_data();
    void everyKindAndItsRepair();
    void anOlderLedgerIsBroughtUpToDate();
    void warnsOfAFullService();
    void wrongUse_data();
    void wrongUse();

private:
    /// A ledger of seven devices, six of which the service has.
    void build(const QString &url);
    void writeStation(const QByteArray &more = {}) const;
    /// What somebody else does at the service: another record in the place of a unit's.
    void put(int unit, int key, const QString &device, bool isEnabled) const;
    void spoil() const;
    void remove(int unit) const
    {
        QCOMPARE(m_service->ask("DELETE", u"/enrollments/"_s + idOf(unit)).status, 204);
    }
    [[nodiscard]] QStringList station() const
    {
        return {u"--station"_s, m_place->path(u"station.toml"_s)};
    }
    [[nodiscard]] Ran reconcile(const QStringList &more = {}) const
    {
        return runCli(QStringList{u"reconcile"_s, u"--json"_s} + station() + more);
    }
    void upload() const
    {
        const Ran ran = runCli(QStringList{u"upload"_s} + station());
        QVERIFY2(ran.exit == 0, ran.said());
    }
    void expectSums(const Ran &ran, int agreed, int underWay, int deviating, int queued) const
    {
        const QJsonObject sums = ran.json().last();
        QVERIFY2(sums[u"agreed"_s] == agreed && sums[u"underWay"_s] == underWay
                && sums[u"deviating"_s] == deviating && sums[u"queued"_s] == queued,
            ran.said());
    }

    support::Workplace m_workplace;
    std::unique_ptr<support::Postgres> m_postgres;
    std::unique_ptr<support::StandIn> m_service;
    std::unique_ptr<Consignment> m_place;
    int m_places = 0;
};

void ReconcileTest::build(const QString &url)
{
    const QString folder = m_workplace.path(u"place%1"_s.arg(++m_places));
    m_service = std::make_unique<support::StandIn>(folder + u"-service"_s);
    m_place = std::make_unique<Consignment>(folder, station::Purpose::Production, url);
    writeStation();
    m_place->record(1, 6);
    upload();
    auto store = station::Store::open(m_place->place());
    QVERIFY(store);
    QVERIFY((*store)->request(u"00000006"_s, station::DeliveryKind::Disable));
    store->reset();
    upload();
    m_place->record(7, 7);
}

void ReconcileTest::writeStation(const QByteArray &more) const
{
    m_place->writeStation("line1-a", m_service.get());
    QFile file(m_place->path(u"station.toml"_s));
    QVERIFY(file.open(QIODevice::Append));
    file.write(more);
}

void ReconcileTest::put(int unit, int key, const QString &device, bool isEnabled) const
{
    remove(unit);
    const auto said = m_service->ask("PUT", u"/enrollments/"_s + idOf(unit),
        upload::toBody(
            {idOf(unit), Consignment::keyOf(key).toBase64(), device, isEnabled, {}, {}}));
    QVERIFY2(said.status == 200, said.body);
}

void ReconcileTest::spoil() const
{
    remove(2);
    put(3, 90, deviceOf(3), true);
    put(4, 4, deviceOf(4), false);
    put(5, 5, u"somebody"_s, true);
    put(6, 6, deviceOf(6), true);
    m_service->enroll(u"stranger"_s, Consignment::keyOf(91), u"stranger"_s);
}

void ReconcileTest::everyKindAndItsRepair_data()
{
    QTest::addColumn<bool>("isPostgres");
    QTest::newRow("SQLite") << false;
    QTest::newRow("PostgreSQL") << true;
}

void ReconcileTest::everyKindAndItsRepair()
{
    QFETCH(const bool, isPostgres);
    if (isPostgres)
        m_postgres = std::make_unique<support::Postgres>();
    build(isPostgres ? m_postgres->createDatabase() : u"sqlite:ledger.db"_s);
    const Ran good = reconcile();
    QVERIFY2(good.exit == 0, good.said());
    expectSums(good, 6, 1, 0, 0);

    spoil();
    const QString csv = m_place->path(u"deviations.csv"_s);
    const Ran seen = reconcile({u"--out"_s, csv});
    QCOMPARE(seen.exit, 1);
    expectSums(seen, 1, 1, 6, 0);
    QCOMPARE(deviationsOf(seen),
        (QMap<QString, QString>{{idOf(2), u"missing"_s}, {idOf(3), u"different"_s},
            {idOf(4), u"disabled"_s}, {idOf(5), u"device"_s}, {idOf(6), u"enabled"_s},
            {u"stranger"_s, u"extra"_s}}));
    QFile file(csv);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count("\r\n"), 7); // and the names of its columns
    expectSums(reconcile({u"--customer"_s, u"ACME"_s}), 1, 1, 5, 0);
    expectSums(reconcile({u"--order"_s, u"another"_s}), 0, 0, 0, 0);

    const Ran queued = reconcile({u"--repair"_s, u"missing,different,disabled,device,enabled"_s});
    QCOMPARE(queued.exit, 1);
    expectSums(queued, 1, 1, 6, 5);
    expectSums(reconcile(), 1, 6, 1, 0); // nothing happens before the next upload
    upload();
    const Ran repaired = reconcile();
    QCOMPARE(deviationsOf(repaired), (QMap<QString, QString>{{u"stranger"_s, u"extra"_s}}));
    expectSums(repaired, 7, 0, 1, 0);

    expectSums(reconcile({u"--repair"_s, u"extra"_s, u"--id"_s, u"another"_s}), 7, 0, 1, 0);
    expectSums(reconcile({u"--repair"_s, u"extra"_s, u"--id"_s, u"STRANGER"_s}), 7, 0, 1, 1);
    upload();
    const Ran clean = reconcile();
    QVERIFY2(clean.exit == 0, clean.said());
    expectSums(clean, 7, 0, 0, 0);
    QCOMPARE(m_service->ask("GET", u"/enrollments/stranger"_s).status, 404);

    auto reader = station::LedgerReader::open(m_place->place());
    QVERIFY(reader);
    const auto report = reader->verifyChain(u"line1-a"_s);
    QVERIFY(report && !report->firstBreak);
    QCOMPARE(report->entries, 7 + 1 + 5 + 1);
    QVERIFY(reader->entry({u"line1-a"_s, report->entries})
            ->entry.body.contains(
                R"("action":"reconcile","registrationId":"stranger","repair":"extra")"));
}

void ReconcileTest::anOlderLedgerIsBroughtUpToDate()
{
    build(u"sqlite:ledger.db"_s);
    remove(2);
    m_place->makeOlder();
    const Ran ran = reconcile({u"--repair"_s, u"missing"_s});
    QVERIFY2(ran.exit == 1, ran.said());
    expectSums(ran, 5, 1, 1, 1);
}

void ReconcileTest::warnsOfAFullService()
{
    build(u"sqlite:ledger.db"_s);
    const QByteArray warning = "room at main: 6 of 6 enrollments";
    QVERIFY(!reconcile().err.contains("room at main"));
    writeStation("capacity = 6\n");
    QVERIFY(reconcile().err.contains(warning));
    const Ran doctor = runCli(QStringList{u"doctor"_s} + station());
    QVERIFY2(doctor.out.contains("room at main"), doctor.said());
    const Ran uploaded = runCli(QStringList{u"upload"_s} + station());
    QVERIFY2(uploaded.err.contains("room at main: 7 of 6 enrollments"), uploaded.said());
}

void ReconcileTest::wrongUse_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QStringList &options, const QByteArray &words) {
        QTest::newRow(name) << options << words;
    };
    row("extra without a name", {u"--repair"_s, u"extra"_s}, "name each with --id");
    row("extra of a customer",
        {u"--repair"_s, u"extra"_s, u"--id"_s, u"a"_s, u"--customer"_s, u"ACME"_s},
        "leave --customer and --order out");
    row("a name without a repair", {u"--id"_s, u"a"_s}, "add --repair");
    row("an unknown repair", {u"--repair"_s, u"missing,all"_s}, "not \"all\"");
    row("an unknown service", {u"--service"_s, u"other"_s}, "there are main");
    row("an argument", {u"other"_s}, "reconcile needs --station");
}

void ReconcileTest::wrongUse()
{
    QFETCH(const QStringList, options);
    QFETCH(const QByteArray, words);
    if (!m_place)
        build(u"sqlite:ledger.db"_s);
    const Ran ran = reconcile(options);
    QCOMPARE(ran.exit, 2);
    QVERIFY2(ran.err.contains(words), ran.said());
    QCOMPARE(ran.out, QByteArray());
}

QTEST_GUILESS_MAIN(ReconcileTest)
#include "reconcile.moc"
