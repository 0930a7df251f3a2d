// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/workshop.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace workshop;

namespace {

Secret secretOf(const char *text)
{
    return Secret(QByteArrayView(text));
}

bool refused(const auto &result, const char *why)
{
    const bool is = !result && result.error().fault == Fault::Refused
        && result.error().detail.contains(QLatin1String(why));
    if (!is)
        qWarning("%s", result ? "was allowed" : qPrintable(result.error().detail));
    return is;
}

} // namespace

/// Who somebody is, what they may do, and that both stand in the chain.
class LoginTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPinAndABadgeSayWhoItIs_data() { shopfloor::engines(); }
    void aPinAndABadgeSayWhoItIs();
    void wrongPinsLockForFiveMinutes_data() { shopfloor::engines(); }
    void wrongPinsLockForFiveMinutes();
    void rolesMayWhatTheyMay_data();
    void rolesMayWhatTheyMay();
    void nobodyDoesAnythingUnnamed();
    void onlyAdministratorsChangePeople();
    void anEmptyOrEndlessSecretIsRefused_data();
    void anEmptyOrEndlessSecretIsRefused();
    void nothingOfASecretIsInTheLedger();

private:
    /// A ledger that asks, its people: an administrator Ada with a PIN, and one more of that role.
    [[nodiscard]] LedgerPlace asking(const QString &engine)
    {
        LedgerPlace place = m_places.fresh(engine);
        place.needsLogin = true;
        return place;
    }
    static QString add(Store &store, const QString &name, const QString &role, const char *pin)
    {
        const auto id = store.changePerson({.person = {},
            .name = name,
            .role = role,
            .pin = secretOf(pin),
            .by = name == u"Ada" ? QString() : u"Ada"_s});
        if (!id)
            qWarning("%s", qPrintable(id.error().detail));
        return id.value_or(QString());
    }
    static QJsonObject lastBody(const LedgerPlace &place)
    {
        auto reader = readerOf(place);
        const qint64 last = reader.verifyChain(place.stationId)->entries;
        return QJsonDocument::fromJson(reader.entry({place.stationId, last})->entry.body).object();
    }

    Places m_places;
};

void LoginTest::aPinAndABadgeSayWhoItIs()
{
    QFETCH(const QString, engine);
    const LedgerPlace place = asking(engine);
    const auto store = std::move(*Store::open(place));
    const QString ada = add(*store, u"Ada"_s, u"administrator"_s, "24680");
    const QString ben = add(*store, u"Ben"_s, u"operator"_s, "1357");
    QVERIFY(store->changePerson(
        {.person = u"Ben"_s, .name = {}, .badge = secretOf("B0000042"), .by = ada}));
    const auto byPin = store->logIn({.person = u"Ben"_s, .secret = secretOf("1357")});
    QVERIFY(byPin && byPin->id == ben && byPin->name == u"Ben"_s && byPin->role == u"operator"_s);
    QCOMPARE(lastBody(place)[u"action"_s].toString(), u"login"_s);
    QCOMPARE(lastBody(place)[u"people"_s].toArray(), QJsonArray{ben});
    const auto byBadge = store->logIn({.person = {}, .secret = secretOf("B0000042")});
    QVERIFY(byBadge && byBadge->id == ben && byBadge->hasBadge);
    QCOMPARE(lastBody(place)[u"with"_s].toString(), u"badge"_s);
    // A badge is no PIN, and a PIN no badge.
    QVERIFY(refused(store->logIn({.person = {}, .secret = secretOf("1357")}), "nobody has"));
    QVERIFY(refused(
        store->logIn({.person = u"Ben"_s, .secret = secretOf("B0000042")}), "the PIN is wrong"));
    QCOMPARE(lastBody(place)[u"action"_s].toString(), u"login-refused"_s);
    QCOMPARE(lastBody(place)[u"person"_s].toString(), ben);
    QVERIFY(refused(store->logIn({.person = u"Eve"_s, .secret = secretOf("1357")}), "nobody has"));
    QVERIFY(refused(store->changePerson(
                        {.person = u"Ada"_s, .name = {}, .badge = secretOf("B0000042"), .by = ada}),
        "somebody else has this badge"));
    // Taken away, neither lets anybody in.
    QVERIFY(store->changePerson(
        {.person = ben, .name = {}, .pin = Secret(), .badge = Secret(), .by = ada}));
    QVERIFY(refused(store->logIn({.person = {}, .secret = secretOf("B0000042")}), "nobody has"));
    QVERIFY(!store->logIn({.person = ben, .secret = secretOf("1357")}));
    QVERIFY(!store->logIn({.person = ben, .secret = Secret()}));
    QVERIFY(!store->logIn({.person = {}, .secret = Secret()}));
    const auto people = store->people();
    QVERIFY(people && people->size() == 2 && people->last().name == u"Ben"_s);
    QVERIFY(people->first().hasPin && !people->last().hasPin && !people->last().hasBadge);
}

