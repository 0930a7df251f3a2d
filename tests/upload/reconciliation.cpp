// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/reconciliation.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTest>

using namespace upload;
using namespace Qt::StringLiterals;

namespace {

Enrollment enrollment(const QString &id, const QByteArray &key = "key", bool enabled = true)
{
    return {.registrationId = id,
        .endorsementKey = key.toBase64(),
        .deviceId = {},
        .enabled = enabled,
        .etag = {},
        .registration = {}};
}

Enrollment forDevice(Enrollment one, const QString &deviceId)
{
    one.deviceId = deviceId;
    return one;
}

QString digest(const QByteArray &key)
{
    return QString::fromLatin1(QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex());
}

} // namespace

class ReconciliationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void judgesOne_data();
    void judgesOne();
    void saysNothingOfWhatIsUnderWay();
    void tellsWhatIsExtraLast();
    void takesPagesThatOverlap();
    void leavesNothingBehind();
    void namesAFolderThatIsNotThere();
    void takesNoMoreMemoryForMore();

private:
    std::unique_ptr<Reconciliation> m_lists;
    QList<Discrepancy> m_told;
    void expectTotals(const ReconciliationTotals &wanted);
};

void ReconciliationTest::init()
{
    auto opened = Reconciliation::open();
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
    m_lists = std::move(*opened);
    m_told.clear();
}

void ReconciliationTest::expectTotals(const ReconciliationTotals &wanted)
{
    const auto totals = m_lists->compare([this](const Discrepancy &one) { m_told.append(one); });
    QVERIFY2(totals, totals ? "" : qPrintable(totals.error().detail));
    QCOMPARE(totals->agreed, wanted.agreed);
    QCOMPARE(totals->underWay, wanted.underWay);
    QCOMPARE(totals->deviating, wanted.deviating);
}

void ReconciliationTest::judgesOne_data()
{
    using List = QList<Discrepancy>;
    using enum Deviation;
    const QString id = u"Unit-1"_s, on = u"enabled"_s, off = u"disabled"_s;
    const Enrollment plain = enrollment(id), disabled = enrollment(id, "key", false);
    QTest::addColumn<Enrollment>("wanted");
    QTest::addColumn<QList<Enrollment>>("found");
    QTest::addColumn<List>("told");
    const auto row = [](const char *name, const Enrollment &wanted, const QList<Enrollment> &found,
                         const List &told) { QTest::newRow(name) << wanted << found << told; };
    row("the same", plain, {plain}, {});
    row("another case", plain, {enrollment(u"uNIT-1"_s)}, {});
    row("both disabled", disabled, {disabled}, {});
    row("the service says the device", plain, {forDevice(plain, u"unit-1"_s)}, {});
    row("missing", plain, {}, {{Missing, id, u"S1"_s, digest("key"), {}}});
    row("another key, and disabled", plain, {enrollment(id, "other", false)},
        {{OtherKey, id, u"S1"_s, digest("key"), digest("other")}});
    row("no key", plain, {enrollment(id, {})}, {{OtherKey, id, u"S1"_s, digest("key"), {}}});
    row("two without a key", enrollment(id, {}), {enrollment(id, {})},
        {{OtherKey, id, u"S1"_s, {}, {}}});
    row("disabled", plain, {disabled}, {{Disabled, id, u"S1"_s, on, off}});
    row("enabled", disabled, {plain}, {{Enabled, id, u"S1"_s, off, on}});
    row("a device in another case", forDevice(plain, u"Dev"_s), {forDevice(plain, u"dev"_s)},
        {{OtherDevice, id, u"S1"_s, u"Dev"_s, u"dev"_s}});
    row("another device, and disabled", plain, {forDevice(disabled, u"dev"_s)},
        {{OtherDevice, id, u"S1"_s, id, u"dev"_s}, {Disabled, id, u"S1"_s, on, off}});
}

