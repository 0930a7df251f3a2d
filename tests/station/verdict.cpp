// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/verdict.h"

#include "station/delivery.h"
#include "station/examination.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace station;

namespace {

/// All words of an enum in its order, up to its last value.
template <typename T> QStringList wordsTo(T last)
{
    QStringList words;
    for (int value = 0; value <= static_cast<int>(last); ++value)
        words.append(word(static_cast<T>(value)));
    return words;
}

} // namespace

/// The words that files, JSON and the ledger have for values: changing one is a migration.
class VerdictTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWordsStandStill();
    void aWordLeadsBackToItsValue();
    void noOtherWordIsTaken();
};

void VerdictTest::theWordsStandStill()
{
    const auto list = [](const char *words) { return QString::fromLatin1(words).split(u' '); };
    QCOMPARE(wordsTo(Verdict::Aborted), list("pass fail error timeout aborted"));
    QCOMPARE(wordsTo(Outcome::Skip), list("pass fail warn record skip"));
    QCOMPARE(
        wordsTo(Purpose::Training), list("production rework golden engineering packout training"));
    QCOMPARE(wordsTo(DeliveryState::Withdrawn),
        list("held pending sent acknowledged confirmed rejected conflict withdrawn"));
    QCOMPARE(wordsTo(DeliveryKind::Report), list("enroll enable disable delete report"));
    QCOMPARE(wordsTo(tpm::Template::Unknown),
        list("tcg-l1 tcg-l2 tcg-h1 tcg-h2 tcg-h3 sdk-empty-unique nv-template unknown"));
    QCOMPARE(wordsTo(tpm::Kind::Unknown), list("discrete firmware integrated virtual unknown"));
}

void VerdictTest::aWordLeadsBackToItsValue()
{
    for (const QString &text : wordsTo(Verdict::Aborted))
        QCOMPARE(word(verdictOf(text).value()), text);
    for (const QString &text : wordsTo(Outcome::Skip))
        QCOMPARE(word(outcomeOf(text).value()), text);
    for (const QString &text : wordsTo(Purpose::Training))
        QCOMPARE(word(purposeOf(text).value()), text);
    for (const QString &text : wordsTo(DeliveryState::Withdrawn))
        QCOMPARE(word(deliveryStateOf(text).value()), text);
    for (const QString &text : wordsTo(DeliveryKind::Report))
        QCOMPARE(word(deliveryKindOf(text).value()), text);
}

void VerdictTest::noOtherWordIsTaken()
{
    for (const QString &text : {u""_s, u"Pass"_s, u"pass "_s, u"PASS"_s, u"passed"_s, u"pas"_s}) {
        QVERIFY(!verdictOf(text));
        QVERIFY(!outcomeOf(text));
    }
    QVERIFY(!purposeOf(u"Production"));
    QVERIFY(!purposeOf({}));
    QVERIFY(!deliveryStateOf(u"done"));
    QVERIFY(!deliveryKindOf(u"enrol"));
}

QTEST_GUILESS_MAIN(VerdictTest)
#include "verdict.moc"
