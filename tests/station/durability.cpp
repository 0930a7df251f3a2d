// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/powercut.h"
#include "tests/station/shopfloor.h"

#include <QProcess>

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace shopfloor;

/// No green before the disk: what was recorded is there, whenever the power goes or the disk fills.
class DurabilityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { powercut::install(); }
    void keeps_what_was_recorded_data();
    void keeps_what_was_recorded();
    void loses_records_where_nobody_waits_for_the_disk_data();
    void loses_records_where_nobody_waits_for_the_disk();
    void stops_at_a_full_disk_and_goes_on();
    void stops_where_a_file_may_not_grow();

private:
    struct Promise {
        qsizetype steps = 0; ///< how much of the log there was when the call returned
        int begun = 0; ///< serials
        int recorded = 0;
    };
    /// Runs a line for some devices and writes down what was promised when.
    [[nodiscard]] QList<Promise> work(const QString &synchronous = {});
    /// What a line finds that starts again on a cut.
    struct Found {
        int passed = 0;
        int aborted = 0;
        QString trouble;
    };
    [[nodiscard]] Found startedOn(const QString &folder) const;

    Places m_places;
    static constexpr int Devices = 6;
};

QList<DurabilityTest::Promise> DurabilityTest::work(const QString &synchronous)
{
    powercut::log.clear();
    powercut::isRecording = true;
    LedgerPlace place = m_places.fresh(u"sqlite"_s);
    place.folder = QDir(place.folder).filePath(u"line"_s);
    QDir(place.folder).removeRecursively();
    QDir().mkpath(place.folder);
    place.url = u"sqlite:ledger.db"_s;
    QList<Promise> promises{{}};
    {
        auto store = Store::open(place).value();
        if (!synchronous.isEmpty())
            (void)store->database().change(u"PRAGMA synchronous = "_s + synchronous);
        promises.append({powercut::log.size(), 0, 0});
        for (int device = 1; device <= Devices; ++device) {
            const QString serial = u"SN-%1"_s.arg(device);
            if (!store->begin(serial, u"1"_s))
                qFatal("begin");
            promises.append({powercut::log.size(), device, device - 1});
            if (!store->record(passOf(serial, device)))
                qFatal("record");
            promises.append({powercut::log.size(), device, device});
        }
        powercut::isRecording = false; // closing cleans up, which a power cut does not
    }
    return promises;
}

DurabilityTest::Found DurabilityTest::startedOn(const QString &folder) const
{
    LedgerPlace place;
    place.url = u"sqlite:ledger.db"_s;
    place.folder = folder;
    place.stationId = u"line1-a"_s;
    place.clock = m_places.watch.clock();
    const auto store = Store::open(place);
    if (!store)
        return {.trouble = store.error().detail};
    auto reader = LedgerReader::open(place);
    if (!reader)
        return {.trouble = reader.error().detail};
    const auto records = reader->find({});
    const auto report = reader->verifyChain(place.stationId);
    if (!records || !report || report->firstBreak || report->entries != records->size())
        return {.trouble = u"the chain is broken"_s};
    Found found;
    for (const RecordRow &record : *records)
        ++(record.verdict == Verdict::Pass ? found.passed : found.aborted);
    if (reader->bindings()->size() != found.passed || reader->count({})->pending != found.passed)
        found.trouble = u"a pass without its binding or its delivery"_s;
    return found;
}

void DurabilityTest::keeps_what_was_recorded_data()
{
    QTest::addColumn<int>("unsynced");
    QTest::newRow("unsynced writes are lost") << static_cast<int>(powercut::Unsynced::Lost);
    QTest::newRow("some unsynced writes are there")
        << static_cast<int>(powercut::Unsynced::EveryOtherKept);
}

