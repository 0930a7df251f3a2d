// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/support/consignment.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Ran;
using support::runCli;

namespace {

constexpr int units = 12;

/// What nobody of the other customer may read, of the one or of the other.
QList<QByteArray> secretsOf(bool isFirst)
{
    return isFirst
        ? QList<QByteArray>{"GLOBEX", "ORD-A-77", "gateway-a", "ALICE-", "BOARD-A-", "Anna Arendt"}
        : QList<QByteArray>{
              "INITECH", "ORD-B-88", "gateway-b", "BRUNO-", "BOARD-B-", "Boris Brecht"};
}

} // namespace

/// Two customers at one line, in turn and with each other's devices by mistake: what the one gets
/// tells nothing of the other, and still proves that nothing is missing.
class CustomersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void nothingOfTheOther_data();
    void nothingOfTheOther();
    void aPlanThatNamesNobodyElseStays();
    void anEntryThatIsTakenOutIsMissed_data();
    void anEntryThatIsTakenOutIsMissed();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_place->path(name); }
    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    /// The plan of production with these routes; its SHA-256.
    [[nodiscard]] static QString usePlan(const Consignment &place, const QByteArray &routes);
    [[nodiscard]] station::Proposal proposal(bool isFirst, int number) const;
    [[nodiscard]] Ran bundled(bool isFirst, const QString &name, bool byOrder) const;
    [[nodiscard]] Ran verified(const QString &name) const
    {
        return runCli({u"verify"_s, at(name), u"--signers"_s, at(u"factory.pem"_s), u"--json"_s});
    }

    support::Workplace m_workplace;
    std::unique_ptr<Consignment> m_place;
    QString m_planSha256; ///< of a plan that sends each customer's devices to a service of theirs
};

QString CustomersTest::usePlan(const Consignment &place, const QByteArray &routes)
{
    QFile shipped(u":/plans/production.toml"_s);
    if (!shipped.open(QIODevice::ReadOnly))
        qFatal("no plan");
    const QByteArray plan = shipped.readAll() + routes;
    write(place.path(u"routes.toml"_s), plan);
    QFile settings(place.path(u"station.toml"_s));
    if (!settings.open(QIODevice::ReadOnly))
        qFatal("no settings");
    const QByteArray own =
        settings.readAll().replace("plan = \"production\"", "plan = \"routes.toml\"");
    settings.close();
    write(settings.fileName(), own);
    return QString::fromLatin1(QCryptographicHash::hash(plan, QCryptographicHash::Sha256).toHex());
}

station::Proposal CustomersTest::proposal(bool isFirst, int number) const
{
    auto proposal = m_place->passed(isFirst ? number : 100 + number);
    proposal.device.serial = (isFirst ? u"ALICE-%1"_s : u"BRUNO-%1"_s).arg(number);
    proposal.device.boardSerial = (isFirst ? u"BOARD-A-%1"_s : u"BOARD-B-%1"_s).arg(number);
    proposal.device.order = isFirst ? u"ORD-A-77"_s : u"ORD-B-88"_s;
    proposal.device.customer = isFirst ? u"GLOBEX"_s : u"INITECH"_s;
    proposal.device.product = isFirst ? u"gateway-a"_s : u"gateway-b"_s;
    proposal.when = station::Moment::Lot;
    proposal.planSha256 = m_planSha256;
    return proposal;
}

void CustomersTest::initTestCase()
{
    m_place = std::make_unique<Consignment>(m_workplace.path(u"station"_s));
    m_place->makeSigner(u"factory"_s);
    m_place->writeStation("line1-a", nullptr);
    m_planSha256 = usePlan(*m_place,
        "\n[[enroll.route]]\ncustomer = \"GLOBEX\"\nservice = \"globex\"\n"
        "\n[[enroll.route]]\ncustomer = \"INITECH\"\nservice = \"initech\"\n");
    const auto store = station::Store::open(m_place->place());
    QVERIFY(store);
    for (const QString &name : {u"Anna Arendt"_s, u"Boris Brecht"_s})
        QVERIFY((*store)->addPerson(name, u"qa"_s));
    for (int number = 1; number <= units; ++number)
        for (const bool isFirst : {true, false})
            QCOMPARE((*store)->record(proposal(isFirst, number))->examination.verdict,
                station::Verdict::Pass);
    for (const bool isFirst : {true, false}) {
        // A board of the other customer's that has got into the wrong box: its key is known.
        auto strayed = proposal(isFirst, 1);
        const auto other = proposal(!isFirst, 1);
        strayed.device.serial = (isFirst ? u"ALICE-%1"_s : u"BRUNO-%1"_s).arg(units + 1);
        strayed.examination.key = other.examination.key;
        strayed.enrollment = other.enrollment;
        QCOMPARE((*store)->record(strayed)->examination.verdict, station::Verdict::Fail);
        // And one within the order.
        strayed.device.serial = (isFirst ? u"ALICE-%1"_s : u"BRUNO-%1"_s).arg(units + 2);
        strayed.examination.key = proposal(isFirst, 2).examination.key;
        strayed.enrollment = proposal(isFirst, 2).enrollment;
        QCOMPARE((*store)->record(strayed)->examination.verdict, station::Verdict::Fail);
        QVERIFY((*store)->carryOut({.event = station::UnitEvent::Scrap,
                                       .serial = (isFirst ? u"ALICE-3"_s : u"BRUNO-3"_s),
                                       .reason = u"cracked"_s,
                                       .people = {isFirst ? u"Anna Arendt"_s : u"Boris Brecht"_s}},
            {.persons = 1}));
        QCOMPARE((*store)->release({.order = isFirst ? u"ORD-A-77"_s : u"ORD-B-88"_s,
                     .serial = {},
                     .people = {isFirst ? u"Anna Arendt"_s : u"Boris Brecht"_s},
                     .persons = 1}),
            units - 1);
    }
}

