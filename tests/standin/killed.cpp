// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cloudkeys.h"
#include "tests/support/standin.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "upload/client.h"
#include "upload/standin/enrollments.h"

#include <QTest>

using namespace Qt::StringLiterals;
using support::StandIn;
using upload::BulkAnswer;
using upload::Client;
using upload::Result;

namespace {

constexpr int bulks = 500;
constexpr int clients = 25; // each has four requests under way at a time

QString nameOf(int device)
{
    return u"dev-%1"_s.arg(device);
}

QList<QByteArray> recordsOf(int bulk)
{
    QList<QByteArray> records;
    for (int device = bulk * 10; device < bulk * 10 + 10; ++device) {
        records.append(
            upload::toBody({nameOf(device), support::endorsementKey(device), {}, true, {}}));
    }
    return records;
}

} // namespace

/// What the service acknowledged is there, however the service ended.
class KilledTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void acknowledgedBulksOutliveAKill();
    void aRegistrationGoesOnAfterAKill();

private:
    support::Workplace m_workplace;
};

void KilledTest::acknowledgedBulksOutliveAKill()
{
    StandIn service(m_workplace.path(u"bulks"_s), {u"--unlimited"_s});
    upload::Endpoint endpoint;
    endpoint.url = service.url();
    endpoint.caFile = service.caFile();
    endpoint.test = true;
    std::vector<std::unique_ptr<Client>> senders;
    for (int client = 0; client < clients; ++client) {
        auto opened = Client::open(endpoint, service.credential());
        QVERIFY(opened);
        senders.push_back(std::move(*opened));
    }
    QSet<int> acknowledged;
    int ended = 0;
    for (int bulk = 0; bulk < bulks; ++bulk) {
        senders[size_t(bulk % clients)]->bulkCreate(
            recordsOf(bulk), [&, bulk](const Result<BulkAnswer> &answer) {
                ++ended;
                if (answer && answer->successful) {
                    acknowledged.insert(bulk);
                }
            });
    }
    QTRY_VERIFY_WITH_TIMEOUT(acknowledged.size() >= 100, 60'000);
    service.kill();
    QTRY_COMPARE_WITH_TIMEOUT(ended, bulks, 120'000);
    QVERIFY2(acknowledged.size() < bulks, "the service lived until all was done");

    service.start();
    const QString survivor = nameOf(*acknowledged.constBegin() * 10);
    QCOMPARE(service.ask("GET", u"/enrollments/"_s + survivor).status, 200);
    const auto books = upload::standin::Books::open(service.database());
    QVERIFY(books);
    upload::standin::Enrollments enrollments(**books);
    for (const int bulk : std::as_const(acknowledged)) {
        for (int device = bulk * 10; device < bulk * 10 + 10; ++device) {
            const auto found = enrollments.find(nameOf(device));
            QVERIFY2(found && *found, qPrintable(nameOf(device)));
            QCOMPARE(upload::enrollmentOf((*found)->record)->endorsementKey,
                support::endorsementKey(device));
        }
    }
    // A bulk is whole or absent, and the count is true.
    const auto count = enrollments.count();
    QVERIFY(count && *count % 10 == 0);
    QCOMPARE(enrollments.page({}, 10 * bulks)->size(), *count);
}

void KilledTest::aRegistrationGoesOnAfterAKill()
{
    StandIn service(m_workplace.path(u"registration"_s), {u"--assign-after"_s, u"3000"_s});
    const support::Swtpm device;
    const auto ran = support::runCli({u"read"_s, u"--device"_s, device.text(), u"--json"_s});
    service.enroll(u"traveller"_s,
        QByteArray::fromBase64(
            ran.json().value(0)[u"ek"].toObject()[u"public"].toString().toLatin1()));
    support::Cli registration(
        service.registration(device.text()) + QStringList{u"--registration-id"_s, u"traveller"_s});
    QTRY_VERIFY_WITH_TIMEOUT(
        service.ask("GET", u"/registrations/traveller"_s).body.contains("assigning"), 60'000);
    service.kill();
    service.start();
    const auto end = registration.wait();
    QVERIFY2(end.exit == 0, end.said());
    QCOMPARE(end.json().value(0)[u"status"].toString(), u"assigned"_s);
}

QTEST_GUILESS_MAIN(KilledTest)
#include "killed.moc"
