// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serials.h"

#include "tests/support/workplace.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace app;
using station::Fault;

/// Serials as people and scanners write them down.
class SerialsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLineIsASerialAndPerhapsATarget_data();
    void aLineIsASerialAndPerhapsATarget();
    void wrongLinesAreNamed_data();
    void wrongLinesAreNamed();
    void aFileIsReadWhole();
    void aFileWithOneWrongLineIsRefused();
    void filesThatAreNone();

private:
    support::Workplace m_workplace;
};

void SerialsTest::aLineIsASerialAndPerhapsATarget_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("serial");
    QTest::addColumn<QString>("target");
    const auto row = [](const char *name, const QByteArray &line, const QString &serial,
                         const QString &target = {}) {
        QTest::newRow(name) << line << serial << target;
    };
    row("a serial", "SN-1", u"SN-1"_s);
    row("with blanks around it", "  SN-1 ", u"SN-1"_s);
    row("from Windows", "SN-1\r", u"SN-1"_s);
    row("with a target", "SN-1\tswtpm:path=/a b", u"SN-1"_s, u"swtpm:path=/a b"_s);
    row("with a target, from Windows", "SN-1\tdevice:/dev/tpm0\r", u"SN-1"_s,
        u"device:/dev/tpm0"_s);
    row("with a tab and no target", "SN-1\t", u"SN-1"_s);
    row("in another script", "\xec\x8b\x9c\xed\x97\x98-1", u"시험-1"_s);
    row("a target is text: nothing is filled in", "SN-1\tcmd:a {serial} $1", u"SN-1"_s,
        u"cmd:a {serial} $1"_s);
    row("the longest", QByteArray(128, 'A'), QString(128, u'A'));
    row("a mark inside", "SN#1", u"SN#1"_s);
    row("empty", "", {});
    row("blanks only", " \t ", {});
    row("a remark", "# SN-1", {});
}

void SerialsTest::aLineIsASerialAndPerhapsATarget()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, serial);
    QFETCH(const QString, target);
    const auto job = parseSerialLine(line);
    QVERIFY2(job, qPrintable(job ? QString() : job.error().detail));
    QCOMPARE(job->has_value(), !serial.isEmpty());
    QCOMPARE(job->value_or(Job{}), (Job{serial, target}));
}

void SerialsTest::wrongLinesAreNamed_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("a blank inside") << QByteArray("SN 1") << u"no spaces"_s;
    QTest::newRow("an escape") << QByteArray("SN\x1b[2J") << u"control characters"_s;
    QTest::newRow("a NUL") << QByteArray("S\0N", 3) << u"control characters"_s;
    QTest::newRow("a no-break space") << QByteArray("SN\xc2\xa0"
                                                    "1")
                                      << u"no spaces"_s;
    QTest::newRow("no UTF-8") << QByteArray("SN\xff") << u"UTF-8"_s;
    QTest::newRow("half a character") << QByteArray("SN\xec\x8b") << u"UTF-8"_s;
    QTest::newRow("too long") << QByteArray(129, 'A') << u"1 to 128"_s;
    QTest::newRow("three columns") << QByteArray("SN-1\ta\tb") << u"serial, tab, target"_s;
}

void SerialsTest::wrongLinesAreNamed()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, says);
    const auto job = parseSerialLine(line);
    QVERIFY(!job);
    QCOMPARE(job.error().fault, Fault::Syntax);
    QVERIFY2(job.error().detail.contains(says), qPrintable(job.error().detail));
}

void SerialsTest::aFileIsReadWhole()
{
    const QList<Job> two{{u"A"_s, {}}, {u"B"_s, u"t"_s}};
    QCOMPARE(parseSerials("A\nB\tt\n", u"s"_s), two);
    QCOMPARE(parseSerials("A\nB\tt", u"s"_s), two); // no newline at the end
    QCOMPARE(parseSerials("A\r\n\r\nB\tt\r\n", u"s"_s), two);
    QCOMPARE(parseSerials("\xef\xbb\xbf"
                          "A\nB\tt\n",
                 u"s"_s),
        two); // an editor's byte order mark
    QCOMPARE(parseSerials("# two\nA\n# more\nB\tt\n", u"s"_s), two);
    QCOMPARE(parseSerials("", u"s"_s), QList<Job>());
    QCOMPARE(parseSerials("\n\n", u"s"_s), QList<Job>());
}

void SerialsTest::aFileWithOneWrongLineIsRefused()
{
    const auto jobs = parseSerials("A\n\nB C\nD\n", u"serials.txt"_s);
    QVERIFY(!jobs);
    QVERIFY2(jobs.error().detail.startsWith(u"serials.txt:3: "), qPrintable(jobs.error().detail));
}

void SerialsTest::filesThatAreNone()
{
    const auto absent = loadSerials(m_workplace.path(u"nowhere"_s));
    QVERIFY(!absent);
    QCOMPARE(absent.error().fault, Fault::Missing);
    QVERIFY(absent.error().detail.contains(u"nowhere"));
    QVERIFY(!loadSerials(m_workplace.folder()));
    QFile empty(m_workplace.path(u"empty"_s));
    QVERIFY(empty.open(QIODevice::WriteOnly));
    empty.close();
    QCOMPARE(loadSerials(empty.fileName()), QList<Job>());
}

QTEST_GUILESS_MAIN(SerialsTest)
#include "serials.moc"
