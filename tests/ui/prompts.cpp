// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/unitdesks.h"

/// What a slot asks a person to do stands over that slot's tile and holds up nothing else.
class PromptsTest : public QObject, private UnitDesks {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { stock(); }
    void othersGoOnWhileOneAsks();
    void aBarcodeAnswers();
    void aStopTakesThePromptAway_data();
    void aStopTakesThePromptAway();
    void aPulledDeviceIsTheStationsError();

private:
    /// Slot 1 asks.
    [[nodiscard]] std::unique_ptr<DeskRoom> asking()
    {
        const QString folder = m_workplace.path(u"prompt%1"_s.arg(++m_count));
        m_shelf->copyTo(folder);
        return std::make_unique<DeskRoom>(folder, QSize(1280, 800), QString(),
            upload::ReportPlace{},
            [](app::Settings &settings) { settings.slotList[0].prompt = u"Switch the unit on"_s; });
    }
    static bool isAsked(DeskRoom &desk)
    {
        const auto *prompt = desk.child<QWidget>(u"prompt-1"_s);
        return prompt && prompt->isVisible();
    }
};

void PromptsTest::othersGoOnWhileOneAsks()
{
    const auto desk = asking();
    QVERIFY(desk->plug(0, Kind::Good));
    desk->scan(u"TRAIN-0001"_s);
    QTRY_VERIFY(isAsked(*desk));
    QCOMPARE(desk->state(0), SlotState::Waiting);
    auto *prompt = desk->child<QWidget>(u"prompt-1"_s);
    QTRY_COMPARE(prompt->pos(), QPoint(0, 0)); // it has slid into its place
    QCOMPARE(prompt->size(), desk->page().board().tile(0).size());
    take(*desk, u"prompt"_s);
    desk->window().resize(800, 480); // a low tile: the button stands beside the words, and is whole
    QCoreApplication::processEvents();
    const auto *done = desk->child<QPushButton>(u"done-1"_s);
    QVERIFY(done->width() >= done->fontMetrics().horizontalAdvance(done->text()) + 16);
    desk->window().resize(1280, 800);
    // A scan meanwhile is another slot's.
    desk->scan(u"TRAIN-0001"_s);
    QVERIFY2(desk->said().contains(u"✗"_s), qPrintable(desk->said()));
    QVERIFY(desk->plug(1, Kind::Clone));
    desk->scan(u"TRAIN-0101"_s);
    QVERIFY(desk->waits(1, SlotState::Pass)); // nobody has claimed its key yet
    QVERIFY(isAsked(*desk));
    desk->press(u"done-1"_s);
    QVERIFY(desk->waits(0, SlotState::Fail)); // the clone was first
    QVERIFY(!isAsked(*desk));
}

void PromptsTest::aBarcodeAnswers()
{
    const auto desk = asking();
    desk->scan(u"*EK:DONE:1*"_s);
    QVERIFY2(desk->said().contains(u"Nothing is asked there"_s), qPrintable(desk->said()));
    desk->scan(u"*EK:DONE:nowhere*"_s);
    QVERIFY2(desk->said().contains(u"does not know"_s), qPrintable(desk->said()));
    QVERIFY(desk->plug(0, Kind::Good));
    desk->scan(u"TRAIN-0001"_s);
    QTRY_VERIFY(isAsked(*desk));
    desk->scan(u"*EK:DONE:1*"_s);
    QVERIFY(desk->waits(0, SlotState::Pass));
    QVERIFY(!isAsked(*desk));
}

void PromptsTest::aStopTakesThePromptAway_data()
{
    QTest::addColumn<QString>("scan");
    QTest::newRow("all") << u"*EK:STOP*"_s;
    QTest::newRow("this slot") << u"*EK:STOP:1*"_s;
}

void PromptsTest::aStopTakesThePromptAway()
{
    QFETCH(const QString, scan);
    const auto desk = asking();
    QVERIFY(desk->plug(0, Kind::Good));
    desk->scan(u"TRAIN-0001"_s);
    QTRY_VERIFY(isAsked(*desk));
    desk->scan(scan);
    QTRY_VERIFY(!isAsked(*desk));
    QVERIFY(desk->desk().wiring().line().idle());
    // Nothing was begun, so it may come again.
    desk->scan(u"*EK:GO*"_s);
    desk->scan(u"TRAIN-0001"_s);
    QTRY_VERIFY(isAsked(*desk));
    desk->press(u"done-1"_s);
    QVERIFY(desk->waits(0, SlotState::Pass));
}

void PromptsTest::aPulledDeviceIsTheStationsError()
{
    const auto desk = asking();
    QVERIFY(desk->plug(0, Kind::Good));
    desk->scan(u"TRAIN-0001"_s);
    QTRY_VERIFY(isAsked(*desk));
    desk->room().unplug(0);
    desk->press(u"done-1"_s);
    QVERIFY(desk->waits(0, SlotState::Error) || desk->state(0) == SlotState::Empty);
    QVERIFY(!isAsked(*desk));
}

QTEST_MAIN(PromptsTest)
#include "prompts.moc"
