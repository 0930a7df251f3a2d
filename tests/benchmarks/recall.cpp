// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/million.h"
#include "tests/support/maker.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

using million::Cost;
using million::costOf;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostKb = 200 << 10;
constexpr int one = 1000; ///< of so many devices is affected

} // namespace

/// Recalls over a million entries: by firmware, by issuer and by a supplier's list.
class RecallBenchmark : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aMillionEntries_data();
    void aMillionEntries();

private:
    support::Workplace m_workplace;
    std::unique_ptr<support::Consignment> m_place;
    const int m_records = million::recordCount();
};

void RecallBenchmark::initTestCase()
{
    m_place = std::make_unique<support::Consignment>(m_workplace.path(u"station"_s));
    m_place->makeSigner(u"factory"_s);
    const support::Maker good("good maker");
    const support::Maker bad("bad maker");
    // What is measured is how names are found; whose key a certificate holds, nobody asks here.
    const QByteArray key = support::Consignment::keyOf(1);
    const QByteArray fromGood = good.certify(key);
    const QByteArray fromBad = bad.certify(key);
    million::fill(*m_place, m_records, [&](int device, station::Proposal &proposal) {
        const bool isAffected = device % one == 7;
        proposal.examination.properties->firmware1 = isAffected ? 0x00040020 : 0x00070055;
        proposal.examination.certificates = {
            {.nvIndex = 0x01c00002, .der = isAffected ? fromBad : fromGood, .keyMatches = true}};
    });
    QFile list(m_place->path(u"batch.csv"_s));
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write("serial\n");
    for (int device = 7; device < m_records; device += one)
        list.write(u"%1\n"_s.arg(device, 8, 10, QLatin1Char('0')).toLatin1());
}

void RecallBenchmark::aMillionEntries_data()
{
    QTest::addColumn<QStringList>("what");
    QTest::newRow("advisory") << QStringList{u"--advisory"_s, u"CVE-2017-15361"_s};
    QTest::newRow("issuer") << QStringList{u"--issuer"_s, u"CN=bad maker issuer"_s};
    QTest::newRow("list") << QStringList{u"--list"_s, m_place->path(u"batch.csv"_s)};
}

void RecallBenchmark::aMillionEntries()
{
    QFETCH(QStringList, what);
    const QString out = m_place->path(u"out-"_s + QString::fromLatin1(QTest::currentDataTag()));
    const Cost cost = costOf(
        QStringList{u"recall"_s, u"--ledger"_s, m_place->ledgerUrl(), u"--json"_s, u"--out"_s, out}
            + what + m_place->signer(u"factory"_s),
        1);
    qInfo("%-10s %5.1f s for %d entries, peak %lld MB", QTest::currentDataTag(), cost.seconds,
        m_records, static_cast<long long>(cost.peakKb / 1024));
    QVERIFY(cost.peakKb < mostKb);
    QFile list(out);
    QVERIFY(list.open(QIODevice::ReadOnly));
    std::ignore = list.readLine(); // what it is about
    for (int device = 7; device < m_records; device += one)
        QCOMPARE(QJsonDocument::fromJson(list.readLine()).object()[u"serial"].toString(),
            u"%1"_s.arg(device, 8, 10, QLatin1Char('0')));
    QCOMPARE(QJsonDocument::fromJson(list.readLine()).object()[u"affected"].toInt(),
        (m_records - 7 + one - 1) / one);
    QVERIFY(list.atEnd());
}

QTEST_GUILESS_MAIN(RecallBenchmark)
#include "recall.moc"
