// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/oldledger.h"
#include "tests/support/standin.h"

/// What a legal hold is about stays, and only that; and what people ask of a ledger whose old
/// examinations have gone.
class HoldTest : public QObject, private OldLedger {
    Q_OBJECT
private Q_SLOTS:
    void whatItIsAboutStays_data();
    void whatItIsAboutStays();
    void aRecallAfterwards();
    void aRunAfterwards();

private:
    /// Two more devices of January, of another order and customer.
    void recordOthers(Consignment &place)
    {
        auto line = place.place();
        line.clock = [] { return station::Moments{.utcUs = january + 86'400'000'000}; };
        line.trustsClock = true;
        const auto store = station::Store::open(line);
        for (int number : {20, 21}) {
            auto proposal = place.passed(number);
            proposal.device.order = u"ORDER-2"_s;
            proposal.device.customer = u"INITECH"_s;
            QVERIFY((*store)->record(proposal));
        }
        settle(**store, 21);
    }
};

void HoldTest::whatItIsAboutStays_data()
{
    QTest::addColumn<QStringList>("about");
    QTest::addColumn<int>("stays"); ///< of the five of ACME and the two of INITECH
    QTest::newRow("an order") << QStringList{u"--order"_s, u"ORDER-2"_s} << 2;
    QTest::newRow("a customer") << QStringList{u"--customer"_s, u"INITECH"_s} << 2;
    QTest::newRow("another customer") << QStringList{u"--customer"_s, u"ACME"_s} << 5;
    QTest::newRow("from a day on") << QStringList{u"--from"_s, u"2026-01-16"_s} << 2;
    QTest::newRow("up to a day") << QStringList{u"--to"_s, u"2026-01-16"_s} << 5;
    QTest::newRow("between two days")
        << QStringList{u"--from"_s, u"2026-01-01"_s, u"--to"_s, u"2026-02-01"_s} << 7;
    QTest::newRow("an order within days")
        << QStringList{u"--order"_s, u"ORDER-2"_s, u"--to"_s, u"2026-01-16"_s} << 0;
}

void HoldTest::whatItIsAboutStays()
{
    QFETCH(const QStringList, about);
    QFETCH(const int, stays);
    const auto place = station(QString::fromLatin1(QTest::currentDataTag()).remove(u' '));
    recordOthers(*place);
    const Ran held = runCli(QStringList{u"ledger"_s, u"hold"_s, u"add"_s, u"--station"_s,
                                place->path(u"station.toml"_s), u"--reason"_s, u"claim 12"_s,
                                u"--by"_s, u"Ann Example"_s, u"--json"_s}
        + about);
    QVERIFY2(held.exit == 0, held.said());
    const Ran ran = archive(*place, u"january.zip"_s);
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().first()[u"gone"].toInt(), 7 - stays);
    QCOMPARE(ran.json().first()[u"staying"].toObject().value(u"hold"_s).toInt(), stays);
    QCOMPARE(whole(*place), 2 + stays);
}

/// A batch that its supplier withdraws years later is found all the same.
void HoldTest::aRecallAfterwards()
{
    const auto place = station(u"recall"_s);
    QCOMPARE(archive(*place, u"january.zip"_s).exit, 0);
    const QString gone = place->passed(2).device.serial;
    const QString here = place->passed(6).device.serial;
    QFile list(place->path(u"batch.csv"_s));
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write(u"serial\n%1\n%2\n"_s.arg(gone, here).toUtf8());
    list.close();
    const Ran ran = runCli(QStringList{u"recall"_s, u"--ledger"_s, place->ledgerUrl(), u"--list"_s,
                               list.fileName(), u"--json"_s, u"--out"_s, place->path(u"out"_s)}
        + place->signer(u"line"_s));
    QVERIFY2(ran.exit == 1, ran.said());
    QFile out(place->path(u"out"_s));
    QVERIFY(out.open(QIODevice::ReadOnly));
    const QByteArray said = out.readAll();
    QVERIFY2(said.contains(gone.toUtf8()) && said.contains(here.toUtf8()), said);
    // By what only a body says it cannot be judged, and that is said.
    const Ran issuer =
        runCli(QStringList{u"recall"_s, u"--ledger"_s, place->ledgerUrl(), u"--issuer"_s,
                   u"CN=nobody"_s, u"--json"_s, u"--out"_s, place->path(u"issuer"_s)}
            + place->signer(u"line"_s));
    QVERIFY2(issuer.err.contains("5 examinations are not judged"), issuer.said());
}

/// What was proven stays proven: no TPM is asked again.
void HoldTest::aRunAfterwards()
{
    const support::StandIn service(m_workplace.path(u"service"_s));
    const auto place = station(u"run"_s);
    place->writeStation("line1-a", &service);
    QCOMPARE(archive(*place, u"january.zip"_s).exit, 0);
    const QString serial = place->passed(2).device.serial;
    const Ran ran = runCli({u"run"_s, u"--station"_s, place->path(u"station.toml"_s),
                               u"--serials"_s, u"-"_s, u"--json"_s},
        serial.toUtf8() + '\n');
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().first()[u"serial"].toString(), serial);
    QCOMPARE(ran.json().first()[u"resumed"].toBool(), true);
    QCOMPARE(ran.json().first()[u"verdict"].toString(), u"pass"_s);
}

QTEST_GUILESS_MAIN(HoldTest)
#include "hold.moc"
