// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/deskroom.h"

#include <QFile>
#include <QFileDialog>
#include <QProgressBar>

using namespace Qt::StringLiterals;
using support::DeskRoom;
using support::Kind;
using ui::SlotState;

/// The records page hands over what it shows.
class ExportingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsShownGoesOut();

private:
    /// As a person chooses a file.
    static void choose(DeskRoom &desk, const QString &path);

    support::Workplace m_workplace;
};

void ExportingTest::choose(DeskRoom &desk, const QString &path)
{
    desk.press(u"export"_s);
    auto *dialog = desk.child<QFileDialog>(u"exportDialog"_s);
    QVERIFY(dialog != nullptr && dialog->isVisible() && !dialog->isModal());
    dialog->setDirectory(QFileInfo(path).absolutePath());
    dialog->selectFile(QFileInfo(path).fileName());
    QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    const auto *bar = desk.child<QProgressBar>(u"exportProgress"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!bar->isVisible(), 30'000);
    QVERIFY(desk.child<QPushButton>(u"export"_s)->isEnabled());
    QTRY_VERIFY(desk.child<QFileDialog>(u"exportDialog"_s) == nullptr);
}

void ExportingTest::whatIsShownGoesOut()
{
    const support::Shelf shelf(m_workplace.path(u"shelf"_s));
    const QString folder = m_workplace.path(u"desk"_s);
    shelf.copyTo(folder);
    DeskRoom desk(folder);
    QVERIFY(desk.plug(0, Kind::Good));
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    desk.press(u"tabRecords"_s);

    const QString file = m_workplace.path(u"handed over.csv"_s);
    choose(desk, m_workplace.path(u"handed over"_s)); // the form gives the name its end
    const auto *message = desk.child<QLabel>(u"exportMessage"_s);
    QCOMPARE(message->text(), u"1 device written to %1."_s.arg(file));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray text = written.readAll();
    QCOMPARE(text.trimmed().count('\n'), 1); // a line of names, a line of the device
    QVERIFY(text.contains("TRAIN-0001"));

    desk.window().grab().save(QStringLiteral(BINARY_FOLDER "/../pictures/export.png"));

    // A share that is gone by now.
    auto &bar = desk.window().recordPage().exportBar();
    Q_EMIT bar.exportAsked(upload::handover::Form::Csv, m_workplace.path(u"gone/devices.csv"_s));
    QTRY_VERIFY(message->isVisible());
    QVERIFY2(message->text().startsWith("Not exported: "_L1), qPrintable(message->text()));
    QVERIFY2(message->text().contains("there is no folder"_L1), qPrintable(message->text()));
}

QTEST_MAIN(ExportingTest)
#include "exporting.moc"
