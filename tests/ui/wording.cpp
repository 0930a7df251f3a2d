// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording.h"

#include "station/checks/check.h"
#include "station/gate.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ui;
using station::DeliveryState;
using station::Outcome;
using station::Verdict;

/// Words for people: every value has some, and no two are mistaken for each other.
class WordingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyVerdictAndDeliveryHasItsOwn();
    void everyAdviceIsASentence_data();
    void everyAdviceIsASentence();
    void everyCheckHasAName();
    void theReasonIsTheFirstFailure();
    void anUnknownCodeIsShownAsItIs();
};

void WordingTest::everyVerdictAndDeliveryHasItsOwn()
{
    QSet<QString> verdicts;
    for (int value = 0; value <= static_cast<int>(Verdict::Aborted); ++value)
        verdicts.insert(wording::verdict(static_cast<Verdict>(value)));
    QCOMPARE(verdicts.size(), 5);
    QVERIFY(!verdicts.contains(QString()));
    QSet<QString> states{wording::delivery(std::nullopt)};
    for (int value = 0; value <= static_cast<int>(DeliveryState::Withdrawn); ++value)
        states.insert(wording::delivery(static_cast<DeliveryState>(value)));
    QCOMPARE(states.size(), 9);
    QVERIFY(!states.contains(QString()));
}

void WordingTest::everyAdviceIsASentence_data()
{
    QTest::addColumn<QString>("code");
    // What the runner itself says, and then every check's own.
    QStringList codes{u"tpm-silent"_s, u"tpm-malformed"_s, u"tpm-refused"_s};
    for (const station::Check *check : station::allChecks())
        codes += check->advices;
    for (const station::Step &step : station::allSteps())
        codes += step.check->advices;
    codes += station::gateAdvices();
    codes.removeDuplicates();
    for (const QString &code : std::as_const(codes))
        QTest::newRow(qPrintable(code)) << code;
}

void WordingTest::everyAdviceIsASentence()
{
    QFETCH(const QString, code);
    const QString advice = wording::advice(code);
    QVERIFY2(advice.size() > 20 && advice.endsWith(u'.'), qPrintable(advice));
}

void WordingTest::everyCheckHasAName()
{
    QSet<QString> names;
    const auto checks = station::allChecks();
    QList<const station::Check *> all(checks.begin(), checks.end());
    for (const station::Step &step : station::allSteps())
        all.append(step.check);
    for (const station::Check *check : std::as_const(all)) {
        const QString name = QString::fromLatin1(check->name);
        QVERIFY2(wording::check(name) != name, check->name);
        names.insert(wording::check(name));
        QVERIFY2(*check->proves != 0 && *check->source != 0, check->name);
    }
    QCOMPARE(names.size(), all.size());
}

void WordingTest::theReasonIsTheFirstFailure()
{
    station::Examination examination;
    QCOMPARE(wording::reason(examination), QString());
    examination.trouble = station::Trouble{u"link"_s, u"cut"_s};
    QCOMPARE(wording::reason(examination), u"The connection to the device was lost: cut"_s);
    examination.findings = {{u"presence"_s, Outcome::Pass, u"TPM 2.0"_s, {}, {}, 1},
        {u"kind"_s, Outcome::Fail, u"virtual"_s, {}, u"software-tpm"_s, 1},
        {u"key"_s, Outcome::Fail, u"none"_s, {}, {}, 1}};
    QVERIFY(wording::reason(examination).startsWith(u"kind: virtual. This TPM is software"));
}

void WordingTest::anUnknownCodeIsShownAsItIs()
{
    QCOMPARE(wording::check(u"smell"_s), u"smell"_s);
    QCOMPARE(wording::advice(u"smell"_s), QString());
    QCOMPARE(wording::trouble({u"smell"_s, {}}), u"smell"_s);
}

QTEST_GUILESS_MAIN(WordingTest)
#include "wording.moc"
