// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/consignment.h"
#include "tests/support/lineplace.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;
using support::runCli;

/// Two orders of two customers on one line, as its people would work through them.
class OrdersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDayOfTwoOrders();
    void closingMakesTheBundle();
    void wrongUse_data();
    void wrongUse();

private:
    [[nodiscard]] Ran order(const QString &verb, const QStringList &more) const
    {
        return runCli(QStringList{u"order"_s, verb, u"--station"_s, m_line.station()} + more);
    }
    [[nodiscard]] Ran opened(
        const QString &ref, const QString &customer, const QString &quantity = u"2"_s) const
    {
        return order(u"open"_s,
            {ref, u"--customer"_s, customer, u"--product"_s, u"gateway"_s, u"--quantity"_s,
                quantity, u"--json"_s});
    }

    support::Workplace m_workplace;
    LinePlace m_line{2, m_workplace.path(u"line"_s)};
};

void OrdersTest::aDayOfTwoOrders()
{
    const Ran first = opened(u"4711"_s, u"ACME"_s, u"1"_s);
    QVERIFY2(first.exit == 0, first.said());
    QCOMPARE(first.json().first()[u"plan"].toString(), u"training"_s);

    // One was ordered: the second is refused before any TPM command is sent.
    const Ran tested = m_line.run({u"SN-1"_s, u"SN-2"_s});
    QVERIFY2(tested.exit == 1 && tested.err.contains("order: "), tested.said());
    const auto records = m_line.ledger().find({.order = u"4711"_s});
    QCOMPARE(records->size(), 1);
    QCOMPARE(records->first().customer, u"ACME"_s);
    QCOMPARE(records->first().product, u"gateway"_s);
    const QString done = records->first().serial;

    const Ran second = opened(u"4712"_s, u"Globex"_s);
    QVERIFY2(second.exit == 0, second.said());
    const Ran listed = order(u"list"_s, {u"--json"_s});
    QVERIFY2(listed.exit == 0, listed.said());
    QCOMPARE(listed.json().size(), 2);
    QCOMPARE(listed.json().first()[u"passed"].toInt(), 1);

    const Ran closed = order(u"close"_s, {u"4711"_s, u"--json"_s});
    QVERIFY2(closed.exit == 0, closed.said());
    QCOMPARE(closed.json().first()[u"passed"].toInt(), 1);
    const Ran again = opened(u"4711"_s, u"ACME"_s, u"1"_s);
    QVERIFY2(again.exit == 1 && again.err.contains("4711 is closed"), again.said());

    // The other device, which was refused, stands where it stood.
    const int other = records->first().slot == u"1" ? 1 : 0;
    const QString waiting = done == u"SN-1" ? u"SN-2"_s : u"SN-1"_s;
    const Ran rest =
        m_line.run({waiting + u'\t' + m_line.training().simulator().targets().at(other)});
    QVERIFY2(rest.exit == 0, rest.said());
    QCOMPARE(m_line.ledger().find({.customer = u"Globex"_s})->size(), 1);
}

/// Refused before anything is done where it could not be made; and then it is there, and verifies.
void OrdersTest::closingMakesTheBundle()
{
    support::Consignment place(m_workplace.path(u"bundled"_s));
    place.writeStation("line1-a", nullptr);
    place.makeSigner(u"line"_s);
    QFile file(place.path(u"station.toml"_s));
    QVERIFY(file.open(QIODevice::Append));
    file.write("[sign]\nkey = \"line.key\"\ncertificate = \"line.pem\"\n"
               "[order]\nbundles = \"bundles\"\n");
    file.close();
    {
        const auto store = station::Store::open(place.place());
        QVERIFY(store);
        QVERIFY((*store)->openOrder({.ref = u"47/11"_s,
            .customer = u"ACME"_s,
            .product = u"gateway"_s,
            .quantity = 3,
            .plan = u"production"_s,
            .service = u"main"_s}));
    }
    place.record(1, 3, u"47/11"_s);
    place.record(4, 5, u"48"_s, u"Globex"_s);
    const QStringList close{
        u"order"_s, u"close"_s, u"47/11"_s, u"--station"_s, place.path(u"station.toml"_s)};
    const Ran refused = runCli(close);
    QVERIFY2(refused.exit == 2 && refused.err.contains("bundles"), refused.said());
    QVERIFY(QDir().mkpath(place.path(u"bundles"_s)));
    const Ran closed = runCli(close + QStringList{u"--json"_s});
    QVERIFY2(closed.exit == 0, closed.said());
    const QString bundle = closed.json().first()[u"bundle"].toString();
    QCOMPARE(bundle, place.path(u"bundles/order-47_11.zip"_s));
    const Ran verified =
        runCli({u"verify"_s, bundle, u"--signers"_s, place.path(u"line.pem"_s), u"--json"_s});
    QVERIFY2(verified.exit == 0, verified.said());
    const Ran again = runCli(close);
    QVERIFY2(again.exit == 1 && again.err.contains("there already"), again.said());
}

void OrdersTest::wrongUse_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QByteArray>("said");
    const QStringList facts{u"1"_s, u"--customer"_s, u"A"_s, u"--product"_s, u"B"_s};
    QTest::newRow("no order") << u"open"_s << QStringList{} << QByteArray("one ORDER");
    QTest::newRow("no quantity") << u"open"_s << facts << QByteArray("--quantity N");
    QTest::newRow("no number") << u"open"_s << facts + QStringList{u"--quantity"_s, u"many"_s}
                               << QByteArray("--quantity N");
    QTest::newRow("another plan") << u"open"_s
                                  << facts
            + QStringList{u"--quantity"_s, u"1"_s, u"--plan"_s, u"gold"_s}
                                  << QByteArray("not \"gold\"");
    QTest::newRow("nobody's order")
        << u"close"_s << QStringList{u"none"_s} << QByteArray("no order none");
    QTest::newRow("too many") << u"list"_s << QStringList{u"x"_s} << QByteArray("no arguments");
}

void OrdersTest::wrongUse()
{
    QFETCH(QString, verb);
    QFETCH(QStringList, more);
    QFETCH(QByteArray, said);
    const Ran ran = order(verb, more);
    QVERIFY2(ran.exit == 2 && ran.err.contains(said), ran.said());
}

QTEST_GUILESS_MAIN(OrdersTest)
#include "orders.moc"
