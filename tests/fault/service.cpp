// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cloud.h"
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"
#include "upload/answer.h"

#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::Cloud;
using support::LinePlace;
using support::Ran;
using support::runCli;

/// A service that is down or rude, met by the commands that deliver: the line records on, each says
/// what is wrong, and what waits is delivered once the service is as it should be.
class ServiceFaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void whatWaitsIsDeliveredLater_data();
    void whatWaitsIsDeliveredLater();
    void aThrottledLineWaitsAsLongAsItIsTold();
    void aKilledLinesDeliveriesAreTakenUpAtOnce();

private:
    [[nodiscard]] Ran run(const LinePlace &place) const
    {
        return place.run(
            {u"DEV-1\t"_s + m_devices->targets()[0], u"DEV-2\t"_s + m_devices->targets()[1]});
    }
    [[nodiscard]] QString folder() { return m_workplace.path(QString::number(++m_folders)); }

    support::Workplace m_workplace;
    support::Pki m_pki;
    support::Pki m_stranger;
    std::unique_ptr<station::Simulator> m_devices;
    int m_folders = 0;
};

void ServiceFaultsTest::initTestCase()
{
    m_devices =
        std::make_unique<station::Simulator>(support::blankDevices(2, m_workplace.path(u"tpms"_s)));
}

void ServiceFaultsTest::whatWaitsIsDeliveredLater_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<QByteArray>("says");
    const QByteArray standIn = upload::standInHeader.toByteArray() + ": 1";
    const auto row = [](const char *name, const QByteArray &answer, const char *says,
                         bool trusted = true) {
        QTest::newRow(name) << answer << trusted << QByteArray(says);
    };
    row("down", {}, "");
    row("refuses the token",
        Cloud::response(401, R"({"errorCode":401002,"message":"no"})", {standIn}), "401");
    row("a stranger's certificate", Cloud::response(200, "{}", {standIn}), "certificate", false);
    row("redirects",
        Cloud::response(302, {}, {standIn, "Location: https://elsewhere.example/login"}),
        "elsewhere.example");
    row("answers a page",
        Cloud::response(
            200, "<html><body>Log in</body></html>", {standIn, "Content-Type: text/html"}),
        "a web page came instead of json");
    row("no stand-in", Cloud::response(404, R"({"errorCode":404201,"message":"no"})"), "stand-in");
}

void ServiceFaultsTest::whatWaitsIsDeliveredLater()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, trusted);
    QFETCH(QByteArray, says);
    const LinePlace place(1, folder());
    QFile file(place.station());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray good = file.readAll();
    Cloud cloud((trusted ? m_pki : m_stranger).server());
    cloud.otherwise([&](const Cloud::Seen &) { return answer; });
    if (answer.isEmpty())
        cloud.stop();
    place.useService(cloud.url(), m_pki.caFile());

    const Ran ran = run(place);
    QVERIFY2(ran.exit == 0, ran.said()); // the devices are good and recorded
    QCOMPARE(ran.json().last()[u"pass"].toInt(), 2);
    QCOMPARE(ran.json().last()[u"acknowledged"].toInt(), 0);
    QVERIFY2(ran.err.contains("not everything is delivered"), ran.said());
    QVERIFY2(ran.err.toLower().contains(says), ran.err.constData());
    QVERIFY2(!ran.err.contains("SharedAccessSignature"), ran.said());

    const QStringList upload{u"upload"_s, u"--station"_s, place.station(), u"--json"_s};
    const Ran failed = runCli(upload);
    QVERIFY2(failed.exit == 3, failed.said());
    QVERIFY2(failed.err.toLower().contains(says), failed.said());
    QCOMPARE(failed.json().value(0)[u"confirmed"].toInt(), 0);
    QCOMPARE(failed.json().value(0)[u"rejected"].toInt(), 0);

    place.write(u"station.toml"_s, good);
    const Ran later = runCli(upload);
    QVERIFY2(later.exit == 0, later.said());
    QCOMPARE(later.json().value(0)[u"confirmed"].toInt(), 2);
    QCOMPARE(place.enrolled().size(), 2);
    QVERIFY(!place.ledger().verifyChain(u"training"_s)->firstBreak);
}

void ServiceFaultsTest::aThrottledLineWaitsAsLongAsItIsTold()
{
    const LinePlace place(1, folder());
    const auto busy = upload::standin::Server::start({.folder = m_workplace.path(u"busy"_s),
        .terms = {.mischief = {.throttleEvery = 2, .retryAfter = 1}}});
    QVERIFY(busy.has_value());
    place.useService((*busy)->url(), (*busy)->authority().caFile);
    place.write(
        u"main.credential"_s, (*busy)->authority().connectionString().bytes().toByteArray());
    const Ran ran = run(place);
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().last()[u"confirmed"].toInt(), 2);
    QVERIFY2(ran.json().last()[u"seconds"].toDouble() >= 1, ran.said());
}

void ServiceFaultsTest::aKilledLinesDeliveriesAreTakenUpAtOnce()
{
    const LinePlace place(1, folder());
    QFile file(place.station());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray good = file.readAll();
    Cloud cloud(m_pki.server());
    cloud.answerNever();
    place.useService(cloud.url(), m_pki.caFile());
    support::Cli line(place.runArguments({u"DEV-1\t"_s + m_devices->targets()[0]}));
    QTRY_VERIFY_WITH_TIMEOUT(!cloud.seen().isEmpty(), 60'000);
    line.signal(SIGKILL);
    std::ignore = line.wait();
    QCOMPARE(place.ledger().count({})->sent, 1);

    place.write(u"station.toml"_s, good);
    const Ran ran = place.run({u"DEV-1\t"_s + m_devices->targets()[0]});
    QVERIFY2(ran.exit == 0, ran.said());
    QVERIFY2(!ran.err.contains("not everything is delivered"), ran.said());
    QCOMPARE(ran.json().last()[u"confirmed"].toInt(), 1);
    QCOMPARE(place.enrolled().size(), 1);
}

QTEST_GUILESS_MAIN(ServiceFaultsTest)
#include "service.moc"
