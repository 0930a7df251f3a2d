// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look.h"

#include <QDir>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::SlotState;

namespace {

qsizetype threads()
{
    return QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size();
}

} // namespace

/// What each state looks like.
class LookTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shapesAreDrawnByTheWindowAlone_data();
    void shapesAreDrawnByTheWindowAlone();
};

void LookTest::shapesAreDrawnByTheWindowAlone_data()
{
    QTest::addColumn<SlotState>("state");
    for (int state = int(SlotState::Empty); state <= int(SlotState::Aborted); ++state)
        QTest::addRow("state %d", state) << SlotState(state);
}

/// Qt hands some fills to a thread pool and waits for it. With 64 slots at work that wait is long:
/// the pool's threads stand in line behind the slots', and the window stands still.
void LookTest::shapesAreDrawnByTheWindowAlone()
{
    QFETCH(SlotState, state);
    const ui::Colours colours = ui::look::colours(state);
    QImage image(600, 600, QImage::Format_RGB32);
    image.fill(colours.surface);
    const QImage bare = image;
    const qsizetype before = threads();
    QPainter painter(&image);
    ui::look::drawShape(painter, state, QRectF(image.rect()), 0.5);
    painter.end();
    QVERIFY(image != bare);
    QCOMPARE(threads(), before);
}

QTEST_MAIN(LookTest)
#include "look.moc"
