// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/cue.h"
#include "station/line.h"

#include <QTest>

using namespace Qt::StringLiterals;
using station::Cue;

/// Commands that a scanner types.
class CueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scansAreTold_data();
    void scansAreTold();
    void whatIsPrintedIsRead();
    void noPlanMakesOneASerial();
};

void CueTest::scansAreTold_data()
{
    QTest::addColumn<QString>("scan");
    QTest::addColumn<std::optional<Cue>>("cue");
    using enum Cue::Kind;
    const auto row = [](const char *name, const QString &scan, const std::optional<Cue> &cue) {
        QTest::newRow(name) << scan << cue;
    };
    row("a serial", u"SN-0001"_s, {});
    row("nothing", u""_s, {});
    row("a star", u"*"_s, {});
    row("small letters", u"*ek:STOP*"_s, {});
    row("go on", u"*EK:GO*"_s, Cue{GoOn, {}});
    row("release", u"*EK:RELEASE*"_s, Cue{Release, {}});
    row("release of something", u"*EK:RELEASE:4711*"_s, Cue{});
    row("done", u"*EK:DONE:3*"_s, Cue{Done, u"3"_s});
    row("done with nothing", u"*EK:DONE*"_s, Cue{});
    row("stop all", u"*EK:STOP*"_s, Cue{Stop, {}});
    row("stop one", u"*EK:STOP:3*"_s, Cue{Stop, u"3"_s});
    row("a slot with signs", u"*EK:STOP:A:1 *b*"_s, Cue{Stop, u"A:1 *b"_s});
    row("no slot", u"*EK:STOP:*"_s, Cue{});
    row("cut off", u"*EK:STOP:3"_s, Cue{});
    row("the beginning alone", u"*EK:"_s, Cue{});
    row("another word", u"*EK:FORMAT*"_s, Cue{});
    row("two in one", u"*EK:GO**EK:GO*"_s, Cue{});
}

void CueTest::scansAreTold()
{
    QFETCH(QString, scan);
    QFETCH(std::optional<Cue>, cue);
    QCOMPARE(station::cueOf(scan), cue);
}

void CueTest::whatIsPrintedIsRead()
{
    for (const Cue &cue :
        {Cue{Cue::Kind::GoOn, {}}, Cue{Cue::Kind::Release, {}}, Cue{Cue::Kind::Done, u"left 2"_s},
            Cue{Cue::Kind::Stop, {}}, Cue{Cue::Kind::Stop, u"left 2"_s}})
        QCOMPARE(station::cueOf(textOf(cue)), std::optional(cue));
}

void CueTest::noPlanMakesOneASerial()
{
    station::Plan plan;
    plan.serialPattern = QRegularExpression(u".*"_s);
    const station::Line line({{u"1"_s, u"device:/dev/null"_s}}, plan, {});
    QVERIFY(line.check(u"anything"_s));
    for (const QString &scan : {u"*EK:GO*"_s, u"*EK:STOP:9*"_s, u"*EK:"_s}) {
        const auto checked = line.check(scan);
        QVERIFY(!checked);
        QCOMPARE(checked.error().fault, station::Fault::Refused);
        QVERIFY(checked.error().detail.contains(u"command"));
    }
}

QTEST_GUILESS_MAIN(CueTest)
#include "cue.moc"
