// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/csv.h"
#include "tests/support/consignment.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"
#include "upload/handover/cell.h"
#include "upload/handover/container.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Ran;
using support::runCli;

/// Devices as files, for people and for the service.
class ExportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void csvIsReadBack();
    void jsonlSaysTheSame();
    void bulksCarryTenEach();
    void workbooksHoldTextAlone();
    void filters_data();
    void filters();
    void trainingIsMarked();
    void aFullDiskLeavesNothing();
    void ctrlCLeavesNothing();
    void whatIsThereStays();
    void wrongUse_data();
    void wrongUse();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_place->path(name); }
    [[nodiscard]] Ran exported(
        const QString &format, const QString &name, const QStringList &more = {}) const
    {
        return runCli(QStringList{u"export"_s, u"--ledger"_s, m_place->ledgerUrl(), u"--format"_s,
                          format, u"--out"_s, at(name)}
            + more);
    }
    [[nodiscard]] QByteArray contentOf(const QString &name) const
    {
        QFile file(at(name));
        file.open(QIODevice::ReadOnly);
        return file.readAll();
    }
    /// Whatever lies beside the ledger and its own files, hidden or not.
    [[nodiscard]] QStringList files() const
    {
        QStringList names =
            QDir(at(u"."_s)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
        names.removeIf([](const QString &name) { return name.startsWith(u"ledger.db"); });
        return names;
    }

    support::Workplace m_workplace;
    std::unique_ptr<Consignment> m_place;
};

void ExportTest::initTestCase()
{
    m_place = std::make_unique<Consignment>(m_workplace.path(u"station"_s));
    m_place->record(1, 20);
    m_place->record(21, 23, u"=HYPERLINK(\"x\")"_s, u"Müller; \"Sons\", Ltd"_s);
    m_place->record(m_place->passed(20)); // a retest: one device still
    auto failed = m_place->passed(90);
    failed.examination.verdict = station::Verdict::Fail;
    failed.enrollment.reset();
    m_place->record(failed);
    auto unenrolled = m_place->passed(24);
    unenrolled.enrollment.reset();
    m_place->record(unenrolled);
}

