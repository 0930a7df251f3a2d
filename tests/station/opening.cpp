// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/databaseschema.h"
#include "tests/station/shopfloor.h"

#include <QDir>
#include <QFile>

#include <pwd.h>
#include <unistd.h>

using namespace shopfloor;

/// Which ledgers a line and a reader take, and what they say of the others.
class OpeningTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keeps_its_purpose_data() { engines(); }
    void keeps_its_purpose();
    void refuses_what_is_no_ledger_data();
    void refuses_what_is_no_ledger();
    void refuses_a_newer_ledger_data() { engines(); }
    void refuses_a_newer_ledger();
    void needs_a_folder_it_may_write();
    void knows_network_file_systems_data();
    void knows_network_file_systems();
    void migrates_whole_or_not_at_all_data() { engines(); }
    void migrates_whole_or_not_at_all();
    void makes_nothing_for_a_reader_data() { engines(); }
    void makes_nothing_for_a_reader();

private:
    [[nodiscard]] LedgerPlace fresh()
    {
        QFETCH(QString, engine);
        return m_places.fresh(engine);
    }
    Places m_places;
};

namespace {

QString pathOf(const LedgerPlace &place)
{
    return parseDatabasePlace(place.url, place.folder)->path;
}

/// Root may write everywhere: while this lives, the process is nobody.
class Unprivileged {
public:
    Unprivileged()
    {
        if (m_isRoot && ::seteuid(::getpwnam("nobody")->pw_uid) != 0)
            qFatal("cannot become nobody");
    }
    ~Unprivileged()
    {
        if (m_isRoot && ::seteuid(0) != 0)
            qFatal("cannot become root again");
    }
    Q_DISABLE_COPY_MOVE(Unprivileged)

private:
    bool m_isRoot = ::getuid() == 0;
};

} // namespace

void OpeningTest::keeps_its_purpose()
{
    LedgerPlace place = fresh();
    place.purpose = Purpose::Training;
    auto ledger = opened(place);
    QCOMPARE(record(*ledger, passOf(u"SN-1"_s, 1)).error().fault, Fault::Purpose);
    ledger.reset();
    place.purpose = Purpose::Production;
    const auto production = Ledger::open(place);
    QVERIFY(!production);
    QCOMPARE(production.error(),
        (Error{Fault::Purpose,
            u"the ledger was made for training, the station is set to production"_s}));
    place.role = LedgerPlace::Role::Courier;
    QCOMPARE(Ledger::open(place).error().fault, Fault::Purpose);
    place.role = LedgerPlace::Role::Line;
    place.purpose = Purpose::Training;
    ledger = opened(place);
    Proposal training = passOf(u"SN-1"_s, 1);
    training.purpose = Purpose::Training;
    QCOMPARE(record(*ledger, training)->examination.verdict, Verdict::Pass);
}

void OpeningTest::refuses_what_is_no_ledger_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("at");
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("says");
    const auto fault = [](Fault value) { return static_cast<int>(value); };
    QTest::newRow("a text file") << QString() << QByteArray("Dear diary\n").repeated(400)
                                 << qint64{0} << fault(Fault::Damaged) << u"not a database"_s;
    QTest::newRow("a damaged ledger") << QString() << QByteArray(3000, '\xff') << qint64{100}
                                      << fault(Fault::Damaged) << u"malformed"_s;
    QTest::newRow("another program's database")
        << u"ALTER TABLE meta RENAME TO settings"_s << QByteArray() << qint64{0}
        << fault(Fault::Ledger) << u"other tables than a ledger's"_s;
    QTest::newRow("a ledger that forgot what it is")
        << u"DELETE FROM meta"_s << QByteArray() << qint64{0} << fault(Fault::Damaged)
        << u"does not say what it is"_s;
}

void OpeningTest::refuses_what_is_no_ledger()
{
    QFETCH(QString, sql);
    QFETCH(QByteArray, bytes);
    QFETCH(qint64, at);
    QFETCH(int, fault);
    QFETCH(QString, says);
    const LedgerPlace place = m_places.fresh(u"sqlite"_s);
    opened(place).reset();
    QFile file(pathOf(place));
    if (!sql.isEmpty())
        tamper(place, sql);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(at);
    file.write(bytes);
    file.seek(0);
    const QByteArray before = file.readAll();
    const auto check = [&](const Error &error) {
        QCOMPARE(static_cast<int>(error.fault), fault);
        QVERIFY2(error.detail.contains(says), qPrintable(error.detail));
        if (!bytes.isEmpty()) // which file, and not only that there is one
            QVERIFY2(error.detail.contains(pathOf(place)), qPrintable(error.detail));
    };
    const auto ledger = Ledger::open(place);
    QVERIFY(!ledger);
    check(ledger.error());
    const auto reader = LedgerReader::open(place);
    QVERIFY(!reader);
    check(reader.error());
    file.seek(0);
    QCOMPARE(file.readAll(), before); // what is not ours stays as it is
}

void OpeningTest::refuses_a_newer_ledger()
{
    const LedgerPlace place = fresh();
    opened(place).reset();
    tamper(place, u"UPDATE meta SET schema = 99"_s);
    const Error expected{Fault::LedgerNewer,
        u"the ledger has schema 99, this version knows %1; install the newer version"_s.arg(
            shippedMigrations().size())};
    QCOMPARE(Ledger::open(place).error(), expected);
    QCOMPARE(LedgerReader::open(place).error(), expected);
}

