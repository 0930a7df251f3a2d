// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/workshop.h"

using namespace workshop;

/// What may not happen to a unit, and who may not do it.
class RefusalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesInWords_data();
    void refusesInWords();
    void asksForPeopleAndReasons();

private:
    Places m_places;
};

void RefusalTest::refusesInWords_data()
{
    using enum Disposition;
    QTest::addColumn<Disposition>("now");
    QTest::addColumn<UnitEvent>("event");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, Disposition now, UnitEvent event, const QString &word) {
        QTest::newRow(name) << now << event << word;
    };
    row("scrap of a shipped one", Shipped, UnitEvent::Scrap, u"unit return"_s);
    row("a shipped one's board", Shipped, UnitEvent::ReplaceBoard, u"unit return"_s);
    row("shipped twice", Shipped, UnitEvent::Ship, u"cannot leave again"_s);
    row("return of one that is here", Released, UnitEvent::Return, u"only a shipped unit"_s);
    row("scrapped twice", Scrapped, UnitEvent::Scrap, u"scrap stays scrap"_s);
    row("shipment of scrap", Scrapped, UnitEvent::Ship, u"scrap stays scrap"_s);
    row("a returned one leaves again", Returned, UnitEvent::Ship, u"examine it first"_s);
    row("without its new board", Replaced, UnitEvent::Ship, u"new board first"_s);
}

void RefusalTest::refusesInWords()
{
    QFETCH(const Disposition, now);
    QFETCH(const UnitEvent, event);
    QFETCH(const QString, word);
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    const auto store = std::move(*Store::open(place));
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    tamper(place, u"UPDATE unit SET disposition = '%1'"_s.arg(station::word(now)));
    const auto refused = carryOut(*store, event, u"A"_s);
    QVERIFY(!refused && refused.error().fault == Fault::Refused);
    QVERIFY2(refused.error().detail.contains(word), qPrintable(refused.error().detail));
    QCOMPARE(standing(*store, u"A"_s), now);
    QCOMPARE(readerOf(place).verifyChain(place.stationId)->entries, 1);
    QCOMPARE(carryOut(*store, event, u"Z"_s).error().fault, Fault::Missing);
}

void RefusalTest::asksForPeopleAndReasons()
{
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    const auto store = std::move(*Store::open(place));
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    const auto ann = store->addPerson(u"Ann"_s, u"qa"_s);
    const auto bob = store->addPerson(u"Bob"_s, u"repair"_s);
    QVERIFY(ann && bob && *ann != *bob);
    QVERIFY(!store->addPerson({}, u"qa"_s));
    const DeedRule rule{.persons = 2, .reasons = {u"burnt"_s}};
    UnitDeed deed{.event = UnitEvent::Scrap, .serial = u"A"_s};
    QVERIFY(store->carryOut(deed, rule).error().detail.contains(u"--reason"_s));
    deed.reason = u"bored"_s;
    QVERIFY(store->carryOut(deed, rule).error().detail.contains(u"it knows burnt"_s));
    deed.reason = u"burnt"_s;
    QVERIFY(store->carryOut(deed, rule).error().detail.contains(u"two different"_s));
    deed.people = {u"Ann"_s, *ann};
    QVERIFY(store->carryOut(deed, rule).error().detail.contains(u"counts once"_s));
    deed.people = {u"Ann"_s, u"Eve"_s};
    QCOMPARE(store->carryOut(deed, rule).error().fault, Fault::Missing);
    deed.people = {u"Ann"_s, u"Bob"_s};
    const auto done = store->carryOut(deed, rule);
    QVERIFY(done.has_value());
    const auto body = readerOf(place).entry({place.stationId, done->seq})->entry.body;
    QVERIFY(!body.contains("Ann") && body.contains(ann->toUtf8()) && body.contains(bob->toUtf8()));
}

QTEST_GUILESS_MAIN(RefusalTest)
#include "refusal.moc"
