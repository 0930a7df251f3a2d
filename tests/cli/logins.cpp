// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;
using support::runCli;

/// A station that asks who works at it asks the command line, too.
class LoginsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoDoesSomethingProvesIt();
    void whoRunsACommandIsNoted();
    void wrongUse_data();
    void wrongUse();

private:
    static void ask(const LinePlace &place)
    {
        QFile settings(place.station());
        QVERIFY(settings.open(QIODevice::Append));
        settings.write("\n[login]\nrequired = true\nbadge = \"B[0-9]{7}\"\n");
    }

    /// The commands that somebody answered for, in their order.
    static QStringList noted(const LinePlace &place)
    {
        auto ledger = place.ledger();
        const auto found = ledger.find({.serial = u"DEV-1"_s});
        QStringList commands;
        for (qint64 seq = 1;; ++seq) {
            const auto entry = ledger.entry({found->first().id.stationId, seq});
            if (!entry)
                break;
            const auto body = QJsonDocument::fromJson(entry->entry.body).object();
            if (body[u"action"_s] == u"command"_s && body[u"people"_s].toArray().size() == 1)
                commands.append(body[u"command"_s].toString());
        }
        return commands;
    }

    support::Workplace m_workplace;
};

void LoginsTest::whoDoesSomethingProvesIt()
{
    const LinePlace place(1, m_workplace.path(u"place"_s));
    ask(place);
    const auto person = [&place](
                            const QString &verb, const QStringList &more, const QByteArray &input) {
        return runCli(place.command(u"person "_s + verb, more + QStringList{u"--json"_s}), input);
    };
    const Ran doctor = runCli({u"doctor"_s, u"--station"_s, place.station()});
    QVERIFY2(doctor.out.contains("no administrator"), doctor.said());

    const Ran ada =
        person(u"add"_s, {u"Ada"_s, u"--role"_s, u"administrator"_s, u"--pin"_s}, "24680\n");
    QVERIFY2(ada.exit == 0, ada.said());
    const Ran ben = person(u"add"_s,
        {u"Ben"_s, u"--role"_s, u"operator"_s, u"--pin"_s, u"--badge"_s, u"--by"_s, u"Ada"_s},
        "24680\n1357\nB0000042\n");
    QVERIFY2(ben.exit == 0, ben.said());
    const QString benId = ben.json().value(0)[u"person"].toString();
    const Ran other =
        person(u"change"_s, {u"Ben"_s, u"--badge"_s, u"--by"_s, u"Ada"_s}, "24680\nSN-0001\n");
    QVERIFY2(other.exit == 2 && other.err.contains("[login] badge"), other.said());
    QVERIFY(runCli({u"doctor"_s, u"--station"_s, place.station()}).out.contains("Ada") == false);

    const QStringList serials{u"DEV-1\t"_s + place.training().simulator().targets().first()};
    const Ran nobody = place.run(serials);
    QVERIFY2(nobody.exit == 1 && nobody.err.contains("--by"), nobody.said());
    const Ran ran = place.run(serials, {u"--by"_s, u"Ben"_s}, "1357\n");
    QVERIFY2(ran.exit == 0, ran.said());
    auto ledger = place.ledger();
    const auto found = ledger.find({.serial = u"DEV-1"_s});
    QVERIFY(found && found->size() == 1);
    const auto exam = ledger.entry(found->first().id);
    QVERIFY(exam && exam->entry.body.contains("\"person\":\"" + benId.toUtf8() + '"'));

    const auto scrap = [&place](const QString &by, const QByteArray &pin) {
        return runCli(place.command(u"unit scrap"_s,
                          {u"DEV-1"_s, u"--reason"_s, u"cracked"_s, u"--by"_s, by}),
            pin);
    };
    const Ran wrong = scrap(u"Ada"_s, "11111\n");
    QVERIFY2(wrong.exit == 1 && wrong.err.contains("4 more tries"), wrong.said());
    const Ran mayNot = scrap(u"Ben"_s, "1357\n");
    QVERIFY2(mayNot.exit == 1 && mayNot.err.contains("takes the role \"qa\""), mayNot.said());
    const Ran scrapped = scrap(u"Ada"_s, "24680\n");
    QVERIFY2(scrapped.exit == 0, scrapped.said());

    // Five wrong ones lock, and an administrator unlocks.
    for (int tries = 0; tries < 5; ++tries)
        QVERIFY(scrap(u"Ben"_s, "0000\n").exit == 1);
    const Ran locked = scrap(u"Ben"_s, "1357\n");
    QVERIFY2(locked.exit == 1 && locked.err.contains("locked"), locked.said());
    const Ran list = runCli(place.command(u"person list"_s, {}));
    QVERIFY2(list.exit == 0 && list.out.contains("Ben  PIN, badge, locked"), list.said());
    QCOMPARE(
        person(u"change"_s, {u"Ben"_s, u"--unlock"_s, u"--by"_s, u"Ada"_s}, "24680\n").exit, 0);
    QVERIFY(!runCli(place.command(u"person list"_s, {})).out.contains("locked"));
    QCOMPARE(runCli({u"verify"_s, u"sqlite:"_s + place.path(u"ledger.db"_s)}).exit, 0);
}

