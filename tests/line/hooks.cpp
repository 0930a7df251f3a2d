// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/line/verdicts.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QTest>
#include <QThreadPool>

using namespace verdicts;
using support::Swtpm;

namespace {

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

/// The factory's commands around an examination: they start the unit and bring it to rest.
class HooksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theUnitIsStartedAndBroughtToRest();
    void aUnitThatDoesNotStart_data();
    void aUnitThatDoesNotStart();
    void aStopHasACommandOfItsOwn();
    void aStopEndsAStart();
    void aUnitThatStaysUnderPowerIsSaid();

private:
    /// A command that adds a line to the log.
    [[nodiscard]] Hook note(const QString &word) const
    {
        return sh(u"echo %1 $EKSTATION_SLOT $EKSTATION_SERIAL >> %2"_s.arg(
            word, m_workplace.path(u"log"_s)));
    }
    static Hook sh(const QString &line, int seconds = 30)
    {
        return {{u"/bin/sh"_s, u"-c"_s, line}, std::chrono::seconds(seconds)};
    }
    [[nodiscard]] Subject subject(const QString &target, const Hooks &hooks) const
    {
        return {.target = target, .slot = u"7"_s, .device = {.serial = u"SN-1"_s}, .hooks = hooks};
    }
    QString log()
    {
        const QString text = textOf(m_workplace.path(u"log"_s));
        QFile::remove(m_workplace.path(u"log"_s));
        return text;
    }

    support::Workplace m_workplace;
};

/// The TPM is there only from the first command to the last, as that of a unit without power.
void HooksTest::theUnitIsStartedAndBroughtToRest()
{
    const Swtpm tpm;
    const QString socket = m_workplace.path(u"unit"_s);
    const QString target = u"swtpm:path="_s + socket;
    QCOMPARE(examined(subject(target, {})).trouble.value_or(Trouble{}).code, u"target"_s);
    const auto examination = examined(subject(target,
        {.before = sh(u"ln -s %1 %2"_s.arg(tpm.socketPath(), socket)),
            .after = sh(u"rm %1; echo off $EKSTATION_SLOT $EKSTATION_SERIAL >> %2"_s.arg(
                socket, m_workplace.path(u"log"_s))),
            .stop = note(u"stopped"_s)}));
    QVERIFY2(examination.verdict == Verdict::Pass, said(examination));
    QVERIFY(!QFile::exists(socket));
    QCOMPARE(log(), u"off 7 SN-1\n"_s);
}

void HooksTest::aUnitThatDoesNotStart_data()
{
    QTest::addColumn<Hook>("before");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("advice");
    QTest::newRow("late") << sh(u"exec sleep 60"_s, 1) << Verdict::Timeout << u"boot"_s
                          << u"boot-late"_s;
    QTest::newRow("fails") << sh(u"exit 3"_s) << Verdict::Error << u"before"_s << QString();
    QTest::newRow("no program") << Hook{{u"/nowhere/power"_s}} << Verdict::Error << u"before"_s
                                << QString();
}

/// No TPM command is sent, and the unit is brought to rest all the same: it may have power.
void HooksTest::aUnitThatDoesNotStart()
{
    QFETCH(const Hook, before);
    const auto examination = examined(
        subject(u"swtpm:path=/nowhere"_s, {.before = before, .after = note(u"off"_s), .stop = {}}));
    QTEST(examination.verdict, "verdict");
    QTEST(examination.trouble.value_or(Trouble{}).code, "code");
    QTEST(findingOf(examination, u"boot"_s).advice, "advice");
    QCOMPARE(examination.commands, 0);
    QCOMPARE(log(), u"off 7 SN-1\n"_s);
}

void HooksTest::aStopHasACommandOfItsOwn()
{
    const Swtpm tpm;
    const auto stop = std::make_shared<tpm::Stop>();
    const Hooks hooks{.before = {}, .after = note(u"off"_s), .stop = note(u"stopped"_s)};
    const auto examination = examine(subject(tpm.text(), hooks), planOf(u"training"_s), stop,
        tpm::secureRandom, [stop](const Progress &progress) {
            if (progress.step == 2)
                stop->request();
        });
    QCOMPARE(examination.verdict, Verdict::Aborted);
    QCOMPARE(log(), u"stopped 7 SN-1\n"_s);
}

/// Nobody waits for a unit that will not be examined.
void HooksTest::aStopEndsAStart()
{
    const auto stop = std::make_shared<tpm::Stop>();
    const Hooks hooks{.before = sh(u"exec sleep 60"_s, 60), .after = note(u"off"_s), .stop = {}};
    const auto examination = examine(subject(u"swtpm:path=/nowhere"_s, hooks),
        planOf(u"training"_s), stop, tpm::secureRandom, [stop](const Progress &progress) {
            QCOMPARE(progress.check, u"boot"_s);
            stop->request();
        });
    QCOMPARE(examination.verdict, Verdict::Aborted);
    QVERIFY2(examination.ms < 30'000, said(examination));
    QCOMPARE(log(), u"off 7 SN-1\n"_s);
}

/// The device is what it was found to be; that it may not be taken away yet is a warning.
void HooksTest::aUnitThatStaysUnderPowerIsSaid()
{
    const Swtpm tpm;
    const auto examination =
        examined(subject(tpm.text(), {.before = {}, .after = sh(u"exit 1"_s), .stop = {}}));
    QVERIFY2(examination.verdict == Verdict::Pass, said(examination));
    QCOMPARE(findingOf(examination, u"rest"_s).outcome, Outcome::Warn);
    QCOMPARE(findingOf(examination, u"rest"_s).advice, u"still-powered"_s);
}

QTEST_GUILESS_MAIN(HooksTest)
#include "hooks.moc"
