// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/frame.h"

#include "tests/support/faultywire.h"

#include <QTest>
#include <QtEndian>

using support::response;

/// The ten bytes that begin every answer (TCG Part 1, 18).
class FrameTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headers_data();
    void headers();
    void aWholeResponseIsAsLongAsItSays();
    void codes();
};

void FrameTest::headers_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("size"); // -1: refused
    const auto row = [](const char *name, const char *hex, int size) {
        QTest::newRow(name) << QByteArray::fromHex(hex) << size;
    };
    row("without sessions", "8001 0000000a 00000000", 10);
    row("with sessions", "8002 00000abc 00000000", 0xabc);
    row("of a TPM 1.2", "00c4 0000000a 0000001e", 10);
    row("largest", "8001 00001000 00000000", 4096);
    row("one too large", "8001 00001001 00000000", -1);
    row("huge", "8001 ffffffff 00000000", -1);
    row("one too small", "8001 00000009 00000000", -1);
    row("none", "8001 00000000 00000000", -1);
    row("a command's own tag", "8003 0000000a 00000000", -1);
    row("zeros", "0000 00000000 00000000", -1);
    row("text", "48545450 2f312e312034", -1);
    row("nine bytes", "8001 0000000a 000000", -1);
    row("nothing", "", -1);
}

void FrameTest::headers()
{
    QFETCH(QByteArray, header);
    QFETCH(int, size);
    const auto announced = tpm::announcedSize(header);
    QCOMPARE(announced.has_value(), size >= 0);
    if (announced)
        QCOMPARE(*announced, size);
    else
        QCOMPARE(announced.error().fault, tpm::Fault::Protocol);
}

void FrameTest::aWholeResponseIsAsLongAsItSays()
{
    const QByteArray whole = response(0, "body");
    QVERIFY(tpm::checkResponse(whole).has_value());
    for (const QByteArray &wrong : {whole.chopped(1), whole + 'x', QByteArray(), whole.left(9)}) {
        const auto checked = tpm::checkResponse(wrong);
        QVERIFY(!checked.has_value());
        QCOMPARE(checked.error().fault, tpm::Fault::Protocol);
    }
}

void FrameTest::codes()
{
    QCOMPARE(tpm::commandCode(QByteArray::fromHex("80010000000c0000017b0020")), 0x17bU);
    QCOMPARE(tpm::commandCode(QByteArray::fromHex("80010000000c000001")), 0U);
    QCOMPARE(tpm::responseCode(response(0x922)), 0x922U);
    QCOMPARE(tpm::commandName(0x131), QStringLiteral("TPM2_CreatePrimary"));
    QVERIFY(tpm::commandName(0x2000'0000).contains(QStringLiteral("20000000")));
}

QTEST_GUILESS_MAIN(FrameTest)
#include "frame.moc"
