// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/support/consignment.h"
#include "tests/support/postgres.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Ran;
using support::runCli;

/// A person can be forgotten, and what they did stays proven.
class PeopleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNameLeavesTheLedger_data();
    void aNameLeavesTheLedger();

private:
    /// Whether a name stands in any file of a folder.
    [[nodiscard]] static bool standsIn(const QString &folder, const QByteArray &name)
    {
        const QDir place(folder);
        for (const QString &each : place.entryList(QDir::Files | QDir::Hidden)) {
            QFile file(place.filePath(each));
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(name))
                return true;
        }
        return false;
    }

    support::Workplace m_workplace;
};

void PeopleTest::aNameLeavesTheLedger_data()
{
    QTest::addColumn<bool>("shared");
    QTest::newRow("SQLite") << false;
    QTest::newRow("PostgreSQL") << true;
}

void PeopleTest::aNameLeavesTheLedger()
{
    QFETCH(bool, shared);
    std::optional<support::Postgres> server;
    if (shared)
        server.emplace();
    Consignment place(m_workplace.path(shared ? u"shared"_s : u"own"_s),
        station::Purpose::Production, shared ? server->createDatabase() : QString());
    place.writeStation("line1-a", nullptr);
    place.record(1, 2);
    const auto person = [&place](const QString &verb, const QStringList &more) {
        return runCli(QStringList{u"person"_s, verb, u"--station"_s, place.path(u"station.toml"_s),
                          u"--json"_s}
            + more);
    };
    const Ran added = person(u"add"_s, {u"--role"_s, u"qa"_s, u"Zephyrine Quill"_s});
    QVERIFY2(added.exit == 0, added.said());
    const QString id = added.json().first()[u"person"].toString();
    const auto scrap = [&place](const QString &serial, const QString &by) {
        return runCli({u"unit"_s, u"scrap"_s, u"--station"_s, place.path(u"station.toml"_s),
            u"--reason"_s, u"cracked"_s, u"--by"_s, by, serial});
    };
    QCOMPARE(scrap(place.passed(1).device.serial, u"Zephyrine Quill"_s).exit, 0);
    QCOMPARE(standsIn(place.path(u"."_s), "Zephyrine"), !shared);

    const Ran erased = person(u"erase"_s, {u"Zephyrine Quill"_s});
    QVERIFY2(erased.exit == 0, erased.said());
    QCOMPARE(erased.json().first()[u"person"].toString(), id);
    QVERIFY(!standsIn(place.path(u"."_s), "Zephyrine"));
    // What they did stands under the id, in a chain that holds.
    const Ran verified = runCli({u"verify"_s, place.ledgerUrl(), u"--json"_s});
    QVERIFY2(verified.exit == 0, verified.said());
    auto reader = station::LedgerReader::open(place.place());
    const auto deed = reader->entry({u"line1-a"_s, 3});
    QVERIFY2(deed->entry.body.contains(id.toUtf8()), deed->entry.body);
    // Nobody acts as somebody who is gone.
    for (const QString &gone : {u"Zephyrine Quill"_s, id})
        QVERIFY(scrap(place.passed(2).device.serial, gone).exit != 0);
    const Ran again = person(u"erase"_s, {id});
    QVERIFY2(again.exit != 0 && again.err.contains("knows no person"), again.said());
}

QTEST_GUILESS_MAIN(PeopleTest)
#include "people.moc"