void ExportTest::csvIsReadBack()
{
    const Ran ran = exported(u"csv"_s, u"all.csv"_s, {u"--json"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().first()[u"rows"].toInt(), 24);
    const QByteArray bytes = contentOf(u"all.csv"_s);
    station::CsvReader reader(bytes);
    const auto head = (*reader.next())->cells;
    QCOMPARE(head.mid(0, 11).join(u','),
        u"registrationId,deviceId,endorsementKey,serialNumber,tpmManufacturer,tpmFirmware,ekSha256,ekCertSha256,proof,stationId,testedAtUtc"_s);
    QStringList serials;
    QStringList orders;
    while (const auto row = *reader.next()) {
        QCOMPARE(row->cells.size(), head.size());
        for (const QString &cell : row->cells) {
            QVERIFY2(cell.isEmpty() || !u"=+-@\t\r"_s.contains(cell.front()), qPrintable(cell));
            QVERIFY(upload::handover::spoiltBySpreadsheet(cell).isEmpty());
        }
        serials.append(upload::handover::unguarded(row->cells[3]));
        orders.append(upload::handover::unguarded(row->cells[13]));
    }
    QCOMPARE(serials.size(), 24);
    QCOMPARE(serials.first(), u"00000001"_s);
    QCOMPARE(orders.count(u"=HYPERLINK(\"x\")"_s), 3);
    QVERIFY(bytes.contains("\"Müller; \"\"Sons\"\", Ltd\""));
    QVERIFY(bytes.contains(",certificate+chain+challenge,line1-a,"));
}

void ExportTest::jsonlSaysTheSame()
{
    QCOMPARE(exported(u"jsonl"_s, u"all.jsonl"_s).exit, 0);
    const QList<QByteArray> lines = contentOf(u"all.jsonl"_s).trimmed().split('\n');
    QCOMPARE(lines.size(), 24);
    const QJsonObject first = QJsonDocument::fromJson(lines.first()).object();
    const auto key = tpm::parseEndorsementKey(Consignment::keyOf(1));
    QCOMPARE(first[u"registrationId"].toString(), key->registrationId());
    QCOMPARE(first[u"endorsementKey"].toString(), QString::fromLatin1(key->base64()));
    QCOMPARE(first[u"deviceId"].toString(), u"dev-00000001"_s);
    QCOMPARE(first[u"delivery"].toString(), u"pending"_s);
    QCOMPARE(first[u"enrollment"][u"deviceId"].toString(), u"dev-00000001"_s);
    QVERIFY(first[u"ekCertSha256"].isNull());
}

void ExportTest::bulksCarryTenEach()
{
    const Ran ran = exported(u"dps-bulk"_s, u"bulks"_s);
    QVERIFY2(ran.exit == 0, ran.said());
    QVERIFY2(ran.err.contains("1 records have no enrollment"), ran.said());
    const QStringList names = QDir(at(u"bulks"_s)).entryList(QDir::Files, QDir::Name);
    QCOMPARE(names.join(u' '), u"bulk-000001.json bulk-000002.json bulk-000003.json"_s);
    QList<int> sizes;
    for (const QString &name : names) {
        const auto body = QJsonDocument::fromJson(contentOf(u"bulks/"_s + name)).object();
        QCOMPARE(body[u"mode"].toString(), u"create"_s);
        sizes.append(int(body[u"enrollments"].toArray().size()));
    }
    QCOMPARE(sizes, (QList{10, 10, 3}));
}

void ExportTest::workbooksHoldTextAlone()
{
    const Ran ran = exported(u"xlsx"_s, u"all.xlsx"_s);
    QVERIFY2(ran.exit == 0, ran.said());
    const auto book = upload::handover::Container::open(at(u"all.xlsx"_s));
    QVERIFY(book);
    const QByteArray sheet = *book->bytes(u"xl/worksheets/sheet1.xml"_s, 1 << 20);
    QCOMPARE(sheet.count("<row "), 25);
    QVERIFY(sheet.contains("<t>00000001</t>"));
    QVERIFY(sheet.contains("<t>=HYPERLINK(&quot;x&quot;)</t>")
        || sheet.contains("<t>=HYPERLINK(\"x\")</t>"));
    QVERIFY(!sheet.contains("<f>")); // no formula
    QVERIFY(!sheet.contains("<v>")); // no number
}

void ExportTest::filters_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("rows");
    QTest::newRow("each device once") << QStringList{} << 24;
    QTest::newRow("an order") << QStringList{u"--order"_s, u"ORDER-1"_s} << 21;
    QTest::newRow("a customer") << QStringList{u"--customer"_s, u"Müller; \"Sons\", Ltd"_s} << 3;
    QTest::newRow("a product nobody makes") << QStringList{u"--product"_s, u"toaster"_s} << 0;
    QTest::newRow("every pass") << QStringList{u"--verdict"_s, u"pass"_s} << 25;
    QTest::newRow("what failed") << QStringList{u"--verdict"_s, u"fail"_s} << 1;
    QTest::newRow("pending") << QStringList{u"--delivery"_s, u"pending"_s} << 23;
    QTest::newRow("confirmed") << QStringList{u"--delivery"_s, u"confirmed"_s} << 0;
    QTest::newRow("long ago") << QStringList{u"--to"_s, u"2001-01-01"_s} << 0;
    QTest::newRow("since then") << QStringList{u"--from"_s, u"2001-01-01T00:00:00+02:00"_s} << 24;
}