void OpeningTest::needs_a_folder_it_may_write()
{
    const support::Workplace &workplace = m_places.workplace();
    LedgerPlace place = m_places.fresh(u"sqlite"_s);
    place.folder = workplace.path(u"archive"_s);
    QVERIFY(QDir().mkpath(place.folder));
    opened(place).reset();
    // The user may come as far as the folder, owns the locks, and may write nothing else.
    const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
    const QString run = workplace.path(u"run-of-nobody"_s);
    QVERIFY(QDir().mkpath(run));
    if (::getuid() == 0)
        QCOMPARE(::chown(QFile::encodeName(run).constData(), ::getpwnam("nobody")->pw_uid, 0), 0);
    QVERIFY(QFile::setPermissions(run, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    const QFile::Permissions all = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup
        | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
    QVERIFY(QFile::setPermissions(workplace.folder(), all | QFile::WriteOwner));
    QVERIFY(QFile::setPermissions(place.folder, all));
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(run));
    LedgerPlace fresh = place;
    fresh.url = u"sqlite:new.db"_s;
    QList<Error> errors;
    {
        const Unprivileged nobody;
        const auto tell = [&](const auto &result) {
            errors.append(result ? Error{Fault::Ledger, u"it opened"_s} : result.error());
        };
        tell(Ledger::open(place));
        tell(Ledger::open(fresh));
        tell(LedgerReader::open(place));
    }
    qputenv("XDG_RUNTIME_DIR", runtime);
    QVERIFY(QFile::setPermissions(place.folder, all | QFile::WriteOwner));
    for (const Error &error : std::as_const(errors)) {
        QCOMPARE(error.fault, Fault::Ledger);
        QVERIFY2(error.detail.contains(place.folder), qPrintable(error.detail));
        QVERIFY2(error.detail.contains(u"may this user write it"_s), qPrintable(error.detail));
    }
    QVERIFY(!QFile::exists(pathOf(fresh)));
}

void OpeningTest::knows_network_file_systems_data()
{
    QTest::addColumn<quint32>("magic");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("network");
    QTest::newRow("NFS") << 0x6969u << QByteArray("nfs4") << true;
    QTest::newRow("CIFS") << 0xFF534D42u << QByteArray("cifs") << true;
    QTest::newRow("SMB2") << 0xFE534D42u << QByteArray("cifs") << true;
    QTest::newRow("9P") << 0x01021997u << QByteArray("9p") << true;
    QTest::newRow("Ceph") << 0x00C36400u << QByteArray("ceph") << true;
    QTest::newRow("sshfs") << 0x65735546u << QByteArray("fuse.sshfs") << true;
    QTest::newRow("NTFS disk") << 0x65735546u << QByteArray("fuseblk") << false;
    QTest::newRow("ext4") << 0xEF53u << QByteArray("ext4") << false;
    QTest::newRow("tmpfs") << 0x01021994u << QByteArray("tmpfs") << false;
    QTest::newRow("btrfs") << 0x9123683Eu << QByteArray("btrfs") << false;
    QTest::newRow("overlay") << 0x794C7630u << QByteArray("overlay") << false;
}

void OpeningTest::knows_network_file_systems()
{
    QFETCH(quint32, magic);
    QFETCH(QByteArray, type);
    QFETCH(bool, network);
    QCOMPARE(isNetworkFileSystem(magic, type), network);
    QVERIFY(checkFileSystem(m_places.workplace().path(u"ledger.db"_s)));
    QCOMPARE(checkFileSystem(u"/no/such/folder/ledger.db"_s).error(),
        (Error{Fault::Missing, u"no folder /no/such/folder"_s}));
}

void OpeningTest::migrates_whole_or_not_at_all()
{
    const LedgerPlace place = fresh();
    auto ledger = opened(place);
    QVERIFY(record(*ledger, passOf(u"SN-1"_s, 1)));
    ledger.reset();
    const auto database = rawDatabase(place);
    const QStringList shipped = shippedMigrations();
    const QString good = u"CREATE TABLE shipment (id {integer} NOT NULL) {strict};"_s;
    QVERIFY(!migrate(*database, shipped + QStringList{good + u"CREATE NONSENSE;"_s}, {}));
    QCOMPARE(*schemaOf(*database), shipped.size());
    QVERIFY(!database->select(u"SELECT id FROM shipment"_s));
    QVERIFY(migrate(*database, shipped + QStringList{good}, {}));
    QCOMPARE(*schemaOf(*database), shipped.size() + 1);
    QVERIFY(database->select(u"SELECT id FROM shipment"_s));
    QCOMPARE(database->select(u"SELECT serial FROM record"_s)->first().first(), u"SN-1"_s);
    if (database->isPostgres())
        return;
    LedgerPlace copy = place; // as it was before, and whole
    copy.url += u".schema%1.bak"_s.arg(shipped.size());
    auto reader = readerOf(copy);
    QCOMPARE(reader.find({})->size(), 1);
    QVERIFY(!reader.verifyChain(place.stationId)->firstBreak);
}

void OpeningTest::makes_nothing_for_a_reader()
{
    const LedgerPlace place = fresh();
    QCOMPARE(LedgerReader::open(place).error().fault, Fault::Missing); // and makes none
    QCOMPARE(LedgerReader::open(place).error().fault, Fault::Missing);
    LedgerPlace training = place;
    training.purpose = Purpose::Training;
    opened(training).reset();
    QCOMPARE(readerOf(place).purpose(), Purpose::Training);
    auto database = std::move(
        *Database::open(*parseDatabasePlace(place.url, place.folder), Database::Access::ReadOnly));
    const auto changed = database->change(u"UPDATE meta SET purpose = 'production'"_s);
    QVERIFY(!changed);
    QVERIFY2(
        changed.error().detail.contains(u"cannot be written"), qPrintable(changed.error().detail));
}

QTEST_GUILESS_MAIN(OpeningTest)
#include "opening.moc"
