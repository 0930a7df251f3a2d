// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/toml.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace station;

namespace {

TomlTable parsed(const QByteArray &toml)
{
    auto table = TomlTable::parse(toml, u"a.toml"_s);
    if (!table)
        qFatal("%s", qPrintable(table.error().detail));
    return *table;
}

QString errorOf(const TomlTable &table)
{
    return table.error() ? table.error()->detail : QString();
}

} // namespace

/// The one reader of plans and settings: every value once, every error with its place.
class TomlTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesComeAsTheyAreWritten();
    void whatIsMissingIsTheDefault();
    void wrongTypesAreNamed_data();
    void wrongTypesAreNamed();
    void whatIsNoTomlIsNamed_data();
    void whatIsNoTomlIsNamed();
    void unknownKeysAreNamedWithThoseAllowed();
    void aTableInATableIsClosedToo();
    void onlyTheFirstErrorIsKept();
    void whatIsRequiredMustBeThere();
};

void TomlTest::valuesComeAsTheyAreWritten()
{
    auto root = parsed("a = \"\xc3\xa4\\n\"\nb = -3\nc = true\nd = [\"x\", \"y\"]\n"
                       "[t]\ne = 1\n[[l]]\nf = 1\n[[l]]\nf = 2\n[m.one]\ng = 1\n[m.two]\ng = 2\n");
    QCOMPARE(root.text(u"a"_s), u"ä\n"_s);
    QCOMPARE(root.number(u"b"_s, 0, -3, 3), -3);
    QCOMPARE(root.truth(u"c"_s, false), true);
    QCOMPARE(root.texts(u"d"_s), QStringList({u"x"_s, u"y"_s}));
    auto table = root.table(u"t"_s);
    QCOMPARE(table.number(u"e"_s, 0, 0, 9), 1);
    table.close();
    qint64 sum = 0;
    for (auto &entry : root.tables(u"l"_s))
        sum = sum * 10 + entry.number(u"f"_s, 0, 0, 9);
    QCOMPARE(sum, 12);
    auto named = root.tablesIn(u"m"_s);
    QCOMPARE(named.keys(), QStringList({u"one"_s, u"two"_s}));
    QCOMPARE(named.find(u"two"_s)->number(u"g"_s, 0, 0, 9), 2);
    root.close();
    QCOMPARE(errorOf(root), QString());
}

void TomlTest::whatIsMissingIsTheDefault()
{
    auto root = parsed({});
    QCOMPARE(root.text(u"a"_s, u"x"_s), u"x"_s);
    QCOMPARE(root.number(u"b"_s, 7, 0, 1), 7);
    QCOMPARE(root.truth(u"c"_s, true), true);
    QCOMPARE(root.texts(u"d"_s), QStringList());
    QCOMPARE(root.table(u"e"_s).text(u"f"_s, u"y"_s), u"y"_s);
    QVERIFY(root.tables(u"g"_s).isEmpty());
    QVERIFY(root.tablesIn(u"h"_s).isEmpty());
    root.close();
    QCOMPARE(errorOf(root), QString());
}

void TomlTest::wrongTypesAreNamed_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const QByteArray &toml, const QString &error) {
        QTest::newRow(name) << toml << u"a.toml:"_s + error;
    };
    row("a number for a text", "text = 1", u"1:8: text must be a text in quotes"_s);
    row("a time for a text", "text = 07:32:00", u"1:8: text must be a text in quotes"_s);
    row("a text for a number", "number = \"1\"",
        u"1:10: number must be a whole number from 1 to 9"_s);
    row("a fraction", "number = 1.0", u"1:10: number must be a whole number from 1 to 9"_s);
    row("a number too small", "number = 0", u"1:10: number must be a whole number from 1 to 9"_s);
    row("a number too large", "\nnumber = 10",
        u"2:10: number must be a whole number from 1 to 9"_s);
    row("a text for a truth", "truth = \"true\"", u"1:9: truth must be true or false"_s);
    row("a text for a list", "texts = \"a\"", u"1:9: texts must be a list of texts in quotes"_s);
    row("a number in a list", "texts = [\"a\",\n 2]",
        u"2:2: texts must be a list of texts in quotes"_s);
    row("a list for a table", "table = []", u"1:9: table must be a table: [table]"_s);
    row("a table for tables", "[tables]", u"1:1: tables must be a list of tables: [[tables]]"_s);
    row("a number among tables", "tables = [{}, 3]",
        u"1:15: tables must be a list of tables: [[tables]]"_s);
    row("a list for named tables", "named = []", u"1:9: named must hold tables: [named.NAME]"_s);
    row("a key among named tables", "[named]\na = 1", u"2:5: named.a must be a table: [named.a]"_s);
}

