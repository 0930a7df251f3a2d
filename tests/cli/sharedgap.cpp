// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/support/consignment.h"
#include "tests/support/postgres.h"
#include "tests/support/program.h"
#include "tests/support/standin.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Ran;
using support::runCli;

/// The same air gap where both sides keep their ledgers on PostgreSQL.
class SharedGapTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void bundleAndReceipt();
    void rowsOfAFile();

private:
    static constexpr int units = 20;

    support::Workplace m_workplace;
    support::Postgres m_postgres;
    std::unique_ptr<support::StandIn> m_service;
    std::unique_ptr<Consignment> m_factory;
    std::unique_ptr<Consignment> m_office;
};

void SharedGapTest::initTestCase()
{
    m_service = std::make_unique<support::StandIn>(m_workplace.path(u"service"_s));
    const auto production = station::Purpose::Production;
    m_factory = std::make_unique<Consignment>(
        m_workplace.path(u"factory"_s), production, m_postgres.createDatabase());
    m_office = std::make_unique<Consignment>(
        m_workplace.path(u"office"_s), production, m_postgres.createDatabase());
    m_factory->writeStation("line1-a", nullptr);
    m_office->writeStation("office", m_service.get());
    m_factory->makeSigner(u"factory"_s);
    m_office->makeSigner(u"customer"_s);
    m_factory->record(1, units);
}

void SharedGapTest::bundleAndReceipt()
{
    const QString bundle = m_factory->path(u"bundle.zip"_s);
    const Ran bundled =
        runCli(QStringList{u"export"_s, u"--station"_s, m_factory->path(u"station.toml"_s),
                   u"--order"_s, u"ORDER-1"_s, u"--format"_s, u"bundle"_s, u"--out"_s, bundle}
            + m_factory->signer(u"factory"_s));
    QVERIFY2(bundled.exit == 0, bundled.said());
    const QString policy = m_office->path(u"policy.toml"_s);
    QFile file(policy);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("schema = 1\nsigners = \"" + m_factory->path(u"factory.pem"_s).toUtf8()
        + "\"\nmost = 100\n");
    file.close();
    const QString receipt = m_office->path(u"receipt"_s);
    const Ran received =
        runCli(QStringList{u"receive"_s, bundle, u"--station"_s, m_office->path(u"station.toml"_s),
                   u"--policy"_s, policy, u"--receipt"_s, receipt, u"--json"_s}
            + m_office->signer(u"customer"_s));
    QVERIFY2(received.exit == 0, received.said());
    QCOMPARE(received.json().last()[u"accepted"].toInt(), units);
    QCOMPARE(station::LedgerReader::open(m_office->place())->count({})->confirmed, units);

    const QStringList import{u"import"_s, receipt, u"--station"_s,
        m_factory->path(u"station.toml"_s), u"--signers"_s, m_office->path(u"customer.pem"_s),
        u"--json"_s};
    const Ran taken = runCli(import);
    QVERIFY2(taken.exit == 0, taken.said());
    auto ledger = station::LedgerReader::open(m_factory->place());
    QCOMPARE(ledger->count({})->confirmed, units);
    const Ran replayed = runCli(import);
    QVERIFY2(replayed.exit == 1 && replayed.err.contains("was imported before"), replayed.said());
    for (const auto &side : {m_factory.get(), m_office.get()}) {
        const Ran verified = runCli({u"verify"_s, side->ledgerUrl()});
        QVERIFY2(verified.exit == 0, verified.said());
    }
}

void SharedGapTest::rowsOfAFile()
{
    m_factory->record(units + 1, units + 3, u"ORDER-2"_s);
    const QString csv = m_office->path(u"devices.csv"_s);
    const Ran exported = runCli({u"export"_s, u"--ledger"_s, m_factory->ledgerUrl(), u"--format"_s,
        u"csv"_s, u"--out"_s, csv});
    QVERIFY2(exported.exit == 0, exported.said());
    const QStringList import{u"import"_s, csv, u"--station"_s, m_office->path(u"station.toml"_s)};
    const Ran first = runCli(import);
    QVERIFY2(first.exit == 0, first.said());
    auto ledger = station::LedgerReader::open(m_office->place());
    QCOMPARE(ledger->count({})->pending, 3); // the others are there already
    const Ran again = runCli(import);
    QVERIFY2(again.exit == 0, again.said());
    QCOMPARE(ledger->count({})->pending, 3);
}

QTEST_GUILESS_MAIN(SharedGapTest)
#include "sharedgap.moc"
