// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/deskroom.h"

#include <QFile>

using namespace Qt::StringLiterals;
using support::DeskRoom;
using ui::Mark;
using ui::SlotState;

/// What the window says of the factory's own system, which is told of each examination.
class FactoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theMarkFollowsTheFactory();
    void nobodyIsToldByDefault();
    void theMarkTellsOfTheReplica();

private:
    void take(DeskRoom &desk);
    [[nodiscard]] QString deskFolder(const QString &name) const
    {
        m_shelf->copyTo(m_workplace.path(name));
        return m_workplace.path(name);
    }

    support::Workplace m_workplace;
    std::unique_ptr<support::Shelf> m_shelf;
};

void FactoryTest::initTestCase()
{
    m_shelf = std::make_unique<support::Shelf>(m_workplace.path(u"shelf"_s));
}

/// Whatever the window's size, the marks' words can be read whole.
void FactoryTest::take(DeskRoom &desk)
{
    for (const QSize &size : {QSize(1280, 800), QSize(800, 480)}) {
        desk.window().resize(size);
        QCoreApplication::processEvents();
        QCOMPARE(desk.window().size(), size);
        for (auto *mark : {&desk.window().recordsMark(), &desk.window().cloudMark()}) {
            const QSizeF room(mark->width() - 1.2 * mark->height(), mark->height());
            const auto lines = mark->linesIn(room);
            QVERIFY2(lines.font.pixelSize() >= 10
                    && QFontMetricsF(lines.font).size(0, lines.words).width() <= room.width(),
                qPrintable(u"%1, %2 px"_s.arg(mark->words()).arg(lines.font.pixelSize())));
        }
        desk.window().grab().save(
            QStringLiteral(BINARY_FOLDER "/../pictures/factory-%1.png").arg(size.width()));
    }
}

void FactoryTest::theMarkFollowsTheFactory()
{
    const QString open = m_workplace.path(u"open"_s);
    const QString told = m_workplace.path(u"told"_s);
    DeskRoom desk(deskFolder(u"told-desk"_s), {1280, 800}, {},
        {.command = {u"/bin/sh"_s, u"-c"_s, u"test -e \"$1\" || exit 75; cat >> \"$2\""_s, u"sh"_s,
             open, told}});
    auto &mark = desk.window().recordsMark();
    QCOMPARE(mark.words(), u"Records: saved"_s);
    QVERIFY(desk.plug(0, support::Kind::Good));
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass)); // the line does not wait for the factory
    QTRY_COMPARE_WITH_TIMEOUT(mark.words(), u"Factory: waiting"_s, 20'000);
    QCOMPARE(mark.health(), Mark::Health::Care);
    take(desk);
    QVERIFY(QFile(open).open(QIODevice::WriteOnly));
    desk.desk().wiring().reporter()->wake();
    QTRY_COMPARE_WITH_TIMEOUT(mark.words(), u"Records: saved"_s, 20'000);
    QFile reports(told);
    QVERIFY(reports.open(QIODevice::ReadOnly));
    QVERIFY(reports.readAll().contains("\"serial\":\"TRAIN-0001\""));
}

/// A second disk that is away costs the line nothing, and is seen.
void FactoryTest::theMarkTellsOfTheReplica()
{
    const QString disk = m_workplace.path(u"disk"_s);
    DeskRoom desk(deskFolder(u"replica-desk"_s), {1280, 800}, {}, {},
        [&disk](app::Settings &settings) { settings.replicaFile = disk + u"/replica.db"_s; });
    auto &mark = desk.window().recordsMark();
    QVERIFY(desk.plug(0, support::Kind::Good));
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    QTRY_COMPARE_WITH_TIMEOUT(mark.words(), u"Records: copy 1 behind"_s, 20'000);
    QCOMPARE(mark.health(), Mark::Health::Care);
    QVERIFY(QDir().mkpath(disk));
    QTRY_COMPARE_WITH_TIMEOUT(mark.words(), u"Records: saved"_s, 20'000);
    QVERIFY(QFile::exists(disk + u"/replica.db"_s));
}

void FactoryTest::nobodyIsToldByDefault()
{
    DeskRoom desk(deskFolder(u"quiet-desk"_s));
    QCOMPARE(desk.window().recordsMark().words(), u"Records: saved"_s);
    QVERIFY(desk.desk().wiring().reporter() == nullptr);
}

QTEST_MAIN(FactoryTest)
#include "factory.moc"
