// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/vendors.h"

#include <QTest>

using namespace Qt::StringLiterals;
using station::isSameVendor;
using station::vendorName;

/// Makers of TPMs, by what the TPM says and what its certificate says.
class VendorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void idsAndAliases();
};

void VendorsTest::idsAndAliases()
{
    QVERIFY(isSameVendor(0x49465800, u"49465800"_s));
    QVERIFY(isSameVendor(0x53544D20, u"53544D00"_s)); // blanks or zeros behind three letters
    QVERIFY(isSameVendor(0x49424D00, u"00001014"_s));
    QVERIFY(!isSameVendor(0x49465800, u"00001014"_s));
    QVERIFY(!isSameVendor(0x49465800, u"4E544300"_s));
    QVERIFY(isSameVendor(0x11223344, u"11223344"_s)); // unknown to the table, yet the same
    for (const QString &nonsense : {u""_s, u"0"_s, u"00000000"_s, u"Infineon"_s, u"4946580"_s})
        QVERIFY(!isSameVendor(0, nonsense) && !isSameVendor(0x49465800, nonsense));
    QCOMPARE(vendorName(u"49465800"_s), u"Infineon"_s);
    QCOMPARE(vendorName(u"11223344"_s), u"id:11223344"_s);
}

QTEST_GUILESS_MAIN(VendorsTest)
#include "vendors.moc"