void LoginTest::wrongPinsLockForFiveMinutes()
{
    QFETCH(const QString, engine);
    const LedgerPlace place = asking(engine);
    const auto store = std::move(*Store::open(place));
    const QString ada = add(*store, u"Ada"_s, u"administrator"_s, "24680");
    const QString ben = add(*store, u"Ben"_s, u"operator"_s, "1357");
    const LogIn wrong{.person = ben, .secret = secretOf("9999")};
    const LogIn right{.person = ben, .secret = secretOf("1357")};
    for (int tries = 1; tries <= 4; ++tries)
        QVERIFY(refused(store->logIn(wrong), "more tries"));
    QVERIFY(store->logIn(right)); // which forgets what was wrong before
    for (int tries = 1; tries <= 4; ++tries)
        QVERIFY(refused(store->logIn(wrong), "more tries"));
    QVERIFY(refused(store->logIn(wrong), "locked"));
    QCOMPARE(lastBody(place)[u"why"_s].toString(), u"locked"_s);
    QVERIFY(refused(store->logIn(right), "locked"));
    QVERIFY(store->logIn({.person = ada, .secret = secretOf("24680")})); // others are not
    m_places.watch.add(4 * 60);
    QVERIFY(refused(store->logIn(right), "locked"));
    m_places.watch.add(61);
    QVERIFY(refused(store->logIn(wrong), "locked")); // the sixth locks again at once
    QVERIFY(store->changePerson({.person = ben, .name = {}, .unlocks = true, .by = ada}));
    QVERIFY(store->logIn(right));
}

void LoginTest::rolesMayWhatTheyMay_data()
{
    using enum Right;
    QTest::addColumn<QString>("role");
    QTest::addColumn<QList<Right>>("rights");
    const QList<Right> technician{Examine, Rework, WorkOrders};
    const QList<Right> qa = technician + QList{Release, HandOver};
    QTest::newRow("operator") << u"operator"_s << QList{Examine};
    QTest::newRow("a word of a plan") << u"repair"_s << QList{Examine};
    QTest::newRow("technician") << u"technician"_s << technician;
    QTest::newRow("qa") << u"qa"_s << qa;
    QTest::newRow("administrator") << u"administrator"_s << qa + QList{Configure};
}

void LoginTest::rolesMayWhatTheyMay()
{
    using enum Right;
    QFETCH(const QString, role);
    QFETCH(const QList<Right>, rights);
    for (const Right right : {Examine, Rework, WorkOrders, Release, HandOver, Configure})
        QCOMPARE(may(roleOf(role), right), rights.contains(right));
    // As the ledger decides it.
    const LedgerPlace place = asking(u"sqlite"_s);
    const auto store = std::move(*Store::open(place));
    QVERIFY(!add(*store, u"Ada"_s, u"administrator"_s, "24680").isEmpty());
    QVERIFY(!add(*store, u"Ben"_s, role, "1357").isEmpty());
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    const auto does = [&](UnitEvent event) {
        UnitDeed deed{.event = event, .serial = u"A"_s, .reason = u"test"_s};
        deed.work = u"reflow"_s;
        deed.people = {u"Ben"_s};
        const auto done = store->carryOut(deed, {});
        return done || !done.error().detail.startsWith(u"right:"_s);
    };
    QVERIFY(does(UnitEvent::Ship));
    QCOMPARE(does(UnitEvent::Repair), rights.contains(Rework));
    QCOMPARE(does(UnitEvent::Retest), rights.contains(Rework));
    QCOMPARE(does(UnitEvent::Return), rights.contains(Rework));
    QCOMPARE(does(UnitEvent::Scrap), rights.contains(Release));
    const station::Order order{.ref = u"4711"_s,
        .customer = u"ACME"_s,
        .product = u"gateway"_s,
        .quantity = 1,
        .plan = u"production"_s,
        .service = u"main"_s};
    QCOMPARE(store->openOrder(order, {u"Ben"_s}).has_value(), rights.contains(WorkOrders));
    QCOMPARE(store->release({.order = u"4711"_s, .serial = {}, .people = {u"Ben"_s}}).has_value(),
        rights.contains(Release));
    QCOMPARE(store->changePerson({.person = u"Ben"_s, .name = {}, .role = u"qa"_s, .by = u"Ben"_s})
                 .has_value(),
        rights.contains(Configure));
}