Ran CustomersTest::bundled(bool isFirst, const QString &name, bool byOrder) const
{
    return runCli(
        QStringList{u"export"_s, u"--station"_s, at(u"station.toml"_s), u"--format"_s, u"bundle"_s,
            u"--out"_s, at(name), u"--json"_s, byOrder ? u"--order"_s : u"--customer"_s,
            QString::fromLatin1(secretsOf(isFirst).at(byOrder ? 1 : 0))}
        + m_place->signer(u"factory"_s));
}

void CustomersTest::nothingOfTheOther_data()
{
    QTest::addColumn<bool>("isFirst");
    QTest::addColumn<bool>("byOrder");
    QTest::newRow("GLOBEX") << true << false;
    QTest::newRow("INITECH") << false << false;
    QTest::newRow("GLOBEX's order") << true << true;
    QTest::newRow("INITECH's order") << false << true;
}

/// In any file of it, as it is and in base64, whose three ways to begin are looked for.
void CustomersTest::nothingOfTheOther()
{
    QFETCH(const bool, isFirst);
    QFETCH(const bool, byOrder);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    const Ran ran = bundled(isFirst, name, byOrder);
    QVERIFY2(ran.exit == 0, ran.said());
    const QJsonObject said = ran.json().first();
    QCOMPARE(said[u"enrollments"].toInt(), units - 1); // one is scrapped
    QCOMPARE(said[u"whole"].toInt(), units + 1); // with the one that clashed within the order
    QCOMPARE(said[u"withheld"].toInt(), 1); // and without the one that names the other's unit
    QByteArray all;
    QDirIterator files(at(name), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        all += file.fileName().toUtf8() + '\n' + file.readAll();
    }
    QVERIFY(all.contains(secretsOf(isFirst).at(3) + "4"));
    for (const QByteArray &secret : secretsOf(!isFirst)) {
        QVERIFY2(!all.contains(secret), secret);
        for (int skip = 0; skip < 3; ++skip) {
            const QByteArray part = secret.mid(skip);
            const QByteArray coded = part.left(part.size() / 3 * 3).toBase64();
            QVERIFY2(coded.isEmpty() || !all.contains(coded), secret);
        }
    }
    // The plan says where the other's devices go: the manifest names it, and its text stays here.
    QVERIFY(all.contains(m_planSha256.toLatin1()));
    QVERIFY(!QDir(at(name)).exists(u"plans/%1.toml"_s.arg(m_planSha256)));
    const Ran seen = verified(name);
    QVERIFY2(seen.exit == 0, seen.said());
}

void CustomersTest::aPlanThatNamesNobodyElseStays()
{
    Consignment alone(m_workplace.path(u"alone"_s));
    alone.writeStation("line1-a", nullptr);
    alone.makeSigner(u"factory"_s);
    const QString plan =
        usePlan(alone, "\n[[enroll.route]]\ncustomer = \"GLOBEX\"\nservice = \"globex\"\n");
    auto device = proposal(true, 1);
    device.planSha256 = plan;
    alone.record(device);
    const Ran ran = runCli(
        QStringList{u"export"_s, u"--station"_s, alone.path(u"station.toml"_s), u"--format"_s,
            u"bundle"_s, u"--out"_s, alone.path(u"bundle"_s), u"--order"_s, u"ORD-A-77"_s}
        + alone.signer(u"factory"_s));
    QVERIFY2(ran.exit == 0, ran.said());
    QVERIFY(QFile::exists(alone.path(u"bundle/plans/%1.toml"_s.arg(plan))));
}

void CustomersTest::anEntryThatIsTakenOutIsMissed_data()
{
    QTest::addColumn<QByteArray>("line"); ///< of the chain, which is taken out
    QTest::newRow("an examination") << QByteArray("ALICE-4");
    QTest::newRow("the last one") << QByteArray("ALICE-14");
    QTest::newRow("a bare digest") << QByteArray("\"digest\"");
}

void CustomersTest::anEntryThatIsTakenOutIsMissed()
{
    QFETCH(const QByteArray, line);
    const QString name = u"taken-"_s + QString::fromLatin1(QTest::currentDataTag());
    QCOMPARE(bundled(true, name, false).exit, 0);
    QFile chain(at(name) + u"/records.jsonl"_s);
    QVERIFY(chain.open(QIODevice::ReadOnly));
    QByteArrayList lines = chain.readAll().split('\n');
    chain.close();
    const auto gone =
        std::ranges::find_if(lines, [&line](const QByteArray &one) { return one.contains(line); });
    QVERIFY(gone != lines.end());
    lines.erase(gone);
    QVERIFY(chain.open(QIODevice::WriteOnly));
    chain.write(lines.join('\n'));
    chain.close();
    const Ran seen = verified(name);
    QVERIFY2(seen.exit == 1, seen.said());
    QVERIFY2(seen.out.contains("records.jsonl"), seen.said());
}

QTEST_GUILESS_MAIN(CustomersTest)
#include "customers.moc"
