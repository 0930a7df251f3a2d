// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/target.h"

#include <QTest>

using namespace Qt::StringLiterals;
using tpm::Target;

/// The TCTI strings that people write into station.toml.
class TargetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void good_data();
    void good();
    void bad_data();
    void bad();
    void aLongTargetIsNotRepeatedWhole();
};

void TargetTest::good_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Target>("target");
    const auto row = [](const char *name, const Target &target) {
        QTest::newRow(name) << target.text << target;
    };
    using enum Target::Kind;
    row("device", {Device, u"device:/dev/tpm1"_s, u"/dev/tpm1"_s});
    row("the usual device", {Device, u"device"_s, u"/dev/tpmrm0"_s});
    row("the usual device with a colon", {Device, u"device:"_s, u"/dev/tpmrm0"_s});
    row("device with commas", {Device, u"device:/dev/a,b=c"_s, u"/dev/a,b=c"_s});
    row("socket",
        {UnixSocket, u"swtpm:path=/run/1.sock"_s, u"/run/1.sock"_s, u"localhost"_s, 2321});
    row("socket with an equals sign",
        {UnixSocket, u"swtpm:path=/run/a=b"_s, u"/run/a=b"_s, u"localhost"_s, 2321});
    row("host and port", {TcpSocket, u"swtpm:host=10.0.0.7,port=4711"_s, {}, u"10.0.0.7"_s, 4711});
    row("port alone", {TcpSocket, u"swtpm:port=4711"_s, {}, u"localhost"_s, 4711});
    row("host alone", {TcpSocket, u"swtpm:host=::1"_s, {}, u"::1"_s, 2321});
    row("swtpm and a comma", {TcpSocket, u"swtpm:,"_s, {}, u"localhost"_s, 2321});
    row("swtpm alone", {TcpSocket, u"swtpm"_s, {}, u"localhost"_s, 2321});
    row("command",
        {Command, u"cmd:ssh dut tpm2_send -T device:/dev/tpmrm0"_s, {}, {}, 0,
            u"ssh dut tpm2_send -T device:/dev/tpmrm0"_s});
    row("another TCTI",
        {Command, u"mssim:host=h,port=1"_s, {}, {}, 0, u"tpm2_send -T 'mssim:host=h,port=1'"_s});
    row("another TCTI alone", {Command, u"tabrmd"_s, {}, {}, 0, u"tpm2_send -T 'tabrmd'"_s});
    row("a TCTI with shell words",
        {Command, u"mssim:host=a;reboot $(b) 'c'"_s, {}, {}, 0,
            u"tpm2_send -T 'mssim:host=a;reboot $(b) '\\''c'\\'''"_s});
}

void TargetTest::good()
{
    QFETCH(QString, text);
    QFETCH(Target, target);
    const auto parsed = tpm::parseTarget(text);
    QVERIFY2(parsed.has_value(), parsed ? "" : qPrintable(parsed.error().detail));
    QCOMPARE(parsed->kind, target.kind);
    QCOMPARE(parsed->command, target.command);
    QCOMPARE(*parsed, target);
}

void TargetTest::bad_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << u""_s << u"device:PATH"_s;
    QTest::newRow("a path") << u"/dev/tpmrm0"_s << u"device:PATH"_s;
    QTest::newRow("capitals") << u"Device:/dev/tpm0"_s << u"device:PATH"_s;
    QTest::newRow("NUL") << u"device:/dev/t"_s + QChar(0) << u"device:PATH"_s;
    QTest::newRow("new line") << u"cmd:a\nb"_s << u"device:PATH"_s;
    QTest::newRow("new line at the end") << u"device:/dev/tpm0\n"_s << u"device:PATH"_s;
    QTest::newRow("no command") << u"cmd:"_s << u"cmd:"_s;
    QTest::newRow("blank command") << u"cmd:  "_s << u"cmd:"_s;
    QTest::newRow("port 0") << u"swtpm:port=0"_s << u"1 to 65535"_s;
    QTest::newRow("port 65536") << u"swtpm:port=65536"_s << u"1 to 65535"_s;
    QTest::newRow("port in letters") << u"swtpm:host=a,port=http"_s << u"1 to 65535"_s;
    QTest::newRow("path and port") << u"swtpm:path=/a,port=1"_s << u"either path"_s;
    QTest::newRow("no value") << u"swtpm:path="_s << u"path"_s;
    QTest::newRow("unknown setting") << u"swtpm:speed=9"_s << u"speed"_s;
    QTest::newRow("setting twice") << u"swtpm:path=/a,path=/b"_s << u"twice"_s;
}

void TargetTest::bad()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto parsed = tpm::parseTarget(text);
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().fault, tpm::Fault::Target);
    QVERIFY2(parsed.error().detail.contains(says), qPrintable(parsed.error().detail));
}

void TargetTest::aLongTargetIsNotRepeatedWhole()
{
    const auto parsed = tpm::parseTarget(u"Q"_s.repeated(100'000));
    QVERIFY(!parsed.has_value());
    QVERIFY(parsed.error().detail.size() < 400);
}

QTEST_GUILESS_MAIN(TargetTest)
#include "target.moc"
