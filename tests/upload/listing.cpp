// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/listing.h"

#include "tests/upload/watched.h"

#include <QTest>

using namespace depot;
using support::Cloud;

namespace {

constexpr int many = 450; // three pages

QByteArray said(int status, int code, const QList<QByteArray> &headers = {})
{
    return Cloud::response(
        status, R"({"errorCode":)" + QByteArray::number(code) + R"(,"message":"words"})", headers);
}

} // namespace

/// Reading all that a service holds.
class ListingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void readsEveryPage();
    void bearsWhatPasses_data();
    void bearsWhatPasses();
    void asksForLessWhereAnswersAreTooLarge();
    void endsWithWhatDoesNotPass();
    void endsWhereNobodyTakesAPage();

private:
    [[nodiscard]] upload::Result<qint64> list();

    support::Pki m_pki;
    shopfloor::Watch m_watch;
    std::unique_ptr<Watched> m_service;
    std::unique_ptr<upload::Client> m_client;
    QSet<QString> m_listed;
    std::optional<upload::Error> m_refusal;
};

void ListingTest::init()
{
    m_client.reset();
    m_service = std::make_unique<Watched>(m_pki);
    m_client = m_service->client(m_watch);
    m_service->enroll(1, many);
    m_listed.clear();
    m_refusal.reset();
}

upload::Result<qint64> ListingTest::list()
{
    upload::Listing listing(
        *m_client, 100'000, [this](const QList<upload::Enrollment> &page) -> upload::Result<void> {
            if (m_refusal)
                return std::unexpected(*m_refusal);
            for (const upload::Enrollment &one : page)
                m_listed.insert(one.registrationId);
            return {};
        });
    std::optional<upload::Result<qint64>> got;
    connect(&listing, &upload::Listing::ended, this,
        [&got](const upload::Result<qint64> &number) { got = number; });
    listing.start();
    if (!QTest::qWaitFor([&got] { return got.has_value(); }, 60'000))
        qFatal("the listing does not end");
    return *got;
}

void ListingTest::readsEveryPage()
{
    QCOMPARE(list(), many);
    QCOMPARE(m_listed.size(), many);
    QCOMPARE(m_service->asked("POST", "/query"), 3);
}

void ListingTest::bearsWhatPasses_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("throttled") << said(429, 429001, {"Retry-After: 1"});
    QTest::newRow("down") << said(503, 500001);
}

void ListingTest::bearsWhatPasses()
{
    QFETCH(const QByteArray, answer);
    int asked = 0;
    m_service->spoil = [&](const Cloud::Seen &) { return ++asked == 2 ? answer : QByteArray(); };
    QCOMPARE(list(), many);
    QCOMPARE(m_listed.size(), many);
    QCOMPARE(asked, 4);
}

void ListingTest::asksForLessWhereAnswersAreTooLarge()
{
    const QByteArray large(2 << 20, ' ');
    m_service->spoil = [&](const Cloud::Seen &request) {
        return request.headers.value("x-ms-max-item-count").toInt() > 100
            ? Cloud::response(200, large)
            : QByteArray();
    };
    QCOMPARE(list(), many);
    QCOMPARE(m_listed.size(), many);
}

void ListingTest::endsWithWhatDoesNotPass()
{
    m_service->spoil = [](const Cloud::Seen &) { return said(401, 401002); };
    const auto number = list();
    QVERIFY(!number);
    QCOMPARE(number.error().fault, upload::Fault::Unauthorized);
}

void ListingTest::endsWhereNobodyTakesAPage()
{
    m_refusal = upload::Error{upload::Fault::Wrong, u"full"_s, 0, 0, {}};
    QCOMPARE(list().error(), *m_refusal);
    QCOMPARE(m_service->asked("POST", "/query"), 1);
}

QTEST_GUILESS_MAIN(ListingTest)
#include "listing.moc"
