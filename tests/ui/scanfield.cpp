// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scanfield.h"
#include "ui/screenwording.h"

#include <QKeyEvent>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::ScanField;

/// What a scan field makes of keys, by the times at which they came.
class ScanFieldTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aScanIsToldWhenItIsOver();
    void aLineFeedEndsAScan();
    void whatAnUnpluggedScannerLeft_data();
    void whatAnUnpluggedScannerLeft();
    void twoScannersAtOnce();
    void twoScansThatComeLate();
    void aBadgeInAMixtureIsNotShown();

private:
    /// Types, a character each so many milliseconds; says when the last one came.
    static quint64 type(ScanField &field, const QString &text, quint64 from, quint64 each)
    {
        quint64 at = from;
        for (const QChar character : text) {
            at += each;
            const bool isEnter = character == u'\n';
            QKeyEvent press(QEvent::KeyPress, isEnter ? Qt::Key_Return : Qt::Key_unknown,
                Qt::NoModifier, QString(isEnter ? QChar(u'\r') : character));
            press.setTimestamp(at);
            QCoreApplication::sendEvent(&field, &press);
        }
        return at;
    }
};

void ScanFieldTest::aScanIsToldWhenItIsOver()
{
    ScanField field;
    QSignalSpy scanned(&field, &ScanField::scanned);
    QSignalSpy refused(&field, &ScanField::refused);
    const quint64 at = type(field, u"SN-0001\n\n"_s, 100'000, 3); // CR and LF
    QTRY_COMPARE(scanned.size(), 1);
    QCOMPARE(scanned.takeFirst().first().toString(), u"SN-0001"_s);
    type(field, u"SN-0002\n"_s, at + 400, 3);
    QTRY_COMPARE(scanned.size(), 1);
    QCOMPARE(scanned.takeFirst().first().toString(), u"SN-0002"_s);
    QVERIFY(refused.isEmpty());
}

/// Ctrl+J, as scanners send it.
void ScanFieldTest::aLineFeedEndsAScan()
{
    ScanField field;
    QSignalSpy scanned(&field, &ScanField::scanned);
    type(field, u"SN-0001"_s, 100'000, 3);
    QKeyEvent lineFeed(QEvent::KeyPress, Qt::Key_J, Qt::ControlModifier, u"\n"_s);
    QCoreApplication::sendEvent(&field, &lineFeed);
    QTRY_COMPARE(scanned.size(), 1);
    QCOMPARE(scanned.first().first().toString(), u"SN-0001"_s);
}

void ScanFieldTest::whatAnUnpluggedScannerLeft_data()
{
    QTest::addColumn<quint64>("pause");
    QTest::addColumn<quint64>("each");
    QTest::addColumn<QString>("scanned");
    QTest::newRow("a scan after a part") << quint64(5'000) << quint64(5) << QString();
    QTest::newRow("a person who thinks") << quint64(5'000) << quint64(150) << u"SN-0SN-0001"_s;
    QTest::newRow("one scan") << quint64(5) << quint64(5) << u"SN-0SN-0001"_s;
}

void ScanFieldTest::whatAnUnpluggedScannerLeft()
{
    QFETCH(const quint64, pause);
    QFETCH(const quint64, each);
    QFETCH(const QString, scanned);
    ScanField field;
    QSignalSpy told(&field, &ScanField::scanned);
    QSignalSpy refused(&field, &ScanField::refused);
    const quint64 at = type(field, u"SN-0"_s, 100'000, each);
    type(field, u"SN-0001\n"_s, at + pause, each);
    if (scanned.isEmpty()) {
        QCOMPARE(refused.size(), 1);
        QCOMPARE(refused.takeFirst().last().toString(), ui::wording::spliced());
        type(field, u"SN-0001\n"_s, at + 10'000, each);
    }
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(told.first().first().toString(), scanned.isEmpty() ? u"SN-0001"_s : scanned);
    QVERIFY(refused.isEmpty());
}

void ScanFieldTest::twoScannersAtOnce()
{
    ScanField field;
    QSignalSpy scanned(&field, &ScanField::scanned);
    QSignalSpy refused(&field, &ScanField::refused);
    const quint64 at = type(field, u"SSNN--00000\n012\n"_s, 100'000, 2);
    QVERIFY(!refused.isEmpty());
    for (const auto &refusal : std::as_const(refused))
        QCOMPARE(refusal.last().toString(), ui::wording::mixed());
    type(field, u"SN-0001\n"_s, at + 800, 2);
    QTRY_COMPARE(scanned.size(), 1);
    QCOMPARE(scanned.first().first().toString(), u"SN-0001"_s); // nothing of the mixture
}

/// The window was busy, and both stood in the queue.
void ScanFieldTest::twoScansThatComeLate()
{
    ScanField field;
    QSignalSpy scanned(&field, &ScanField::scanned);
    QSignalSpy refused(&field, &ScanField::refused);
    const quint64 at = type(field, u"SN-0001\n"_s, 100'000, 3);
    type(field, u"SN-0002\n"_s, at + 400, 3);
    QTRY_COMPARE(scanned.size(), 2);
    QCOMPARE(scanned.first().first().toString(), u"SN-0001"_s);
    QCOMPARE(scanned.last().first().toString(), u"SN-0002"_s);
    QVERIFY(refused.isEmpty());
}

void ScanFieldTest::aBadgeInAMixtureIsNotShown()
{
    ScanField field;
    field.setBadges([](const QString &scan) { return scan.startsWith(u"B00"); });
    QSignalSpy badge(&field, &ScanField::badgeScanned);
    QSignalSpy refused(&field, &ScanField::refused);
    const quint64 at = type(field, u"SB00\nN-1\n"_s, 100'000, 2);
    type(field, u"SN-0"_s, at + 500, 2);
    type(field, u"B0000001\n"_s, at + 9'000, 2);
    QCOMPARE(refused.size(), 3);
    for (const auto &refusal : std::as_const(refused))
        QVERIFY(refusal.first().toString().isEmpty());
    type(field, u"B0000001\n"_s, at + 20'000, 2);
    QTRY_COMPARE(badge.size(), 1);
}

QTEST_MAIN(ScanFieldTest)
#include "scanfield.moc"
