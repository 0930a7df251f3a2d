// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/million.h"
#include "tests/support/program.h"
#include "tests/support/standin.h"
#include "tests/support/workplace.h"
#include "upload/standin/enrollments.h"

using million::Cost;
using million::costOf;
using namespace Qt::StringLiterals;
using support::Consignment;

namespace {

constexpr qint64 mostKb = 150 << 10;
constexpr int one = 1000; ///< of so many devices the service has forgotten

} // namespace

/// A service's list of a million enrollments beside the ledger.
class ReconcileBenchmark : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMillionDevices();

private:
    void fillService() const;

    support::Workplace m_workplace;
    std::unique_ptr<support::StandIn> m_service;
    std::unique_ptr<Consignment> m_place;
    const int m_records = million::recordCount();
};

void ReconcileBenchmark::fillService() const
{
    const auto books = upload::standin::Books::open(m_service->database());
    upload::standin::Enrollments there(**books);
    for (int device = 0; device < m_records;) {
        QVERIFY((*books)->begin());
        for (const int end = std::min(device + 10'000, m_records); device < end; ++device) {
            if (device % one == 7)
                continue;
            const tpm::EndorsementKey key{.publicArea = Consignment::keyOf(device)};
            const upload::Enrollment enrollment{.registrationId = key.registrationId(),
                .endorsementKey = key.base64(),
                .deviceId = u"dev-%1"_s.arg(device, 8, 10, QLatin1Char('0'))};
            QVERIFY(there.store({enrollment.registrationId,
                QJsonDocument::fromJson(upload::toBody(enrollment)).object(), u"\"1\""_s, 0, 0}));
        }
        QVERIFY((*books)->commit());
    }
}

void ReconcileBenchmark::aMillionDevices()
{
    m_service = std::make_unique<support::StandIn>(
        m_workplace.path(u"service"_s), QStringList{u"--unlimited"_s});
    m_place = std::make_unique<Consignment>(m_workplace.path(u"station"_s));
    m_place->writeStation("line1-a", m_service.get());
    million::fill(*m_place, m_records, [](int, station::Proposal &) { });
    fillService();
    const QString out = m_place->path(u"out.csv"_s);
    const Cost cost = costOf(
        {u"reconcile"_s, u"--station"_s, m_place->path(u"station.toml"_s), u"--out"_s, out}, 1);
    qInfo("%.1f s for %d enrollments, %.0f a second, peak %lld MB", cost.seconds, m_records,
        m_records / cost.seconds, static_cast<long long>(cost.peakKb / 1024));
    QVERIFY(cost.peakKb < mostKb);
    QFile list(out);
    QVERIFY(list.open(QIODevice::ReadOnly));
    QCOMPARE(list.readAll().count("missing"), (m_records - 7 + one - 1) / one);
    measure::sayLoad();
}

QTEST_GUILESS_MAIN(ReconcileBenchmark)
#include "reconcile.moc"
