// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/reporter.h"

#include "tests/station/shopfloor.h"
#include "tests/support/cloud.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace shopfloor;
using upload::Recipient;
using upload::Reporter;
using upload::ReportPlace;
using RestState = upload::Rest::State;
using support::Cloud;

namespace {

/// A reporter, and waiting for it.
class Driver {
public:
    Driver(Ledger &ledger, const ReportPlace &place)
    {
        auto recipient = Recipient::open(place);
        if (!recipient)
            qFatal("recipient: %s", qPrintable(recipient.error().detail));
        m_reporter = std::make_unique<Reporter>(
            ledger, std::move(*recipient), upload::OutboxOptions{.owner = u"one"_s});
        QObject::connect(m_reporter.get(), &Reporter::rested, m_reporter.get(),
            [this](const upload::Rest &rest) { m_rests.append(rest); });
        QObject::connect(m_reporter.get(), &Reporter::settled, m_reporter.get(),
            [this](const Settlement &settlement) { settled.append(settlement); });
    }
    upload::Rest work()
    {
        const qsizetype before = m_rests.size();
        m_reporter->wake();
        if (!QTest::qWaitFor([&] { return m_rests.size() > before; }, 30'000))
            qFatal("the reporter does not rest");
        return m_rests.last();
    }

    QList<Settlement> settled;

private:
    std::unique_ptr<Reporter> m_reporter;
    QList<upload::Rest> m_rests;
};

QStringList sh(const QString &script, const QString &file)
{
    return {u"/bin/sh"_s, u"-c"_s, script, u"sh"_s, file};
}

QStringList entriesIn(const QList<QByteArray> &reports)
{
    QStringList entries;
    for (const QByteArray &report : reports)
        entries.append(QJsonDocument::fromJson(report)[u"entry"].toString());
    return entries;
}

QList<QByteArray> linesOf(const QString &file)
{
    QFile lines(file);
    if (!lines.open(QIODevice::ReadOnly))
        return {};
    QList<QByteArray> all = lines.readAll().split('\n');
    all.removeAll(QByteArray());
    return all;
}

} // namespace

/// The factory's own system is told of each examination, over a real command and real TLS.
class ReporterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void eachExaminationIsTold_data() { engines(); }
    void eachExaminationIsTold();
    void nobodyIsToldUnasked();
    void aReportIsNoEnrollment();
    void whatACommandMeans_data();
    void whatACommandMeans();
    void whatAnAnswerMeans_data();
    void whatAnAnswerMeans();
    void afterAnOutageTheOldestComesFirst();
    void aLostAnswerBringsTheSameReportAgain();
    void addressesThatAreNone_data();
    void addressesThatAreNone();

private:
    [[nodiscard]] LedgerPlace place(const QString &engine = u"sqlite"_s)
    {
        LedgerPlace place = m_places.fresh(engine);
        place.reports = true;
        return place;
    }
    [[nodiscard]] ReportPlace address() const
    {
        QUrl url = m_cloud->url();
        url.setPath(u"/mes/a b"_s);
        url.setQuery(u"line=1"_s);
        return {.url = url, .caFile = m_pki.caFile(), .deadline = std::chrono::seconds(2)};
    }

