// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/support/consignment.h"
#include "tests/support/program.h"
#include "tests/support/standin.h"
#include "tests/support/workplace.h"
#include "upload/standin/enrollments.h"

#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Ran;
using support::runCli;

namespace {

/// What the service has under a key's name.
enum class There { Nothing, Enabled, Disabled };

} // namespace

/// A board is swapped, a unit scrapped or taken back, and the program dies between any two of its
/// steps: never are two keys of one unit enabled, and in the end the service has what is meant.
class SwapTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void killedAtEachStep_data();
    void killedAtEachStep();

private:
    /// A unit that has passed and is enrolled; its keys are those of number and number + 1.
    [[nodiscard]] std::unique_ptr<Consignment> unit(const QString &verb, int number);
    [[nodiscard]] static QStringList deed(const Consignment &place, const QString &verb, int number)
    {
        return {u"unit"_s, verb, u"%1"_s.arg(number, 8, 10, QLatin1Char('0')), u"--station"_s,
            place.path(u"station.toml"_s), u"--reason"_s, u"cracked"_s};
    }
    [[nodiscard]] static QStringList delivery(const Consignment &place)
    {
        return {u"upload"_s, u"--station"_s, place.path(u"station.toml"_s)};
    }
    /// The other board comes onto the slot and passes.
    static void passAgain(Consignment &place, int number);
    [[nodiscard]] static Ran killedInTheDeed(
        Consignment &place, const QString &verb, int number, const QString &call, int count);
    [[nodiscard]] static Ran killedInTheDelivery(
        Consignment &place, const QString &verb, int number, const QString &call, int count);
    [[nodiscard]] There there(int key) const;
    void compare(const QString &verb, int number) const;

    support::Workplace m_workplace;
    std::unique_ptr<support::StandIn> m_service;
    int m_next = 1;
};

void SwapTest::initTestCase()
{
    m_service = std::make_unique<support::StandIn>(
        m_workplace.path(u"service"_s), QStringList{u"--unlimited"_s});
}

std::unique_ptr<Consignment> SwapTest::unit(const QString &verb, int number)
{
    auto place = std::make_unique<Consignment>(m_workplace.path(u"unit%1"_s.arg(number)));
    place->writeStation("line1-a", m_service.get());
    place->record(number, number);
    if (runCli(delivery(*place)).exit != 0 || there(number) != There::Enabled)
        qFatal("the unit is not enrolled");
    if (verb == u"return")
        if (const Ran ran = runCli(deed(*place, u"ship"_s, number).mid(0, 5)); ran.exit != 0)
            qFatal("%s", ran.said().constData());
    return place;
}

void SwapTest::passAgain(Consignment &place, int number)
{
    auto proposal = place.passed(number);
    const auto other = place.passed(number + 1);
    proposal.examination.key = other.examination.key;
    proposal.enrollment = other.enrollment;
    place.record(proposal);
}

There SwapTest::there(int key) const
{
    const auto books = upload::standin::Books::open(m_service->database());
    const auto stored = upload::standin::Enrollments(**books).find(
        tpm::parseEndorsementKey(Consignment::keyOf(key))->registrationId());
    if (!stored || !*stored)
        return There::Nothing;
    return (*stored)->record[u"provisioningStatus"].toString() == u"enabled" ? There::Enabled
                                                                             : There::Disabled;
}

void SwapTest::compare(const QString &verb, int number) const
{
    QVERIFY2(there(number) != There::Enabled, "what the unit had before is enabled still");
    QCOMPARE(there(number + 1), verb == u"replace-board" ? There::Enabled : There::Nothing);
}

void SwapTest::killedAtEachStep_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<bool>("inDelivery"); // else in the deed
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("stride");
    for (const bool inDelivery : {false, true})
        for (const QString &verb : {u"replace-board"_s, u"scrap"_s, u"return"_s})
            for (const auto &[call, stride] : {std::pair{u"fdatasync"_s, 1}, {u"pwrite64"_s, 17}})
                QTest::addRow("%s, %s %s", qPrintable(verb), inDelivery ? "delivery" : "deed",
                    qPrintable(call))
                    << verb << inDelivery << call << stride;
}

void SwapTest::killedAtEachStep()
{
    QFETCH(const QString, verb);
    QFETCH(const bool, inDelivery);
    QFETCH(const QString, call);
    QFETCH(const int, stride);
    int count = 1;
    for (bool ended = false; !ended; count += stride) {
        const int number = m_next;
        m_next += 2;
        const auto place = unit(verb, number);
        const Ran ran = inDelivery ? killedInTheDelivery(*place, verb, number, call, count)
                                   : killedInTheDeed(*place, verb, number, call, count);
        ended = ran.exit == 0;
        QVERIFY2(ended || ran.exit == -1, ran.said());
        QVERIFY2(there(number) != There::Enabled || there(number + 1) != There::Enabled,
            "two keys of one unit are enabled");
        const Ran sent = runCli(delivery(*place));
        QVERIFY2(sent.exit == 0, sent.said());
        compare(verb, number);
    }
    QVERIFY2(count > 1 + stride, "it was never killed");
}

Ran SwapTest::killedInTheDeed(
    Consignment &place, const QString &verb, int number, const QString &call, int count)
{
    const Ran ran = support::runCliUntil(call, count, deed(place, verb, number));
    QTest::qVerify(runCli({u"verify"_s, place.ledgerUrl()}).exit == 0, "the chain holds", "",
        __FILE__, __LINE__);
    // Whoever did it does it again: it is done now, or was done before, and is told.
    const Ran again = runCli(deed(place, verb, number));
    QTest::qVerify(again.exit == 0 || (again.exit == 1 && !again.err.isEmpty()), "done or told",
        again.said(), __FILE__, __LINE__);
    if (verb == u"replace-board")
        passAgain(place, number);
    return ran;
}

Ran SwapTest::killedInTheDelivery(
    Consignment &place, const QString &verb, int number, const QString &call, int count)
{
    const Ran done = runCli(deed(place, verb, number));
    QTest::qVerify(done.exit == 0, "done", done.said(), __FILE__, __LINE__);
    if (verb == u"replace-board")
        passAgain(place, number);
    return support::runCliUntil(call, count, delivery(place));
}

QTEST_GUILESS_MAIN(SwapTest)
#include "swap.moc"
