// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;

namespace {

const QString cli = QStringLiteral(BINARY_FOLDER "/ekstation-cli");

/// The program under the kernel's eye, with a limit or without a right.
Ran runUnder(const QStringList &warden, const QStringList &arguments)
{
    return support::run(warden.first(), warden.mid(1) + QStringList{cli} + arguments);
}

/// Root may write everywhere, unless it is told not to.
QStringList withoutPrivilege()
{
    if (::getuid() != 0)
        return {u"env"_s};
    return {u"setpriv"_s, u"--bounding-set=-all"_s, u"--inh-caps=-all"_s};
}

} // namespace

/// A disk that is full, refuses, or has forgotten: the line says so and stops, and what was
/// recorded stays.
class DiskTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aFullDiskStopsTheLine();
    void aFolderThatMayNotBeWritten();
    void aDamagedLedger_data();
    void aDamagedLedger();

private:
    [[nodiscard]] QStringList serials(int first, int last) const
    {
        QStringList all;
        for (int device = first; device <= last; ++device)
            all.append(u"DEV-%1\t"_s.arg(device) + m_devices->targets()[device - 1]);
        return all;
    }
    /// A place whose ledger, in a folder of its own, has recorded the first device.
    [[nodiscard]] std::unique_ptr<LinePlace> begun(const QString &name) const;
    static void verify(const LinePlace &place, qint64 entries);

    support::Workplace m_workplace;
    std::unique_ptr<station::Simulator> m_devices;
};

void DiskTest::initTestCase()
{
    m_devices = std::make_unique<station::Simulator>(
        support::blankDevices(12, m_workplace.path(u"tpms"_s)));
}

std::unique_ptr<LinePlace> DiskTest::begun(const QString &name) const
{
    auto place = std::make_unique<LinePlace>(1, m_workplace.path(name));
    const Ran ran = place->run(serials(1, 1));
    if (ran.exit != 0)
        qFatal("%s", ran.said().constData());
    return place;
}

void DiskTest::verify(const LinePlace &place, qint64 entries)
{
    auto ledger = place.ledger();
    const auto report = ledger.verifyChain(u"training"_s);
    QVERIFY(report && !report->firstBreak);
    QCOMPARE(report->entries, entries);
}

void DiskTest::aFullDiskStopsTheLine()
{
    const auto place = begun(u"full"_s);
    const qint64 size = QFileInfo(place->path(u"ledger.db"_s)).size();
    const Ran full =
        runUnder({u"prlimit"_s, u"--fsize=%1"_s.arg(size)}, place->runArguments(serials(2, 12)));
    QVERIFY2(full.exit == 3, full.said());
    QVERIFY2(full.err.contains("cannot record"), full.said());
    QVERIFY2(full.err.contains("full") && full.err.contains("ledger.db"), full.said());
    int passed = 0;
    for (const QJsonObject &line : full.json().mid(0, full.json().size() - 1)) {
        passed += line[u"verdict"].toString() == u"pass" ? 1 : 0;
        QCOMPARE(line[u"entry"].isNull(), line[u"verdict"].toString() != u"pass");
    }
    QVERIFY2(passed > 0 && passed < 11, full.said());
    verify(*place, 1 + passed);

    const Ran rest = place->run(serials(1, 12)); // somebody made room
    QVERIFY2(rest.exit == 0, rest.said());
    QCOMPARE(rest.json().last()[u"confirmed"].toInt(), 12);
    auto ledger = place->ledger();
    QCOMPARE(ledger.bindings()->size(), 12);
    QVERIFY(!ledger.verifyChain(u"training"_s)->firstBreak);
}

void DiskTest::aFolderThatMayNotBeWritten()
{
    const LinePlace place(1, m_workplace.path(u"readonly"_s));
    const QString books = place.path(u"books"_s);
    QVERIFY(QDir().mkpath(books));
    place.edit(u"station.toml"_s, u"sqlite:ledger.db"_s, u"sqlite:books/ledger.db"_s);
    QCOMPARE(place.run(serials(1, 1)).exit, 0);
    const auto owner = QFile::ReadOwner | QFile::ExeOwner;
    QVERIFY(QFile::setPermissions(books + u"/ledger.db"_s, QFile::ReadOwner));
    QVERIFY(QFile::setPermissions(books, owner));
    const Ran refused = runUnder(withoutPrivilege(), place.runArguments(serials(1, 2)));
    QVERIFY(QFile::setPermissions(books, owner | QFile::WriteOwner));
    QVERIFY(QFile::setPermissions(books + u"/ledger.db"_s, QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY2(refused.exit == 3, refused.said());
    QCOMPARE(refused.out, QByteArray());
    QVERIFY2(refused.err.contains("may this user write it"), refused.said());
    QVERIFY2(refused.err.contains(books.toUtf8()), refused.said());
    const Ran later = place.run(serials(1, 2));
    QVERIFY2(later.exit == 0, later.said());
    QCOMPARE(later.json().value(0)[u"resumed"].toBool(), true);
    QCOMPARE(later.json().last()[u"confirmed"].toInt(), 2);
}

void DiskTest::aDamagedLedger_data()
{
    QTest::addColumn<QByteArray>("bytes"); ///< written at 100; empty: the second half is lost
    QTest::newRow("overwritten") << QByteArray(3000, '\xff');
    QTest::newRow("cut") << QByteArray();
}

void DiskTest::aDamagedLedger()
{
    QFETCH(QByteArray, bytes);
    const auto place = begun(bytes.isEmpty() ? u"cut"_s : u"overwritten"_s);
    QFile file(place->path(u"ledger.db"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(100));
    QVERIFY(bytes.isEmpty() ? file.resize(file.size() / 2) : file.write(bytes) == bytes.size());
    QVERIFY(file.seek(0));
    const QByteArray before = file.readAll();
    const QStringList station{u"--station"_s, place->station(), u"--json"_s};
    for (const QStringList &arguments : {place->runArguments(serials(1, 2)),
             QStringList{u"upload"_s} + station, QStringList{u"records"_s} + station}) {
        const Ran ran = support::runCli(arguments);
        QVERIFY2(ran.exit == 3, ran.said());
        QCOMPARE(ran.out, QByteArray());
        QVERIFY2(ran.err.contains("malformed") && ran.err.contains("ledger.db"), ran.said());
    }
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), before); // left for whoever can mend it
}

QTEST_GUILESS_MAIN(DiskTest)
#include "disk.moc"
