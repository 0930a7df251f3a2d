// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/answer.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace upload;

class AnswerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgesEachStatus_data();
    void judgesEachStatus();
    void readsRetryAfter_data();
    void readsRetryAfter();
    void saysWhenTheClocksDiffer();
};

void AnswerTest::judgesEachStatus_data()
{
    const QByteArray said = R"({"errorCode":400004,"message":"words"})";
    const QByteArray page = "<html><body>Not found</body></html>";
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Fault>("fault");
    QTest::newRow("400") << 400 << said << Fault::Refused;
    QTest::newRow("400 from a proxy") << 400 << page << Fault::Refused;
    QTest::newRow("401") << 401 << said << Fault::Unauthorized;
    QTest::newRow("403") << 403 << page << Fault::Unauthorized;
    QTest::newRow("404") << 404 << said << Fault::NotFound;
    QTest::newRow("404 from a proxy") << 404 << page << Fault::Malformed;
    QTest::newRow("408") << 408 << said << Fault::Timeout;
    QTest::newRow("409") << 409 << said << Fault::Conflict;
    QTest::newRow("409 from a proxy") << 409 << page << Fault::Malformed;
    QTest::newRow("412") << 412 << said << Fault::Conflict;
    QTest::newRow("413") << 413 << said << Fault::Refused;
    QTest::newRow("429") << 429 << page << Fault::Throttled;
    QTest::newRow("500") << 500 << said << Fault::Down;
    QTest::newRow("503 from a proxy") << 503 << page << Fault::Down;
    QTest::newRow("302") << 302 << page << Fault::Redirected;
    QTest::newRow("304") << 304 << QByteArray() << Fault::Redirected;
    QTest::newRow("none") << 0 << QByteArray() << Fault::Malformed;
}

void AnswerTest::judgesEachStatus()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const Fault, fault);
    Answer answer;
    answer.status = status;
    answer.body = body;
    const auto judged = judge(answer, QDateTime::currentDateTimeUtc());
    QVERIFY(!judged);
    QCOMPARE(judged.error().fault, fault);
    QCOMPARE(judged.error().httpStatus, status);
    QCOMPARE(judged.error().errorCode, body.startsWith('{') ? 400004 : 0);
}

void AnswerTest::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("seconds");
    QTest::newRow("seconds") << QByteArray("17") << 17;
    QTest::newRow("zero") << QByteArray("0") << 0;
    QTest::newRow("a date") << QByteArray("Wed, 15 Nov 2023 10:00:30 GMT") << 30;
    QTest::newRow("a date that is over") << QByteArray("Wed, 15 Nov 2023 09:00:00 GMT") << 0;
    QTest::newRow("a day") << QByteArray("86400") << 3600;
    QTest::newRow("negative") << QByteArray("-5") << -1;
    QTest::newRow("words") << QByteArray("soon") << -1;
    QTest::newRow("absent") << QByteArray() << -1;
    QTest::newRow("endless") << QByteArray("99999999999999999999999") << -1;
}

void AnswerTest::readsRetryAfter()
{
    QFETCH(const QByteArray, value);
    QFETCH(const int, seconds);
    const QDateTime now({2023, 11, 15}, {10, 0, 0}, Qt::UTC);
    const auto read = parseRetryAfter(value, now);
    QCOMPARE(read ? int(read->count()) : -1, seconds);
}

void AnswerTest::saysWhenTheClocksDiffer()
{
    Answer answer;
    answer.status = 401;
    answer.body = R"({"errorCode":401002,"message":"Unauthorized"})";
    answer.date = "Wed, 15 Nov 2023 10:00:00 GMT";
    const QDateTime now({2023, 11, 15}, {11, 0, 0}, Qt::UTC);
    QVERIFY(judge(answer, now)
            .error()
            .detail.contains(
                u"station's clock says 2023-11-15 11:00:00, the service's 2023-11-15 10:00:00"));
    QVERIFY(judge(answer, now.addDays(-1)).error().detail.contains(u"2023-11-14 11:00:00"));
    QVERIFY(!judge(answer, now.addSecs(-3600)).error().detail.contains(u"clock"));
}

QTEST_GUILESS_MAIN(AnswerTest)
#include "answer.moc"
