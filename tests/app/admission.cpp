// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/outbound.h"
#include "tests/support/cloud.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using station::Admission;
using station::Device;
using station::Fault;
using station::Result;
using support::Cloud;

namespace {

constexpr int patienceMs = 30'000;

QByteArray said(const Result<Device> &device)
{
    return device ? QByteArray("admitted") : device.error().detail.toUtf8();
}

Result<Device> asked(Admission &admission, const QString &serial)
{
    std::optional<Result<Device>> answer;
    const auto connection = QObject::connect(&admission, &Admission::answered, &admission,
        [&](const QString &, const Result<Device> &device) { answer = device; });
    admission.ask(serial);
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, patienceMs))
        qFatal("no answer");
    QObject::disconnect(connection);
    return *answer;
}

} // namespace

/// The factory's own system is asked over real TLS; whatever it does, there is one answer in words.
class HttpAdmissionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_cloud = std::make_unique<Cloud>(m_pki.server()); }
    void anAllowedDeviceBringsItsFacts();
    void whatIsNoYesIsANo_data();
    void whatIsNoYesIsANo();
    void aSlowSystemIsNotWaitedFor();
    void aDroppedLine();
    void whoIsNotTrustedIsNotAsked();
    void anAnswerWithoutAnAsker();
    void whatIsSetWrong();

private:
    [[nodiscard]] app::Settings settings(std::chrono::seconds deadline = 60s) const
    {
        app::Settings settings;
        settings.stationId = u"line1-a"_s;
        settings.admitUrl = m_cloud->url().toString() + u"/admit?line=1"_s;
        settings.admitCa = m_pki.caFile();
        settings.admitDeadline = deadline;
        return settings;
    }
    [[nodiscard]] std::unique_ptr<Admission> opened(const app::Settings &settings) const
    {
        auto admission = app::openAdmission(settings);
        if (!admission)
            qFatal("%s", qPrintable(admission.error().detail));
        return std::move(*admission);
    }

    support::Workplace m_workplace;
    support::Pki m_pki;
    std::unique_ptr<Cloud> m_cloud;
};

void HttpAdmissionTest::anAllowedDeviceBringsItsFacts()
{
    QFile token(m_workplace.path(u"token"_s));
    QVERIFY(token.open(QIODevice::WriteOnly) && token.write("abc.def\n") == 8);
    token.close();
    token.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    app::Settings place = settings();
    place.admitCredential = u"file:"_s + token.fileName();
    const auto admission = opened(place);
    m_cloud->answer(200,
        R"({"allow":true,"serial":"SN-1","order":"4711","customer":"ACME","deviceId":"gw-1"})");
    const auto device = asked(*admission, u"SN-1"_s);
    QVERIFY2(device, said(device));
    QCOMPARE(device->order, u"4711"_s);
    QCOMPARE(device->facts[u"deviceId"_s], u"gw-1"_s);
    const Cloud::Seen seen = m_cloud->seen().first();
    QCOMPARE(seen.verb, "POST");
    QCOMPARE(seen.target, "/admit?line=1");
    QCOMPARE(seen.body, R"({"serial":"SN-1","station":"line1-a"})");
    QCOMPARE(seen.headers["authorization"], "Bearer abc.def");
}

void HttpAdmissionTest::whatIsNoYesIsANo_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, int status, const QByteArray &body, Fault fault,
                         const char *says) {
        QTest::newRow(name) << status << body << fault << QByteArray(says);
    };
    row("denied", 200, R"({"allow":false,"reason":"no such order"})", Fault::Refused,
        "no such order");
    row("another unit", 200, R"({"allow":true,"serial":"SN-2"})", Fault::Refused, "another serial");
    row("a page", 200, "<html><body>log in</body></html>", Fault::Down, "no JSON object");
    row("garbage", 200, QByteArray("\0\xff\x80", 3), Fault::Down, "no JSON object");
    row("nothing", 200, "", Fault::Down, "no JSON object");
    row("a yes that is an error", 500, R"({"allow":true})", Fault::Down, "HTTP 500");
    row("a yes that only says accepted", 202, R"({"allow":true})", Fault::Down, "HTTP 202");
    row("somebody else", 302, R"({"allow":true})", Fault::Down, "HTTP 302");
    row("no such door", 404, "<html>not here</html>", Fault::Down, "HTTP 404");
    row("100 MB", 200, QByteArray(100'000'000, ' ') + R"({"allow":true})", Fault::Down, "65536");
}

void HttpAdmissionTest::whatIsNoYesIsANo()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const Fault, fault);
    QFETCH(const QByteArray, says);
    const auto admission = opened(settings());
    m_cloud->answer(status, body);
    const auto device = asked(*admission, u"SN-1"_s);
    QVERIFY2(!device && device.error().fault == fault && said(device).contains(says), said(device));
    // It is asked again, and what it said before counts no more.
    m_cloud->answer(200, R"({"allow":true})");
    QVERIFY(asked(*admission, u"SN-1"_s));
}

void HttpAdmissionTest::aSlowSystemIsNotWaitedFor()
{
    const auto admission = opened(settings(1s));
    m_cloud->answerNever();
    const auto device = asked(*admission, u"SN-1"_s);
    QVERIFY2(!device && device.error().fault == Fault::Down, said(device));
    QVERIFY2(said(device).startsWith("the factory's system: "), said(device));
}

void HttpAdmissionTest::aDroppedLine()
{
    const auto admission = opened(settings());
    m_cloud->answerRaw("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"allow\":t", true);
    const auto cut = asked(*admission, u"SN-1"_s);
    QVERIFY2(!cut && cut.error().fault == Fault::Down, said(cut));
    m_cloud->stop();
    const auto gone = asked(*admission, u"SN-1"_s);
    QVERIFY2(!gone && gone.error().fault == Fault::Down, said(gone));
}

void HttpAdmissionTest::whoIsNotTrustedIsNotAsked()
{
    const support::Pki others;
    app::Settings place = settings();
    place.admitCa = others.caFile();
    const auto admission = opened(place);
    m_cloud->answer(200, R"({"allow":true})");
    const auto device = asked(*admission, u"SN-1"_s);
    QVERIFY2(!device && device.error().fault == Fault::Down, said(device));
    QVERIFY(m_cloud->seen().isEmpty());
}

void HttpAdmissionTest::anAnswerWithoutAnAsker()
{
    auto admission = opened(settings());
    m_cloud->answerNever();
    admission->ask(u"SN-1"_s);
    QVERIFY(QTest::qWaitFor([&] { return !m_cloud->seen().isEmpty(); }, patienceMs));
    admission.reset();
    QCoreApplication::processEvents();
}

void HttpAdmissionTest::whatIsSetWrong()
{
    app::Settings place = settings();
    place.admitUrl = u"http://localhost/admit"_s;
    QCOMPARE(app::openAdmission(place).error().fault, Fault::Missing);
    place = settings();
    place.admitCa = m_workplace.path(u"no.pem"_s);
    QVERIFY(app::openAdmission(place).error().detail.contains(u"no.pem"));
    place = settings();
    place.admitCredential = u"file:"_s + m_workplace.path(u"no.token"_s);
    QVERIFY(app::openAdmission(place).error().detail.contains(u"no.token"));
}

QTEST_GUILESS_MAIN(HttpAdmissionTest)
#include "admission.moc"