/// Of commands whose own entries name nobody.
void LoginsTest::whoRunsACommandIsNoted()
{
    const LinePlace place(1, m_workplace.path(u"noted"_s));
    ask(place);
    const auto add = [&place](const QString &name, const QString &role, const QStringList &more,
                         const QByteArray &pins) {
        return runCli(
            place.command(u"person add"_s, QStringList{name, u"--role"_s, role, u"--pin"_s} + more),
            pins);
    };
    QCOMPARE(add(u"Ada"_s, u"administrator"_s, {}, "24680\n").exit, 0);
    QCOMPARE(add(u"Tom"_s, u"technician"_s, {u"--by"_s, u"Ada"_s}, "24680\n1357\n").exit, 0);
    const QStringList serials{u"DEV-1\t"_s + place.training().simulator().targets().first()};
    QCOMPARE(place.run(serials, {u"--by"_s, u"Tom"_s}, "1357\n").exit, 0);
    QCOMPARE(runCli(place.command(u"export"_s,
                        {u"--format"_s, u"jsonl"_s, u"--out"_s, place.path(u"out.jsonl"_s)}))
                 .exit,
        0);
    const std::pair<QString, QStringList> commands[] = {
        {u"reconcile --repair"_s, {u"reconcile"_s, u"--repair"_s, u"missing"_s}},
        {u"import"_s, {u"import"_s, place.path(u"out.jsonl"_s)}}};
    QStringList expected;
    for (const auto &[name, words] : commands) {
        const auto run = [&place, &words](const QStringList &more, const QByteArray &pin) {
            return runCli(place.command(words.first(), words.mid(1) + more), pin);
        };
        const Ran nobody = run({}, {});
        QVERIFY2(nobody.exit == 1 && nobody.err.contains("this station asks who does this (--by"),
            nobody.said());
        const Ran tom = run({u"--by"_s, u"Tom"_s}, "1357\n");
        QVERIFY2(tom.exit == 1 && tom.err.contains("takes the role \"qa\""), tom.said());
        const Ran ada = run({u"--by"_s, u"Ada"_s}, "24680\n");
        QVERIFY2(ada.exit == 0, ada.said());
        QCOMPARE(noted(place), expected += name);
    }
}

void LoginsTest::wrongUse_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no PIN came") << QStringList{u"Ann"_s, u"--role"_s, u"qa"_s, u"--pin"_s}
                                 << QByteArray() << QByteArray("standard input");
    QTest::newRow("a short PIN") << QStringList{u"Ann"_s, u"--role"_s, u"qa"_s, u"--pin"_s}
                                 << QByteArray("12\n") << QByteArray("4 to 64");
    QTest::newRow("no role") << QStringList{u"Ann"_s} << QByteArray() << QByteArray("--role");
    QTest::newRow("a badge where there are none") << QStringList{u"Ann"_s, u"--role"_s, u"qa"_s,
        u"--badge"_s} << QByteArray("B0000001\n") << QByteArray("[login] badge");
}

void LoginsTest::wrongUse()
{
    QFETCH(const QStringList, more);
    QFETCH(const QByteArray, input);
    QFETCH(const QByteArray, says);
    const LinePlace place(1, m_workplace.path(QLatin1String(QTest::currentDataTag())));
    const Ran ran = runCli(place.command(u"person add"_s, more), input);
    QVERIFY2(ran.exit == 2 && ran.err.contains(says), ran.said());
    QVERIFY(!ran.said().contains(input.trimmed().isEmpty() ? "\x01" : input.trimmed()));
}

QTEST_GUILESS_MAIN(LoginsTest)
#include "logins.moc"
