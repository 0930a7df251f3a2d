// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/shopfloor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace shopfloor;

namespace {

Intent intentThatLoses(const QString &ekSha256)
{
    return {.action = u"replace-ek"_s,
        .device = {.serial = u"UNIT-1"_s},
        .slot = u"3"_s,
        .ekSha256 = u"ab"_s,
        .losesEk = ekSha256,
        .takes = {u"0x81010001"_s}};
}

QString sha256Of(int key)
{
    return QString::fromLatin1(keyOf(key).sha256().toHex());
}

} // namespace

/// What is about to be taken out of a TPM: on the disk before it is done, or refused.
class IntentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsAnEntry_data() { engines(); }
    void itIsAnEntry();
    void aBoundKeyIsNotLost_data() { engines(); }
    void aBoundKeyIsNotLost();
    void onlyTheLineMayDoSo();
    void manySlotsAskAtOnce();

private:
    Places m_places;
};

void IntentTest::itIsAnEntry()
{
    QFETCH(const QString, engine);
    const auto place = m_places.fresh(engine);
    const auto ledger = opened(place);
    const auto seq = ledger->intend(intentThatLoses(sha256Of(1)));
    QVERIFY2(seq, seq ? "" : qPrintable(seq.error().detail));
    auto reader = readerOf(place);
    const auto stored = reader.entry({place.stationId, *seq});
    QVERIFY(stored.has_value());
    QCOMPARE(stored->entry.kind, u"action"_s);
    const QJsonObject body = QJsonDocument::fromJson(stored->entry.body).object();
    QCOMPARE(body,
        (QJsonObject{{u"action"_s, u"replace-ek"_s}, {u"serial"_s, u"UNIT-1"_s},
            {u"slot"_s, u"3"_s}, {u"ekSha256"_s, u"ab"_s}, {u"losesEk"_s, sha256Of(1)},
            {u"takes"_s, QJsonArray{u"0x81010001"_s}}}));
    QVERIFY(!reader.verifyChain(place.stationId)->firstBreak);
}

void IntentTest::aBoundKeyIsNotLost()
{
    QFETCH(const QString, engine);
    const auto place = m_places.fresh(engine);
    const auto ledger = opened(place);
    QVERIFY(record(*ledger, passOf(u"FIELD-7"_s, 1)).has_value());
    const auto refused = ledger->intend(intentThatLoses(sha256Of(1)));
    QVERIFY(!refused && refused.error().fault == Fault::Refused);
    QVERIFY2(refused.error().detail.contains(u"FIELD-7"), qPrintable(refused.error().detail));
    QVERIFY(ledger->intend(intentThatLoses(sha256Of(2))).has_value());
    QVERIFY(ledger->intend(intentThatLoses({})).has_value());
    tamper(place, u"UPDATE binding SET state = 'superseded'"_s);
    QVERIFY(ledger->intend(intentThatLoses(sha256Of(1))).has_value());
    QCOMPARE(readerOf(place).verifyChain(place.stationId)->entries, 4);
    // Another line has told that a device of its own is known by it.
    tamper(place, u"INSERT INTO ekset VALUES ('line2', 1, 'ab', 'cd')"_s);
    tamper(place, u"INSERT INTO elsewhere VALUES ('%1', 'line2')"_s.arg(sha256Of(1)));
    const auto elsewhere = ledger->intend(intentThatLoses(sha256Of(1)));
    QVERIFY(!elsewhere && elsewhere.error().detail.contains(u"line2"));
}

void IntentTest::onlyTheLineMayDoSo()
{
    auto place = m_places.fresh(u"sqlite"_s);
    const auto line = opened(place);
    place.role = LedgerPlace::Role::Courier;
    const auto refused = opened(place)->intend(intentThatLoses({}));
    QVERIFY(!refused && refused.error().fault == Fault::Refused);
}

void IntentTest::manySlotsAskAtOnce()
{
    constexpr int slotCount = 16;
    const auto place = m_places.fresh(u"sqlite"_s);
    const auto ledger = opened(place);
    QThreadPool bench;
    bench.setMaxThreadCount(slotCount);
    std::atomic<int> recorded = 0;
    for (int slot = 0; slot < slotCount; ++slot)
        bench.start([&] { recorded += ledger->intend(intentThatLoses({})).has_value() ? 1 : 0; });
    bench.waitForDone();
    QCOMPARE(recorded.load(), slotCount);
    const auto report = readerOf(place).verifyChain(place.stationId);
    QVERIFY(report->entries == slotCount && !report->firstBreak);
}

QTEST_GUILESS_MAIN(IntentTest)
#include "intent.moc"