// The power goes after each single write, truncation and sync of a line, its first start included.
void DurabilityTest::keeps_what_was_recorded()
{
    QFETCH(int, unsynced);
    const QList<Promise> promises = work();
    QVERIFY(powercut::log.size() > 10 * Devices);
    qsizetype next = 0;
    for (qsizetype steps = 1; steps <= powercut::log.size(); ++steps) {
        while (next + 1 < promises.size() && promises.at(next + 1).steps <= steps)
            ++next;
        const Promise &promised = promises.at(next);
        const QTemporaryDir disk;
        powercut::cutAfter(steps, static_cast<powercut::Unsynced>(unsynced), disk.path());
        const Found found = startedOn(disk.path());
        QVERIFY2(found.trouble.isEmpty(), qPrintable(u"%1: %2"_s.arg(steps).arg(found.trouble)));
        QVERIFY2(found.passed >= promised.recorded && found.passed <= promised.recorded + 1,
            qPrintable(u"%1: %2"_s.arg(steps).arg(found.passed)));
        QVERIFY(found.passed + found.aborted >= promised.begun); // none that was begun is forgotten
    }
    QCOMPARE(promises.at(next).recorded, Devices);
}

void DurabilityTest::loses_records_where_nobody_waits_for_the_disk_data()
{
    QTest::addColumn<QString>("synchronous");
    QTest::newRow("OFF") << u"0"_s;
    QTest::newRow("NORMAL") << u"1"_s;
}

// Shows that the test above can fail: this is what it would see.
void DurabilityTest::loses_records_where_nobody_waits_for_the_disk()
{
    QFETCH(QString, synchronous);
    const QList<Promise> promises = work(synchronous);
    QCOMPARE(promises.last().recorded, Devices);
    const QTemporaryDir disk;
    powercut::cutAfter(promises.last().steps, powercut::Unsynced::Lost, disk.path());
    QVERIFY(startedOn(disk.path()).passed < Devices);
}

void DurabilityTest::stops_at_a_full_disk_and_goes_on()
{
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    auto ledger = opened(place);
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    powercut::isFull = true;
    const auto full = record(*ledger, passOf(u"SN-2"_s, 2));
    powercut::isFull = false;
    QVERIFY(!full);
    QCOMPARE(full.error().fault, Fault::Full);
    QVERIFY2(full.error().detail.contains(place.folder), qPrintable(full.error().detail));
    const auto again = record(*ledger, passOf(u"SN-2"_s, 2)); // somebody made room
    QVERIFY2(again.has_value(), qPrintable(again ? QString() : again.error().detail));
    QCOMPARE(again->seq, 2);
    QCOMPARE(again->examination.verdict, Verdict::Pass); // the first try has claimed nothing
    QCOMPARE(counts(*ledger).pending, 2);
}

namespace {

/// Records devices until the kernel lets no file grow; then allows it again and records one more.
int fill(const QStringList &arguments)
{
    ::signal(SIGXFSZ, SIG_IGN);
    LedgerPlace place;
    place.url = arguments.at(2);
    place.folder = arguments.at(3);
    place.stationId = u"line1-a"_s;
    auto store = Store::open(place).value();
    const rlimit tight{1'000'000, RLIM_INFINITY}, none{RLIM_INFINITY, RLIM_INFINITY};
    if (::setrlimit(RLIMIT_FSIZE, &tight) != 0)
        return 1;
    int recorded = 0;
    auto last = store->record(passOf(QString::number(recorded), recorded));
    while (last && recorded < 10'000) {
        ++recorded;
        last = store->record(passOf(QString::number(recorded), recorded));
    }
    if (last || last.error().detail.isEmpty() || ::setrlimit(RLIMIT_FSIZE, &none) != 0)
        return 1;
    if (!store->record(passOf(QString::number(recorded), recorded)))
        return 2;
    QTextStream(stdout) << recorded + 1 << '\n';
    return 0;
}

} // namespace

void DurabilityTest::stops_where_a_file_may_not_grow()
{
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {u"--fill"_s, place.url, place.folder});
    QVERIFY(child.waitForFinished(60'000));
    QCOMPARE(child.exitCode(), 0);
    const int recorded = child.readAllStandardOutput().trimmed().toInt();
    QVERIFY(recorded > 5);
    auto reader = readerOf(place);
    const auto report = reader.verifyChain(place.stationId);
    QVERIFY(report && !report->firstBreak);
    QCOMPARE(report->entries, recorded);
    QCOMPARE(reader.count({})->pending, recorded);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--fill")
        return fill(app.arguments());
    DurabilityTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "durability.moc"