    Places m_places;
    support::Pki m_pki;
    std::unique_ptr<Cloud> m_cloud;
    QString m_file; ///< where commands write
    int m_files = 0;
};

void ReporterTest::init()
{
    m_cloud = std::make_unique<Cloud>(m_pki.server());
    m_file = m_places.workplace().path(u"reports%1"_s.arg(++m_files));
}

void ReporterTest::eachExaminationIsTold()
{
    QFETCH(QString, engine);
    const LedgerPlace where = place(engine);
    const auto ledger = opened(where);
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    QVERIFY(record(*ledger, failOf(u"SN-2"_s, 2)));
    QCOMPARE(record(*ledger, passOf(u"SN-3"_s, 1))->examination.verdict, Verdict::Fail);
    Driver driver(*ledger, {.command = sh(u"cat >> \"$1\""_s, m_file)});
    QCOMPARE(driver.work().state, RestState::Delivered);
    const auto reports = linesOf(m_file);
    QCOMPARE(entriesIn(reports), QStringList({u"line1-a/1"_s, u"line1-a/2"_s, u"line1-a/3"_s}));
    const auto stored = readerOf(where).entry({u"line1-a"_s, 3});
    QVERIFY(stored);
    QVERIFY2(reports[2].endsWith("\"exam\":" + stored->entry.body + '}'), reports[2].constData());
    const auto last = QJsonDocument::fromJson(reports[2]);
    QCOMPARE(last[u"hash"].toString().toLatin1(), stored->entry.hash.toHex());
    QCOMPARE(last[u"exam"][u"verdict"].toString(), u"fail"_s); // as the ledger decided
    QCOMPARE(last[u"at"].toString(), u"2023-11-14T22:13:20.000Z"_s);
}

void ReporterTest::nobodyIsToldUnasked()
{
    LedgerPlace where = place();
    where.reports = false;
    const auto ledger = opened(where);
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    Driver driver(*ledger, {.command = sh(u"cat >> \"$1\""_s, m_file)});
    QCOMPARE(driver.work().state, RestState::Delivered);
    QVERIFY(!QFile::exists(m_file));
}

void ReporterTest::aReportIsNoEnrollment()
{
    const LedgerPlace where = place();
    const auto ledger = opened(where);
    QVERIFY(record(*ledger, failOf(u"SN-1"_s, 1)));
    QCOMPARE(record(*ledger, passOf(u"SN-2"_s, 2))->delivery, DeliveryState::Pending);
    QVERIFY(record(*ledger, failOf(u"SN-2"_s, 2))); // tested again; its enrollment still waits
    LedgerReader reader = readerOf(where);
    QCOMPARE(*reader.count({}), (DeliveryCounts{.pending = 2})); // and is off again after it
    const auto records = reader.find({});
    QVERIFY(records);
    QCOMPARE(records->value(2).delivery, std::nullopt);
    QCOMPARE(records->value(1).delivery, DeliveryState::Pending);
    QCOMPARE(lease(*ledger, u"one"_s)->deliveries.size(), 1);
}

void ReporterTest::whatACommandMeans_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<RestState>("rest");
    QTest::addColumn<DeliveryState>("first");
    QTest::addColumn<QString>("says");
    QTest::newRow("taken, with words")
        << u"echo thanks"_s << RestState::Delivered << DeliveryState::Confirmed << QString();
    QTest::newRow("taken unread") << u"exit 0"_s << RestState::Delivered << DeliveryState::Confirmed
                                  << QString();
    QTest::newRow("refused") << u"exit 65"_s << RestState::Delivered << DeliveryState::Rejected
                             << u"refuses what it was given"_s;
    QTest::newRow("not now") << u"exit 75"_s << RestState::Offline << DeliveryState::Pending
                             << u"exit code 75"_s;
    QTest::newRow("a crash") << u"kill -SEGV $$"_s << RestState::Offline << DeliveryState::Pending
                             << u"crashed"_s;
    QTest::newRow("endless words")
        << u"yes"_s << RestState::Offline << DeliveryState::Pending << u"64 KiB"_s;
    QTest::newRow("silence") << u"read never < /dev/zero; sleep 60"_s << RestState::Offline
                             << DeliveryState::Pending << u"no answer within"_s;
}

