// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ekset.h"

#include "tests/station/shopfloor.h"

#include <QJsonDocument>

using namespace shopfloor;

namespace {

EkSet setOf(const QList<int> &keys, const QString &line = u"line2-a"_s)
{
    EkSet set{line, Purpose::Production, QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC), {}};
    for (const int key : keys)
        set.keys.append(keyOf(key).sha256());
    std::ranges::sort(set.keys);
    return set;
}

SignedEkSet received(const EkSet &set)
{
    return {set, QByteArray(32, 'h'), u"CN=line 2"_s};
}

std::unique_ptr<Store> storeOf(const LedgerPlace &place)
{
    auto store = Store::open(place);
    if (!store)
        qFatal("%s", qPrintable(store.error().detail));
    return std::move(*store);
}

} // namespace

/// What lines tell each other of their keys, and what a ledger does with it.
class EkSetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isTextAndBack();
    void wrongText_data();
    void wrongText();
    void aKeyOfAnotherLineFails_data() { engines(); }
    void aKeyOfAnotherLineFails();
    void aLateHitHoldsWhatHasNotLeft_data() { engines(); }
    void aLateHitHoldsWhatHasNotLeft();
    void aNewerSetReplacesTheOlder_data() { engines(); }
    void aNewerSetReplacesTheOlder();
    void setsThatAreRefused();
    void theOtherLineHearsOfADuplicate();

private:
    [[nodiscard]] LedgerPlace fresh()
    {
        QFETCH(QString, engine);
        return m_places.fresh(engine);
    }

    Places m_places;
};

void EkSetTest::isTextAndBack()
{
    for (const EkSet &set : {setOf({}), setOf({1}), setOf({3, 1, 2}), setOf({1}, u"Straße 4"_s)}) {
        const auto parsed = parseEkSet(set.text(), u"set"_s);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().detail));
        QCOMPARE(*parsed, set);
    }
}

void EkSetTest::wrongText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    const QByteArray good = setOf({1, 2}).text();
    const auto row = [&good](const char *name, const QByteArray &before, const QByteArray &after,
                         const char *says) {
        QTest::newRow(name) << QByteArray(good).replace(before, after) << QString::fromLatin1(says);
    };
    QTest::newRow("nothing") << QByteArray() << u"set:1: this is no set"_s;
    QTest::newRow("the head alone") << QByteArray("ekstation-ekset-1\n") << u"set:2: "_s;
    QTest::newRow("cut") << good.chopped(1) << u"set:5: "_s;
    QTest::newRow("one line more") << good + "\n" << u"set:5: "_s;
    row("a newer form", "ekset-1", "ekset-2", "set:1: ");
    row("no line", "line line2-a", "line ", "set:2: ");
    row("an endless name", "line2-a", QByteArray(65, 'x'), "set:2: ");
    row("an escape sequence", "line2-a", "\x1b[31m", "set:2: ");
    row("another purpose", "production", "engineering", "set:3: ");
    row("no purpose", "purpose production", "purpose", "set:3: ");
    row("no time", "2023", "MMXX", "set:4: ");
    row("time without seconds", ":20Z", "Z", "set:4: ");
    row("local time", "Z\ncount", "+02:00\ncount", "set:4: ");
    row("fewer than it says", "count 2", "count 3", "set:5: it says \"count 3\", and 2 lines");
    row("a sign", "count 2", "count +2", "set:5: ");
    row("a nought before", "count 2", "count 02", "set:5: ");
    row("no UTF-8", "line2-a", "line\xff", "set:2: ");
    row("less than none", "count 2", "count -2", "set:5: ");
    const QByteArray first = good.split('\n')[5];
    row("upper case", first, first.toUpper(), "set:6: 64 hex digits");
    row("short key", first, first.chopped(1), "set:6: 64 hex digits");
    row("CRLF", "\n", "\r\n", "set:1: ");
    QTest::newRow("twice") << setOf({1, 1}).text() << u"set:7: keys ascend"_s;
    EkSet unsorted = setOf({1, 2});
    std::ranges::reverse(unsorted.keys);
    QTest::newRow("unsorted") << unsorted.text() << u"set:7: keys ascend"_s;
}

void EkSetTest::wrongText()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    const auto set = parseEkSet(text, u"set"_s);
    QVERIFY(!set);
    QCOMPARE(set.error().fault, Fault::Syntax);
    QVERIFY2(set.error().detail.startsWith(says), qPrintable(set.error().detail));
}

void EkSetTest::aKeyOfAnotherLineFails()
{
    const auto store = storeOf(fresh());
    QCOMPARE(*store->takeIn(received(setOf({1, 2}))), QList<HeldUnit>());
    const auto recorded = store->record(passOf(u"SN-1"_s, 1));
    QVERIFY(recorded);
    QCOMPARE(recorded->examination.verdict, Verdict::Fail);
    QCOMPARE(recorded->delivery, std::nullopt);
    const Finding finding = recorded->examination.findings.last();
    QCOMPARE(finding.check, u"uniqueness"_s);
    QCOMPARE(finding.measured, u"line line2-a, its keys of 2023-11-14T22:13:20Z"_s);
    QCOMPARE(finding.advice, u"duplicate-ek-elsewhere"_s);
    QCOMPARE(store->record(passOf(u"SN-3"_s, 3))->examination.verdict, Verdict::Pass);
}

