// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/supplierlist.h"

#include "station/csv.h"
#include "tests/support/maker.h"
#include "tpm/endorsement.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using station::Fault;
using station::SupplierList;
using Answer = station::SupplierList::Answer;

namespace {

const QByteArray one = QByteArray(64, '1');
const QByteArray two = QByteArray(64, '2');

QByteArray sha(const QByteArray &hex)
{
    return QByteArray::fromHex(hex);
}

SupplierList listOf(const QByteArray &csv)
{
    auto list = SupplierList::parse(csv, u"list.csv"_s);
    if (!list)
        qFatal("%s", qPrintable(list.error().detail));
    return *list;
}

} // namespace

/// Lists of what a supplier delivered, as spreadsheets and scripts write them.
class SupplierListTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rows_data();
    void rows();
    void keysAndSerials();
    void keysInEveryForm();
    void wrong_data();
    void wrong();
    void files();
};

void SupplierListTest::rows_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::newRow("plain") << "ek_sha256,serial\n" + one + ",A-1\n" + two + ",A-2\n";
    QTest::newRow("byte order mark and CRLF") << "\xef\xbb\xbf"
                                                 "ek_sha256,serial\r\n"
            + one + ",A-1\r\n" + two + ",A-2\r\n";
    QTest::newRow("semicolons") << "ek_sha256;serial\n" + one + ";A-1\n" + two + ";A-2";
    QTest::newRow("tabs") << "ek_sha256\tserial\n" + one + "\tA-1\n" + two + "\tA-2";
    QTest::newRow("quotes") << "\"ek_sha256\",\"serial\"\n\"" + one + "\",\"A-1\"\n\"" + two
            + "\" , \"A-2\"";
    QTest::newRow("more columns and other order")
        << "note,Serial,EK_SHA256,lot\n\"a, \"\"b\"\"\nc\",A-1," + one + ",7\n,A-2," + two + "\n";
    QTest::newRow("empty lines") << "\n\nek_sha256,serial\n\n" + one + ",A-1\n\n\n" + two
            + ",A-2\n\n";
    QTest::newRow("blanks and capitals")
        << "serial , ek_sha256\n A-1 , " + one + " \nA-2," + two.toUpper();
}

void SupplierListTest::rows()
{
    QFETCH(QByteArray, csv);
    const auto list = SupplierList::parse(csv, u"list.csv"_s);
    QVERIFY2(list, list ? "" : qPrintable(list.error().detail));
    QCOMPARE(list->size(), 2);
    QCOMPARE(list->find(sha(one), u"A-1"_s), Answer::Delivered);
    QCOMPARE(list->find(sha(two), u"A-2"_s), Answer::Delivered);
    QCOMPARE(list->find(sha(one), {}), Answer::Delivered);
    QCOMPARE(list->find(sha(one), u"A-2"_s), Answer::OtherSerial);
    QCOMPARE(list->find(QByteArray(32, '3'), u"A-1"_s), Answer::UnknownKey);
}

void SupplierListTest::keysAndSerials()
{
    const auto keys = listOf("ek_sha256\n" + one + "\n");
    QCOMPARE(keys.find(sha(one), u"anything"_s), Answer::Delivered);
    QCOMPARE(keys.find(sha(two), u"anything"_s), Answer::UnknownKey);
    const auto serials = listOf("serial\nA-1\n");
    QCOMPARE(serials.find(sha(one), u"A-1"_s), Answer::Delivered);
    QCOMPARE(serials.find(sha(one), u"a-1"_s), Answer::UnknownSerial);
    QCOMPARE(serials.find(sha(one), {}), Answer::NothingToFind);
}

void SupplierListTest::keysInEveryForm()
{
    const QByteArray key = support::Maker::someKey();
    const QByteArray sha256 = tpm::parseEndorsementKey(key)->sha256();
    for (const QByteArray &form : {key.toBase64(), key.mid(2).toBase64(), key.toHex()})
        QCOMPARE(listOf("ek\n" + form + "\n").find(sha256, {}), Answer::Delivered);
}

void SupplierListTest::wrong_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QByteArray &csv, const char *says) {
        QTest::newRow(name) << csv << QString::fromUtf8(says);
    };
    row("nothing", {}, "list.csv:1: an empty file");
    row("a mark alone", "\xef\xbb\xbf", "list.csv:1: an empty file");
    row("heading alone", "serial\n", "list.csv:1: nothing follows");
    row("no heading", one + "\n", "list.csv:1: the first line must name");
    row("a column twice", "serial,Serial\nA,B\n", "list.csv:1: two columns are called serial");
    row("key and hash", "ek,ek_sha256\n", "list.csv:1: ek_sha256 and ek");
    row("key twice", "ek_sha256\n" + one + "\n" + two + "\n" + one, "list.csv:4: this key");
    row("serial twice", "serial\nA\n\nB\nA\n", "list.csv:5: serial \"A\" stands in line 2");
    row("short hash", "ek_sha256\n" + one.chopped(2), "list.csv:2: ek_sha256 is 64 hex digits");
    row("no hex", "ek_sha256\n" + QByteArray(64, 'x'), "list.csv:2: ek_sha256 is 64 hex digits");
    row("hex and more", "ek_sha256\n" + one + "x", "list.csv:2: ek_sha256 is 64 hex digits");
    row("cut key", "ek\nAToAAQAL\n", "list.csv:2: ek: ");
    row("neither", "serial,ek_sha256\nA,\n,\n", "list.csv:3: neither a key nor a serial");
    row("open quote", "serial\nA\n\"B\nC\n", "list.csv:3: a quote that nothing closes");
    row("quote inside", "serial\nA\"B\n", "list.csv:2: a quote in the middle");
    row("text after quote", "serial\n\"A\"B\n", "list.csv:2: text after a closing quote");
    row("not UTF-8", "serial\nA\n\xff\xfe\n", "list.csv:3: these bytes are no UTF-8");
    row("endless cell", "serial\n" + QByteArray(70'000, 'A'), "list.csv:2: a cell of more");
    row("line after a quoted break", "note,serial\n\"a\nb\",A\nx,A\n",
        "list.csv:4: serial \"A\" stands in line 2");
}

void SupplierListTest::wrong()
{
    QFETCH(QByteArray, csv);
    QFETCH(QString, says);
    const auto list = SupplierList::parse(csv, u"list.csv"_s);
    QVERIFY(!list);
    QCOMPARE(list.error().fault, Fault::Syntax);
    QVERIFY2(list.error().detail.startsWith(says), qPrintable(list.error().detail));
}

void SupplierListTest::files()
{
    const auto none = SupplierList::load(u"/nowhere/list.csv"_s);
    QVERIFY(!none);
    QCOMPARE(none.error().fault, Fault::Missing);
    QVERIFY(none.error().detail.contains(u"/nowhere/list.csv"_s));
}

QTEST_GUILESS_MAIN(SupplierListTest)
#include "supplierlist.moc"