void ReporterTest::whatACommandMeans()
{
    QFETCH(QString, script);
    QFETCH(RestState, rest);
    QFETCH(DeliveryState, first);
    QFETCH(QString, says);
    const auto ledger = opened(place());
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    QVERIFY(record(*ledger, passOf(u"SN-2"_s, 2)));
    const bool isLate = says.startsWith(u"no answer");
    Driver driver(*ledger,
        {.command = sh(script, m_file),
            .deadline = std::chrono::milliseconds(isLate ? 300 : 20'000)});
    QCOMPARE(driver.work().state, rest);
    const auto &settled = driver.settled.constFirst();
    QCOMPARE(settled.state, first);
    QVERIFY2(settled.serviceText.contains(says), qPrintable(settled.serviceText));
    QCOMPARE(driver.settled.size(), first == DeliveryState::Pending ? 1 : 2);
}

void ReporterTest::whatAnAnswerMeans_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<RestState>("rest");
    QTest::addColumn<DeliveryState>("first");
    const auto row = [](const char *name, int status, RestState rest, DeliveryState first) {
        QTest::newRow(name) << Cloud::response(status, "<b>words</b>") << rest << first;
    };
    row("200", 200, RestState::Delivered, DeliveryState::Confirmed);
    row("201", 201, RestState::Delivered, DeliveryState::Confirmed);
    row("204", 204, RestState::Delivered, DeliveryState::Confirmed);
    row("302", 302, RestState::NeedsPerson, DeliveryState::Pending);
    row("400", 400, RestState::Delivered, DeliveryState::Rejected);
    row("401", 401, RestState::NeedsPerson, DeliveryState::Pending);
    row("404", 404, RestState::NeedsPerson, DeliveryState::Pending);
    row("409", 409, RestState::Delivered, DeliveryState::Rejected);
    row("422", 422, RestState::Delivered, DeliveryState::Rejected);
    row("429", 429, RestState::Waiting, DeliveryState::Pending);
    row("500", 500, RestState::Waiting, DeliveryState::Pending);
    QTest::newRow("100 KB") << Cloud::response(200, QByteArray(100'000, 'x')) << RestState::Waiting
                            << DeliveryState::Pending;
    QTest::newRow("half") << Cloud::response(200, "{}").chopped(1) << RestState::Offline
                          << DeliveryState::Pending;
}

void ReporterTest::whatAnAnswerMeans()
{
    QFETCH(QByteArray, answer);
    QFETCH(RestState, rest);
    QFETCH(DeliveryState, first);
    m_cloud->answerRaw(answer, true);
    m_cloud->otherwise([](const Cloud::Seen &) { return Cloud::response(200, "{}"); });
    const auto ledger = opened(place());
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    QVERIFY(record(*ledger, passOf(u"SN-2"_s, 2)));
    Driver driver(*ledger, address());
    const auto rested = driver.work();
    QVERIFY2(rested.state == rest, qPrintable(rested.detail));
    QCOMPARE(driver.settled.constFirst().state, first);
    const auto &seen = m_cloud->seen().constFirst();
    QCOMPARE(seen.verb, "POST"_ba);
    QCOMPARE(seen.target, "/mes/a%20b?line=1"_ba);
    QCOMPARE(seen.headers[QByteArray("content-type")], "application/json; charset=utf-8"_ba);
    QCOMPARE(entriesIn({seen.body}), QStringList(u"line1-a/1"_s));
}

void ReporterTest::afterAnOutageTheOldestComesFirst()
{
    const auto ledger = opened(place());
    for (int unit = 1; unit <= 20; ++unit)
        QVERIFY(record(*ledger, passOf(u"SN-%1"_s.arg(unit), unit)));
    m_cloud->stop();
    Driver driver(*ledger, address());
    QCOMPARE(driver.work().state, RestState::Offline);
    m_cloud->resume();
    m_cloud->otherwise([](const Cloud::Seen &) { return Cloud::response(204, {}); });
    QCOMPARE(driver.work().state, RestState::Delivered);
    QList<QByteArray> reports;
    for (const auto &seen : m_cloud->seen())
        reports.append(seen.body);
    QStringList wanted;
    for (int unit = 1; unit <= 20; ++unit)
        wanted.append(u"line1-a/%1"_s.arg(unit));
    QCOMPARE(entriesIn(reports), wanted);
}

void ReporterTest::aLostAnswerBringsTheSameReportAgain()
{
    const LedgerPlace where = place();
    auto ledger = opened(where);
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    m_cloud->answerRaw(Cloud::response(200, "{}").chopped(1), true); // it broke on its way
    {
        Driver driver(*ledger, address());
        QCOMPARE(driver.work().state, RestState::Offline);
    }
    ledger = nullptr;
    ledger = opened(where); // and the station ends too
    m_cloud->otherwise([](const Cloud::Seen &) { return Cloud::response(200, {}); });
    Driver driver(*ledger, address());
    QCOMPARE(driver.work().state, RestState::Delivered);
    QCOMPARE(m_cloud->seen().size(), 2);
    QCOMPARE(m_cloud->seen()[0].body, m_cloud->seen()[1].body);
}

void ReporterTest::addressesThatAreNone_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no TLS") << u"http://mes.example/report"_s;
    QTest::newRow("no host") << u"https:///report"_s;
    QTest::newRow("a password") << u"https://line:secret@mes.example/report"_s;
    QTest::newRow("a file") << u"file:///tmp/report"_s;
}

void ReporterTest::addressesThatAreNone()
{
    QFETCH(QString, url);
    const auto recipient = Recipient::open({.url = QUrl(url, QUrl::StrictMode)});
    QVERIFY(!recipient);
    QCOMPARE(recipient.error().fault, upload::Fault::Wrong);
    QVERIFY(!recipient.error().detail.contains(u"secret"));
}

QTEST_GUILESS_MAIN(ReporterTest)
#include "reporter.moc"
