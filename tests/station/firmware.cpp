// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/firmware.h"

#include "station/advisory.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace station;

/// Ranges of firmware versions, and the published weaknesses that are written with them.
class FirmwareTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ranges_data();
    void ranges();
    void whatIsNoRange_data();
    void whatIsNoRange();
    void everyShippedRowHasItsSource();
    void advisories_data();
    void advisories();
    void wrongRowsAreNamed_data();
    void wrongRowsAreNamed();
};

void FirmwareTest::ranges_data()
{
    QTest::addColumn<QString>("range");
    QTest::addColumn<QStringList>("in");
    QTest::addColumn<QStringList>("out");
    QTest::newRow("one") << u"7.85"_s << QStringList{u"7.85.17.51968"_s, u"7.85"_s}
                         << QStringList{u"7.8.5.0"_s, u"7.84.0.0"_s, u"8.85.0.0"_s};
    QTest::newRow("all of it") << u"1.3.2.8"_s << QStringList{u"1.3.2.8"_s}
                               << QStringList{u"1.3.2.9"_s, u"1.3.2"_s};
    QTest::newRow("from and to") << u"4.40-4.42"_s
                                 << QStringList{u"4.40.0.0"_s, u"4.41.9.9"_s, u"4.42.65535.1"_s}
                                 << QStringList{u"4.39.1.1"_s, u"4.43.0.0"_s, u"5.41.0.0"_s};
    QTest::newRow("from") << u"7.62-"_s << QStringList{u"7.62.0.0"_s, u"7.100.0.0"_s}
                          << QStringList{u"7.61.9.9"_s, u"8.0.0.0"_s, u""_s, u"new"_s};
}

void FirmwareTest::ranges()
{
    QFETCH(const QString, range);
    QFETCH(const QStringList, in);
    QFETCH(const QStringList, out);
    for (const QString &version : in)
        QVERIFY2(isInOne(version, {range}), qPrintable(version));
    for (const QString &version : out)
        QVERIFY2(!isInOne(version, {range}), qPrintable(version));
}

void FirmwareTest::whatIsNoRange_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "-", "-7.1", "7.x", "7..1", "7.1-7.0", "1.2.3.4.5", "70000.1",
             "7.1-8.x", "7.1--", "7.1 - 7.2"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void FirmwareTest::whatIsNoRange()
{
    QFETCH(const QString, text);
    QVERIFY(!parseFirmwareRange(text));
    QVERIFY(!isInOne(u"7.1.0.0"_s, {text}));
}

void FirmwareTest::everyShippedRowHasItsSource()
{
    const auto all = shippedAdvisories();
    QStringList ids;
    for (const Advisory &advisory : all) {
        QVERIFY(!advisory.source.isEmpty());
        ids.append(advisory.id);
    }
    for (const char *id : {"CVE-2017-15361", "CVE-2019-16863", "CVE-2019-11090",
             "CVE-2023-1017 CVE-2023-1018", "CVE-2025-2884"})
        QVERIFY2(ids.contains(QString::fromLatin1(id)), id);
}

void FirmwareTest::advisories_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("manufacturer");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QList<quint32>>("firmware"); // the two words
    QTest::addColumn<Advisory::State>("state");
    using enum Advisory::State;
    const auto row = [](const char *name, const char *id, const char *maker, const char *model,
                         quint32 high, quint32 low, Advisory::State state) {
        QTest::newRow(name) << QString::fromLatin1(id) << QString::fromLatin1(maker)
                            << QString::fromLatin1(model) << QList<quint32>{high, low} << state;
    };
    row("ROCA", "CVE-2017-15361", "IFX", "SLB9670", 0x0007003d, 0, Affected);
    row("ROCA, fixed", "CVE-2017-15361", "IFX", "SLB9670", 0x0007003e, 0, Fixed);
    row("ROCA, another line", "CVE-2017-15361", "IFX", "SLB9672", 0x000f0015, 0, Unknown);
    row("ROCA, another vendor", "CVE-2017-15361", "STM", "ST33", 0x0007003d, 0, OtherVendor);
    row("TPM-FAIL", "CVE-2019-16863", "STM", "ST33", 0x00470004, 0, Affected);
    row("TPM-FAIL, fixed", "CVE-2019-16863", "STM", "ST33", 0x00470010, 0, Fixed);
    row("TPM-FAIL, unlisted", "CVE-2019-16863", "STM", "ST33", 0x00010101, 0, Unknown);
    row("Intel does not tell", "CVE-2019-11090", "INTC", "Intel", 0x000b0008, 0, Unknown);
    row("Nuvoton", "CVE-2023-1017 CVE-2023-1018", "NTC", "NPCT65x", 0x00010003, 0x00020008,
        Affected);
    row("Nuvoton, fixed", "CVE-2023-1017 CVE-2023-1018", "NTC", "NPCT65x", 0x00010003, 0x00020014,
        Fixed);
    row("SLB9672", "CVE-2025-2884", "IFX", "SLB9672", 0x000f0015, 0, Affected);
    row("SLB9672, fixed", "CVE-2025-2884", "IFX", "SLB9672", 0x000f0017, 0, Fixed);
    row("SLB9670", "CVE-2025-2884", "IFX", "SLB9670", 0x000f0015, 0, OtherVendor);
}

void FirmwareTest::advisories()
{
    QFETCH(const QString, id);
    QFETCH(const QString, manufacturer);
    QFETCH(const QString, model);
    QFETCH(const QList<quint32>, firmware);
    QFETCH(const Advisory::State, state);
    tpm::Properties properties;
    properties.manufacturer = manufacturer;
    properties.vendorString = model;
    properties.firmware1 = firmware[0];
    properties.firmware2 = firmware[1];
    QList<Advisory::State> states;
    for (const Advisory &advisory : shippedAdvisories())
        if (advisory.id == id)
            states.append(advisory.judge(properties));
    states.removeAll(Advisory::State::OtherVendor);
    if (state == Advisory::State::OtherVendor)
        QCOMPARE(states.size(), 0);
    else
        QCOMPARE(states, QList<Advisory::State>{state});
}

void FirmwareTest::wrongRowsAreNamed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << QByteArray() << u"advisories"_s;
    QTest::newRow("no list") << QByteArray("{}") << u"no list"_s;
    QTest::newRow("no source") << QByteArray(R"([{"id":"CVE-1","manufacturer":"IFX"}])")
                               << u"CVE-1"_s;
    QTest::newRow("a bad range") << QByteArray(
        R"([{"id":"CVE-1","manufacturer":"IFX","source":"s","affected":["7.x"]}])")
                                 << u"7.x"_s;
    QTest::newRow("a number for a range")
        << QByteArray(R"([{"id":"CVE-1","manufacturer":"IFX","source":"s","fixed":[7]}])")
        << u"fixed"_s;
}

void FirmwareTest::wrongRowsAreNamed()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, says);
    const auto all = parseAdvisories(json);
    QVERIFY(!all);
    QCOMPARE(all.error().fault, Fault::Syntax);
    QVERIFY2(all.error().detail.contains(says), qPrintable(all.error().detail));
}

QTEST_GUILESS_MAIN(FirmwareTest)
#include "firmware.moc"