void TomlTest::wrongTypesAreNamed()
{
    QFETCH(const QByteArray, toml);
    QFETCH(const QString, error);
    auto root = parsed(toml);
    root.text(u"text"_s);
    root.number(u"number"_s, 5, 1, 9);
    root.truth(u"truth"_s, false);
    root.texts(u"texts"_s);
    root.table(u"table"_s).close();
    root.tables(u"tables"_s);
    root.tablesIn(u"named"_s);
    root.close();
    QCOMPARE(errorOf(root), error);
    QCOMPARE(root.error()->fault, Fault::Syntax);
}

void TomlTest::whatIsNoTomlIsNamed_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("place");
    QTest::newRow("an open table") << QByteArray("a = 1\n[b\n") << u"a.toml:2:"_s;
    QTest::newRow("no value") << QByteArray("a =\n") << u"a.toml:1:"_s;
    QTest::newRow("a key twice") << QByteArray("a = 1\nb = 2\na = 3\n") << u"a.toml:3:"_s;
    QTest::newRow("no UTF-8") << QByteArray("a = \"\xff\"\n") << u"a.toml:1:"_s;
    QTest::newRow("a NUL") << QByteArray("a = 1\n\0", 7) << u"a.toml:2:"_s;
    QTest::newRow("a program") << QByteArray("\x7f"
                                             "ELF\x02\x01")
                               << u"a.toml:1:"_s;
    QTest::newRow("a list without an end") << "a = " + QByteArray(100'000, '[') << u"a.toml:1:"_s;
}

void TomlTest::whatIsNoTomlIsNamed()
{
    QFETCH(const QByteArray, toml);
    QFETCH(const QString, place);
    const auto table = TomlTable::parse(toml, u"a.toml"_s);
    QVERIFY(!table);
    QCOMPARE(table.error().fault, Fault::Syntax);
    QVERIFY2(table.error().detail.startsWith(place), qPrintable(table.error().detail));
    QVERIFY2(table.error().detail.size() < 1000, "an error is a line, not a page");
}

void TomlTest::unknownKeysAreNamedWithThoseAllowed()
{
    auto root = parsed("alpha = 1\nbeta = 2\n");
    root.number(u"alpha"_s, 0, 0, 9);
    root.text(u"gamma"_s);
    root.close();
    QCOMPARE(errorOf(root), u"a.toml:2:8: unknown key \"beta\"; allowed here: alpha, gamma"_s);
}

void TomlTest::aTableInATableIsClosedToo()
{
    auto root = parsed("[a.b]\nc = 1\nd = 2\n");
    auto inner = root.table(u"a"_s).table(u"b"_s);
    inner.number(u"c"_s, 0, 0, 9);
    inner.close();
    QCOMPARE(errorOf(root), u"a.toml:3:5: unknown key \"d\"; allowed here: c"_s);
}

void TomlTest::onlyTheFirstErrorIsKept()
{
    auto root = parsed("a = 1\nb = 2\n");
    root.text(u"b"_s);
    root.reject(u"a"_s, u"no"_s);
    root.close();
    QCOMPARE(errorOf(root), u"a.toml:2:5: b must be a text in quotes"_s);
}

void TomlTest::whatIsRequiredMustBeThere()
{
    auto root = parsed("a = 1\n[[l]]\nb = 1\n\n[[l]]\nc = 1\n");
    root.require({u"a"_s, u"l"_s});
    QCOMPARE(errorOf(root), QString());
    for (auto &entry : root.tables(u"l"_s))
        entry.require({u"b"_s});
    QCOMPARE(errorOf(root), u"a.toml:5:1: b is missing"_s);
}

QTEST_GUILESS_MAIN(TomlTest)
#include "toml.moc"
