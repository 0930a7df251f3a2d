// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sheet.h"

#include "station/cue.h"
#include "tests/support/workplace.h"
#include "ui/barcode.h"

#include <QGuiApplication>
#include <QPdfWriter>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using station::Cue;

namespace {

QByteArray outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished(60'000) && process.exitCode() == 0
        ? process.readAllStandardOutput()
        : QByteArray();
}

} // namespace

/// The sheet of commands, read again as a scanner would.
class SheetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void barsAreAsTheStandardSays();
    void aDecoderReadsEveryCommand();
    void whatNoBarcodeHoldsIsNamed();

private:
    support::Workplace m_workplace;
};

void SheetTest::barsAreAsTheStandardSays()
{
    QCOMPARE(ui::code128({}), QByteArray());
    QCOMPARE(ui::code128(u"슬롯"_s), QByteArray());
    QCOMPARE(ui::code128(u"\t"_s), QByteArray());
    for (char one = ' '; one <= '~'; ++one) {
        const QByteArray widths = ui::code128(QString(QLatin1Char(one)));
        QCOMPARE(widths.size(), 3 * 6 + 7); // start, the letter, its check; stop
        for (int symbol = 0; symbol < 3; ++symbol) {
            int all = 0, bars = 0;
            for (int at = 0; at < 6; ++at) {
                all += widths[symbol * 6 + at];
                bars += at % 2 == 0 ? widths[symbol * 6 + at] : 0;
            }
            QCOMPARE(all, 11);
            QCOMPARE(bars % 2, 0);
        }
    }
}

void SheetTest::aDecoderReadsEveryCommand()
{
    QStringList slotNames;
    for (int slot = 1; slot <= 20; ++slot)
        slotNames.append(u"bench %1"_s.arg(slot));
    const QString file = m_workplace.path(u"sheet.pdf"_s);
    {
        QPdfWriter pdf(file);
        QCOMPARE(ui::drawSheet(pdf, u"line1-a"_s, slotNames, slotNames.first(2)), QStringList());
    }
    outputOf(QStringLiteral(PDFTOPPM),
        {u"-r"_s, u"150"_s, u"-png"_s, file, m_workplace.path(u"page"_s)});
    const QStringList pages = QDir(m_workplace.folder()).entryList({u"page-*.png"_s});
    QCOMPARE(pages.size(), 2);
    QStringList read;
    for (const QString &page : pages) {
        const QByteArray codes = outputOf(QStringLiteral(ZBARIMG),
            {u"--quiet"_s, u"--raw"_s, u"-Sdisable"_s, u"-Scode128.enable"_s,
                m_workplace.path(page)});
        read.append(QString::fromUtf8(codes).split(u'\n', Qt::SkipEmptyParts));
    }
    QStringList wanted{u"*EK:GO*"_s, u"*EK:STOP*"_s, u"*EK:RELEASE*"_s, u"*EK:DONE:bench 1*"_s,
        u"*EK:DONE:bench 2*"_s};
    for (const QString &slot : std::as_const(slotNames))
        wanted.append(textOf(Cue{Cue::Kind::Stop, slot}));
    read.sort();
    wanted.sort();
    QCOMPARE(read, wanted);
}

void SheetTest::whatNoBarcodeHoldsIsNamed()
{
    QPdfWriter pdf(m_workplace.path(u"other.pdf"_s));
    const QString endless(25, u'A');
    QCOMPARE(ui::drawSheet(pdf, u"line1-a"_s, {u"1"_s, u"왼쪽"_s, endless}),
        QStringList({u"왼쪽"_s, endless}));
}

QTEST_MAIN(SheetTest)
#include "sheet.moc"