void ReconciliationTest::judgesOne()
{
    QFETCH(const Enrollment, wanted);
    QFETCH(const QList<Enrollment>, found);
    QFETCH(const QList<Discrepancy>, told);
    QVERIFY(m_lists->addExpected({{u"S1"_s, wanted}}));
    QVERIFY(m_lists->addFound(found));
    expectTotals({.agreed = told.isEmpty(), .deviating = !told.isEmpty()});
    QCOMPARE(m_told, told);
}

void ReconciliationTest::saysNothingOfWhatIsUnderWay()
{
    QVERIFY(m_lists->addExpected(
        {{u"S1"_s, enrollment(u"a"_s), true}, {u"S2"_s, enrollment(u"b"_s), true}}));
    QVERIFY(m_lists->addFound({enrollment(u"b"_s, "other")}));
    expectTotals({.underWay = 2});
    QVERIFY(m_told.isEmpty());
}

void ReconciliationTest::tellsWhatIsExtraLast()
{
    QVERIFY(m_lists->addFound({enrollment(u"B"_s), enrollment(u"a"_s), enrollment(u"c"_s)}));
    QVERIFY(m_lists->addExpected({{u"S2"_s, enrollment(u"d"_s)}, {u"S1"_s, enrollment(u"c"_s)}}));
    expectTotals({.agreed = 1, .deviating = 3});
    QCOMPARE(m_told,
        (QList<Discrepancy>{{Deviation::Missing, u"d"_s, u"S2"_s, digest("key"), {}},
            {Deviation::Extra, u"a"_s, {}, {}, digest("key")},
            {Deviation::Extra, u"B"_s, {}, {}, digest("key")}}));
}

void ReconciliationTest::takesPagesThatOverlap()
{
    QVERIFY(m_lists->addExpected({{u"S1"_s, enrollment(u"a"_s)}}));
    QVERIFY(m_lists->addFound({enrollment(u"a"_s, "key", false)}));
    QVERIFY(m_lists->addFound({enrollment(u"A"_s)}));
    expectTotals({.agreed = 1});
}

void ReconciliationTest::leavesNothingBehind()
{
    const QTemporaryDir folder;
    auto lists = Reconciliation::open(folder.path());
    QVERIFY(lists);
    QVERIFY(!QDir(folder.path()).isEmpty());
    lists->reset();
    QVERIFY(QDir(folder.path()).isEmpty());
}

void ReconciliationTest::namesAFolderThatIsNotThere()
{
    const auto lists = Reconciliation::open(u"/nowhere/at/all"_s);
    QVERIFY(!lists);
    QCOMPARE(lists.error().fault, Fault::Wrong);
    QVERIFY(lists.error().detail.contains(u"/nowhere/at/all"_s));
}

namespace {

/// The most memory that this process ever had, in kB.
int peak()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly)) {
        qFatal("no /proc");
    }
    const QByteArray text = status.readAll();
    const QByteArray key = "VmHWM:";
    return text.mid(text.indexOf(key) + key.size()).trimmed().split(' ').first().toInt();
}

/// So many on both sides, page by page. Returns how many deviate; -1: something else is wrong.
qint64 compareMany(int number)
{
    constexpr int page = 500;
    auto lists = Reconciliation::open();
    for (int from = 0; from < number; from += page) {
        QList<Expectation> expected;
        QList<Enrollment> found;
        for (int i = from; i < from + page; ++i) {
            const Enrollment one = enrollment(u"unit-%1"_s.arg(i, 9), QByteArray(300, 'k'));
            expected.append({u"S%1"_s.arg(i), one});
            found.append(one);
        }
        if (!(*lists)->addExpected(expected) || !(*lists)->addFound(found)) {
            return -1;
        }
    }
    const auto totals = (*lists)->compare([](const Discrepancy &) { });
    return totals && totals->agreed == number ? totals->deviating : -1;
}

} // namespace

void ReconciliationTest::takesNoMoreMemoryForMore()
{
    QCOMPARE(compareMany(5'000), 0);
    const int before = peak();
    QCOMPARE(compareMany(200'000), 0);
    QVERIFY2(peak() < before + 20'000, qPrintable(u"%1 to %2 kB"_s.arg(before).arg(peak())));
}

QTEST_GUILESS_MAIN(ReconciliationTest)
#include "reconciliation.moc"
