// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/properties.h"

#include "tests/support/faultywire.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/session.h"

#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using support::FaultyWire;
using support::Reply;
using tpm::Kind;
using tpm::Session;

namespace {

QByteArray word(quint32 value)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

/// A page of TPM properties as TPM2_GetCapability answers it.
QByteArray page(const QList<std::pair<quint32, quint32>> &values, bool more)
{
    QByteArray body =
        QByteArray(1, more ? '\x01' : '\x00') + word(6) + word(static_cast<quint32>(values.size()));
    for (const auto &[property, value] : values)
        body += word(property) + word(value);
    return support::response(0, body);
}

} // namespace

/// What a TPM says of itself.
class PropertiesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ofARealTpm();
    void whatChangesInItsLife();
    void aTpmThatDoesNotTellItsState();
    void inPages();
    void anAnswerToAnotherQuestion();
    void pagesThatNeverEnd_data();
    void pagesThatNeverEnd();
    void kinds_data();
    void kinds();

private:
    support::Workplace m_workplace;
};

void PropertiesTest::ofARealTpm()
{
    const support::Swtpm tpm;
    auto session = Session::open(tpm.target(), {}, std::make_shared<tpm::Stop>());
    QVERIFY(session.has_value());
    const auto properties = tpm::readProperties(**session);
    QVERIFY2(properties.has_value(), properties ? "" : qPrintable(properties.error().detail));
    QCOMPARE((*session)->commands(), 1);
    session->reset();
    QCOMPARE(properties->manufacturer, u"IBM"_s);
    QCOMPARE(properties->vendorString, u"SW TPM"_s);
    QCOMPARE(properties->family, u"2.0"_s);
    QCOMPARE(properties->kind, Kind::Virtual);
    QCOMPARE(properties->nvBufferMax, 1024U);
    // The same words as another program reads them.
    const auto tool = tpm.tool(u"tpm2_getcap"_s, {u"properties-fixed"_s});
    QVERIFY2(tool.exit == 0, tool.said());
    for (const auto &[name, value] :
        {std::pair{"TPM2_PT_FIRMWARE_VERSION_1", properties->firmware1},
            {"TPM2_PT_FIRMWARE_VERSION_2", properties->firmware2}}) {
        const QByteArray line =
            QByteArray(name) + ":\n  raw: 0x" + QByteArray::number(value, 16).toUpper();
        QVERIFY2(tool.out.contains(line), tool.out);
    }
    QVERIFY(tool.out.contains("value: 1.64") && properties->revision == 164);
}

void PropertiesTest::whatChangesInItsLife()
{
    const support::Swtpm tpm;
    const auto stateOf = [&tpm] {
        const auto session = Session::open(tpm.target(), {}, std::make_shared<tpm::Stop>());
        return session ? tpm::readState(**session) : std::unexpected(session.error());
    };
    const auto fresh = stateOf();
    QVERIFY2(fresh.has_value(), fresh ? "" : qPrintable(fresh.error().detail));
    QVERIFY(!fresh->ownerAuthSet && !fresh->endorsementAuthSet && !fresh->lockoutAuthSet);
    QVERIFY(!fresh->clearDisabled && !fresh->inLockout);
    QVERIFY(fresh->platformEnabled && fresh->ownerEnabled && fresh->endorsementEnabled);
    QCOMPARE(fresh->lockoutCounter, 0U);
    QCOMPARE(fresh->lockoutMost, 3U);
    QVERIFY(fresh->persistentFree >= 3);
    QCOMPARE(tpm.tool(u"tpm2_changeauth"_s, {u"-c"_s, u"owner"_s, u"secret"_s}).exit, 0);
    QCOMPARE(tpm.tool(u"tpm2_clearcontrol"_s, {u"-C"_s, u"l"_s, u"s"_s}).exit, 0);
    const auto owned = stateOf();
    QVERIFY(owned && owned->ownerAuthSet && owned->clearDisabled && !owned->endorsementAuthSet);
}

void PropertiesTest::aTpmThatDoesNotTellItsState()
{
    FaultyWire peer([](const QByteArray &, int) -> Reply { return page({{0x201, 7}}, false); });
    const auto session = Session::over(peer.wire());
    QVERIFY(session.has_value());
    const auto state = tpm::readState(**session);
    QVERIFY(!state.has_value());
    QCOMPARE(state.error().fault, tpm::Fault::Unsuitable);
}