void LoginTest::nobodyDoesAnythingUnnamed()
{
    const LedgerPlace place = asking(u"sqlite"_s);
    const auto store = std::move(*Store::open(place));
    QVERIFY(!add(*store, u"Ada"_s, u"administrator"_s, "24680").isEmpty());
    QVERIFY(store->record(passOf(u"A"_s, 1)));
    const UnitDeed deed{.event = UnitEvent::Scrap, .serial = u"A"_s, .reason = u"cracked"_s};
    QVERIFY(refused(store->carryOut(deed, {}), "who does this"));
    QVERIFY(refused(store->release({.order = u"4711"_s, .serial = {}}), "who does this"));
    QVERIFY(refused(store->closeOrder(u"4711"_s), "who does this"));
    QCOMPARE(standing(*store, u"A"_s), Disposition::Released);
    // Both who stand by it must be allowed to.
    QVERIFY(!add(*store, u"Ben"_s, u"operator"_s, "1357").isEmpty());
    UnitDeed both = deed;
    both.people = {u"Ada"_s, u"Ben"_s};
    QVERIFY(refused(store->carryOut(both, {.persons = 2}), "Ben may not do this"));
}

void LoginTest::onlyAdministratorsChangePeople()
{
    const LedgerPlace place = asking(u"sqlite"_s);
    const auto store = std::move(*Store::open(place));
    // Until there is somebody who could be asked, nobody is.
    const QString ada = add(*store, u"Ada"_s, u"administrator"_s, "24680");
    QVERIFY(refused(store->addPerson(u"Eve"_s, u"administrator"_s), "who does this"));
    QVERIFY(refused(store->erasePerson(ada), "who does this"));
    const QString ben = add(*store, u"Ben"_s, u"qa"_s, "1357");
    QVERIFY(refused(store->erasePerson(ada, ben), "Ben may not do this"));
    // The last one who can log in stays.
    QVERIFY(refused(store->erasePerson(ada, ada), "last administrator"));
    QVERIFY(refused(
        store->changePerson({.person = ada, .name = {}, .role = u"qa"_s, .by = ada}), "last"));
    QVERIFY(refused(
        store->changePerson({.person = ada, .name = {}, .pin = Secret(), .by = ada}), "last"));
    QVERIFY(store->logIn({.person = ada, .secret = secretOf("24680")}));
    QVERIFY(
        store->changePerson({.person = ben, .name = {}, .role = u"administrator"_s, .by = ada}));
    QVERIFY(store->erasePerson(ada, ben));
    QVERIFY(refused(store->logIn({.person = ada, .secret = secretOf("24680")}), "nobody has"));
    QCOMPARE(lastBody(place)[u"action"_s].toString(), u"login-refused"_s);
}

void LoginTest::anEmptyOrEndlessSecretIsRefused_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("three digits") << QByteArray("123");
    QTest::newRow("sixty-five") << QByteArray(65, '7');
}

void LoginTest::anEmptyOrEndlessSecretIsRefused()
{
    QFETCH(const QByteArray, secret);
    const auto store = std::move(*Store::open(asking(u"sqlite"_s)));
    QVERIFY(refused(store->changePerson(
                        {.person = {}, .name = u"Ann"_s, .role = u"qa"_s, .pin = Secret(secret)}),
        "4 to 64"));
    QVERIFY(refused(store->changePerson(
                        {.person = {}, .name = u"Ann"_s, .role = u"qa"_s, .badge = Secret(secret)}),
        "4 to 64"));
    QVERIFY(store->people()->isEmpty());
}

/// Neither in rows nor in entries; and a name that is erased takes its login along.
void LoginTest::nothingOfASecretIsInTheLedger()
{
    const LedgerPlace place = asking(u"sqlite"_s);
    {
        const auto store = std::move(*Store::open(place));
        QVERIFY(!add(*store, u"Ada"_s, u"administrator"_s, "PIN-24680").isEmpty());
        QVERIFY(store->changePerson(
            {.person = u"Ada"_s, .name = {}, .badge = secretOf("BADGE-77"), .by = u"Ada"_s}));
        QVERIFY(!store->logIn({.person = u"Ada"_s, .secret = secretOf("WRONG-PIN")}));
        QVERIFY(store->logIn({.person = {}, .secret = secretOf("BADGE-77")}));
    }
    const QDir folder(place.folder);
    for (const QString &name : folder.entryList(QDir::Files)) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray all = file.readAll();
        for (const char *secret : {"PIN-24680", "BADGE-77", "WRONG-PIN"})
            QVERIFY2(!all.contains(secret), qPrintable(name + u": "_s + QLatin1String(secret)));
    }
}

QTEST_GUILESS_MAIN(LoginTest)
#include "login.moc"