void EkSetTest::aLateHitHoldsWhatHasNotLeft()
{
    const LedgerPlace place = fresh();
    const auto store = storeOf(place);
    for (int unit = 1; unit <= 3; ++unit)
        QVERIFY(store->record(passOf(u"SN-%1"_s.arg(unit), unit))->delivery);
    const auto leased = store->lease(u"main"_s, u"courier"_s, 1, 60); // SN-1 is on its way
    QCOMPARE(leased->deliveries.size(), 1);
    const QList<HeldUnit> expected{
        {u"SN-1"_s, keyOf(1).sha256(), 0, 1}, {u"SN-2"_s, keyOf(2).sha256(), 1, 0}};
    QCOMPARE(*store->takeIn(received(setOf({1, 2, 9}))), expected);
    const auto counts = store->count(u"main"_s);
    QCOMPARE(counts->held, 1);
    QCOMPARE(counts->sent, 1);
    QCOMPARE(counts->pending, 1);
    // The held one is not leased, and a retest does not free it.
    QCOMPARE(store->lease(u"main"_s, u"courier"_s, 10, 60)->deliveries.size(), 1);
    QCOMPARE(store->record(passOf(u"SN-2"_s, 2))->examination.verdict, Verdict::Fail);
    QCOMPARE(store->count(u"main"_s)->held, 1);
    // The chain keeps what was done, and still holds.
    auto reader = readerOf(place);
    const auto entry = reader.entry({place.stationId, 4});
    QVERIFY(entry);
    QCOMPARE(entry->entry.kind, u"action"_s);
    const auto body = QJsonDocument::fromJson(entry->entry.body).object();
    QCOMPARE(body[u"action"].toString(), u"ekset-import"_s);
    QCOMPARE(body[u"line"].toString(), u"line2-a"_s);
    QCOMPARE(body[u"signer"].toString(), u"CN=line 2"_s);
    QCOMPARE(body[u"units"].toArray().size(), 2);
    QVERIFY(!reader.verifyChain(place.stationId)->firstBreak);
}

void EkSetTest::aNewerSetReplacesTheOlder()
{
    const auto store = storeOf(fresh());
    EkSet set = setOf({1});
    QVERIFY(store->takeIn(received(set)));
    QVERIFY(store->takeIn(received(setOf({2}, u"line3-a"_s))));
    QVERIFY(store->takeIn(received(set))); // the same once more
    set = setOf({5});
    set.made = set.made.addSecs(1);
    QVERIFY(store->takeIn(received(set)));
    QCOMPARE(store->record(passOf(u"SN-1"_s, 1))->examination.verdict, Verdict::Pass);
    QCOMPARE(store->record(passOf(u"SN-2"_s, 2))->examination.verdict, Verdict::Fail);
    QCOMPARE(store->record(passOf(u"SN-5"_s, 5))->examination.verdict, Verdict::Fail);
}

void EkSetTest::setsThatAreRefused()
{
    const auto store = storeOf(m_places.fresh(u"sqlite"_s));
    const auto refusal = [&store](const EkSet &set) {
        const auto units = store->takeIn(received(set));
        return units ? Error{} : units.error();
    };
    EkSet training = setOf({1});
    training.purpose = Purpose::Training;
    QCOMPARE(refusal(training).fault, Fault::Purpose);
    QCOMPARE(refusal(setOf({1}, u"line1-a"_s)).fault, Fault::Refused); // this ledger's own line
    QVERIFY(store->takeIn(received(setOf({1}))));
    EkSet older = setOf({2});
    older.made = older.made.addSecs(-1);
    QCOMPARE(refusal(older).fault, Fault::Refused);
    QCOMPARE(store->record(passOf(u"SN-2"_s, 2))->examination.verdict, Verdict::Pass);
    QCOMPARE(store->record(passOf(u"SN-1"_s, 1))->examination.verdict, Verdict::Fail);
}

void EkSetTest::theOtherLineHearsOfADuplicate()
{
    const LedgerPlace here = m_places.fresh(u"sqlite"_s);
    LedgerPlace there = m_places.fresh(u"sqlite"_s);
    there.stationId = u"line2-a"_s;
    const auto ours = storeOf(here);
    const auto theirs = storeOf(there);
    QVERIFY(theirs->record(passOf(u"THEIRS"_s, 1))->delivery);
    QVERIFY(ours->record(passOf(u"OURS"_s, 2))->delivery);
    QVERIFY(ours->takeIn(received(setOf({1}))));
    QCOMPARE(ours->record(passOf(u"COPY"_s, 1))->examination.verdict, Verdict::Fail);
    EkSet told = setOf({}, u"line1-a"_s);
    told.keys = *readerOf(here).keysInUse();
    QCOMPARE(told.keys, setOf({1, 2}).keys); // the copy as well, which is bound to nothing
    const auto held = theirs->takeIn(received(told));
    QCOMPARE(held->size(), 1);
    QCOMPARE(held->first().serial, u"THEIRS"_s);
    QCOMPARE(held->first().held, 1);
}

QTEST_GUILESS_MAIN(EkSetTest)
#include "ekset.moc"