void PropertiesTest::inPages()
{
    FaultyWire peer([](const QByteArray &command, int) -> Reply {
        switch (qFromBigEndian<quint32>(command.constData() + 14)) {
        case 0x100:
            return page({{0x100, 0x322e3000}, {0x105, 0x49465800}}, true);
        case 0x106:
            return page({{0x106, 0x534c4239}, {0x107, 0x36373000}}, true);
        default:
            return page({{0x10b, 0x0007'0055}, {0x10c, 0x11cb00}, {0x200, 7}}, false);
        }
    });
    const auto session = Session::over(peer.wire());
    QVERIFY(session.has_value());
    const auto properties = tpm::readProperties(**session);
    QVERIFY2(properties.has_value(), properties ? "" : qPrintable(properties.error().detail));
    QCOMPARE((*session)->commands(), 3);
    QCOMPARE(properties->family, u"2.0"_s);
    QCOMPARE(properties->manufacturer, u"IFX"_s);
    QCOMPARE(properties->vendorString, u"SLB9670"_s);
    QCOMPARE(properties->firmware(), u"7.85.17.51968"_s);
    QCOMPARE(properties->kind, Kind::Discrete);
}

/// Read as what was asked, it would be counted beyond its end.
void PropertiesTest::anAnswerToAnotherQuestion()
{
    FaultyWire peer([](const QByteArray &, int) {
        return page({{0x100, 0x322e3000}, {0x105, 0x49424d00}}, false);
    });
    auto session = Session::over(peer.wire());
    QVERIFY(session.has_value());
    QCOMPARE((*session)->properties(0x100, 0x1ff)->size(), 2);
    const auto isGarbage = [](const auto &read) {
        return !read && read.error().fault == tpm::Fault::Protocol;
    };
    QVERIFY(isGarbage((*session)->pcrBanks()));
    QVERIFY(isGarbage((*session)->handles(0x81000000, 0x81ffffff)));
    QVERIFY(isGarbage((*session)->algorithms()));
    QVERIFY(isGarbage((*session)->commandCodes()));
}

void PropertiesTest::pagesThatNeverEnd_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("the same page again") << page({{0x100, 1}}, true);
    QTest::newRow("backwards") << page({{0x50, 1}}, true);
    QTest::newRow("an empty page and more") << page({}, true);
    QTest::newRow("not started, ever") << support::response(0x100);
}

void PropertiesTest::pagesThatNeverEnd()
{
    QFETCH(QByteArray, answer);
    FaultyWire peer([&](const QByteArray &command, int) -> Reply {
        return command.mid(6, 4) == word(0x144) ? support::response(0) : answer;
    });
    const auto session = Session::over(peer.wire({.examination = std::chrono::seconds(60)}));
    QVERIFY(session.has_value());
    std::ignore = (*session)->properties(0x100, 0x1ff);
    QVERIFY2((*session)->commands() <= 3, QByteArray::number((*session)->commands()));
    QVERIFY(!(*session)->failure());
}

void PropertiesTest::kinds_data()
{
    QTest::addColumn<quint32>("manufacturer");
    QTest::addColumn<QString>("vendorString");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("Infineon") << 0x49465800U << u"SLB9670"_s << Kind::Discrete;
    QTest::newRow("ST") << 0x53544d20U << u"ST33"_s << Kind::Discrete;
    QTest::newRow("Nuvoton") << 0x4e544300U << u"rls NPCT 75x"_s << Kind::Discrete;
    QTest::newRow("Intel") << 0x494e5443U << u"Intel"_s << Kind::Firmware;
    QTest::newRow("AMD") << 0x414d4400U << u"AMD"_s << Kind::Firmware;
    QTest::newRow("libtpms") << 0x49424d00U << u"SW TPM"_s << Kind::Virtual;
    QTest::newRow("Hyper-V") << 0x4d534654U << u"xCG fTPM"_s << Kind::Virtual;
    QTest::newRow("vSphere") << 0x564d5700U << u"VMware TPM"_s << Kind::Virtual;
    QTest::newRow("somebody's libtpms") << 0x41414141U << u"SW TPM"_s << Kind::Virtual;
    QTest::newRow("nobody") << 0U << QString() << Kind::Unknown;
}

void PropertiesTest::kinds()
{
    QFETCH(quint32, manufacturer);
    QFETCH(QString, vendorString);
    QFETCH(Kind, kind);
    QCOMPARE(tpm::kindOf(manufacturer, vendorString), kind);
}

QTEST_GUILESS_MAIN(PropertiesTest)
#include "properties.moc"