void ExportTest::filters()
{
    QFETCH(QStringList, options);
    QFETCH(int, rows);
    const Ran ran = exported(u"csv"_s, u"filtered.csv"_s, options + QStringList{u"--json"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().first()[u"rows"].toInt(), rows);
}

void ExportTest::trainingIsMarked()
{
    Consignment training(m_workplace.path(u"training"_s), station::Purpose::Training);
    training.record(1, 3);
    const auto run = [&training](const QString &format, const QString &name) {
        return runCli({u"export"_s, u"--ledger"_s, training.ledgerUrl(), u"--format"_s, format,
            u"--out"_s, training.path(name)});
    };
    const Ran csv = run(u"csv"_s, u"t.csv"_s);
    QVERIFY2(csv.exit == 0 && csv.err.contains("training ledger"), csv.said());
    QFile file(training.path(u"t.csv"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count(",training,"), 3);
    QCOMPARE(run(u"dps-bulk"_s, u"bulks"_s).exit, 0);
    QVERIFY(QFile::exists(training.path(u"bulks/training-bulk-000001.json"_s)));
    QCOMPARE(run(u"xlsx"_s, u"t.xlsx"_s).exit, 0);
    const auto book = upload::handover::Container::open(training.path(u"t.xlsx"_s));
    QVERIFY(book->bytes(u"xl/workbook.xml"_s, 1 << 20)->contains("TRAINING"));
}

void ExportTest::aFullDiskLeavesNothing()
{
    // A limit on the size of files is what a disk without room is to a program.
    m_place->record(1000, 1099, u"BIG"_s); // more than SQLite's own files need
    const QStringList before = files();
    const Ran ran = support::run(u"sh"_s,
        {u"-c"_s, u"trap '' XFSZ; ulimit -f 80; exec \"$@\""_s, u"sh"_s,
            QStringLiteral(BINARY_FOLDER "/ekstation-cli"), u"export"_s, u"--ledger"_s,
            m_place->ledgerUrl(), u"--format"_s, u"jsonl"_s, u"--out"_s, at(u"full.jsonl"_s)});
    QCOMPARE(ran.exit, 3);
    QVERIFY2(ran.err.contains("nothing was written"), ran.said());
    QCOMPARE(files(), before);
}

void ExportTest::ctrlCLeavesNothing()
{
    const QStringList before = files();
    // The signal is there before the program looks for the first time.
    const Ran ran = support::run(u"sh"_s,
        {u"-c"_s, u"env --block-signal=INT sh -c 'kill -INT $$; exec \"$@\"' sh \"$@\""_s, u"sh"_s,
            QStringLiteral(BINARY_FOLDER "/ekstation-cli"), u"export"_s, u"--ledger"_s,
            m_place->ledgerUrl(), u"--format"_s, u"csv"_s, u"--out"_s, at(u"stopped.csv"_s)});
    QCOMPARE(ran.exit, 3);
    QVERIFY2(ran.err.contains("stopped; nothing was written"), ran.said());
    QCOMPARE(files(), before);
}

void ExportTest::whatIsThereStays()
{
    QVERIFY(QDir(at(u"."_s)).mkpath(u"kept"_s));
    const Ran folder = exported(u"dps-bulk"_s, u"kept"_s);
    QCOMPARE(folder.exit, 3);
    QVERIFY2(folder.err.contains("is there already"), folder.said());
    const Ran missing = exported(u"csv"_s, u"nowhere/a.csv"_s);
    QCOMPARE(missing.exit, 2);
    QVERIFY2(missing.err.contains("there is no folder"), missing.said());
    QCOMPARE(exported(u"csv"_s, u"again.csv"_s).exit, 0);
    QCOMPARE(exported(u"csv"_s, u"again.csv"_s).exit, 0); // a file is replaced, in one step
}

void ExportTest::wrongUse_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const QString &line, const char *says) {
        QTest::newRow(name) << line.split(u' ') << QByteArray(says);
    };
    row("no place", u"--format csv"_s, "--out PATH");
    row("no format", u"--out x"_s, "--format takes");
    row("an unknown format", u"--out x --format doc"_s, "--format takes");
    row("an unknown verdict", u"--out x --format csv --verdict good"_s, "--verdict takes");
    row("an unknown state", u"--out x --format csv --delivery gone"_s, "--delivery takes");
    row("no time", u"--out x --format csv --from yesterday"_s, "--from takes");
}

void ExportTest::wrongUse()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, says);
    const Ran ran = runCli(QStringList{u"export"_s, u"--ledger"_s, m_place->ledgerUrl()} + options);
    QCOMPARE(ran.exit, 2);
    QVERIFY2(ran.err.contains(says), ran.said());
}

QTEST_GUILESS_MAIN(ExportTest)
#include "export.moc"
