// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/standin.h"
#include "tests/support/workplace.h"

#include <QTest>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;
using support::runCli;

/// One line, two customers, and a service for each.
class RoutesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void eachCustomersDevicesLandAtTheirService();
    void aRetestStaysWhereItWas();
    void aServiceThatNobodyKnowsIsNamed();

private:
    /// The devices that the second customer's service holds.
    [[nodiscard]] QByteArray atAcme() const
    {
        const auto said = m_acme->ask(
            "POST", u"/enrollments/query"_s, R"({"query":"SELECT * FROM enrollments"})");
        return said.status == 200 ? said.body : "no answer";
    }
    [[nodiscard]] QStringList station() const { return {u"--station"_s, m_place->station()}; }

    support::Workplace m_workplace;
    std::unique_ptr<support::StandIn> m_acme;
    std::unique_ptr<LinePlace> m_place;
};

void RoutesTest::initTestCase()
{
    m_acme = std::make_unique<support::StandIn>(m_workplace.path(u"acme"_s));
    m_place = std::make_unique<LinePlace>(2, m_workplace.path(u"line"_s));
    m_place->write(u"admit.sh"_s,
        "read line\ncase $line in *ACME*) customer=ACME;; *) customer=Other;; esac\n"
        "echo '{\"allow\":true,\"customer\":\"'$customer'\"}'\n");
    m_place->edit(u"station.toml"_s, u"[line]"_s,
        u"[admit]\ncommand = [\"/bin/sh\", \"%1\"]\n\n[line]"_s.arg(m_place->path(u"admit.sh"_s)));
    m_place->edit(u"station.toml"_s, u"[service.main]"_s,
        u"[service.acme]\nurl = \"%1\"\nid_scope = \"%2\"\ncredential = \"file:%3\"\nca = \"%4\"\n"
        "test = true\n\n[service.main]"_s.arg(m_acme->url().toString(), m_acme->idScope(),
            m_acme->credentialFile(), m_acme->caFile()));
    m_place->usePlan(u"[enroll.tags]"_s,
        u"[[enroll.route]]\ncustomer = \"ACME\"\nservice = \"acme\"\n\n[enroll.tags]"_s);
}

void RoutesTest::eachCustomersDevicesLandAtTheirService()
{
    const Ran ran = m_place->run({u"ACME-1"_s, u"OTHER-1"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().last()[u"confirmed"].toInt(), 2);
    QCOMPARE(m_place->enrolled().size(), 1);
    const QByteArray acme = atAcme();
    QVERIFY2(acme.contains("\"ACME-1\"") && !acme.contains("OTHER"), acme);

    // All else that speaks to services knows of both.
    const Ran upload = runCli(QStringList{u"upload"_s, u"--json"_s} + station());
    QVERIFY2(upload.exit == 0, upload.said());
    QMap<QString, int> confirmed;
    for (const QJsonObject &one : upload.json())
        confirmed[one[u"service"].toString()] = one[u"confirmed"].toInt();
    QCOMPARE(confirmed, (QMap<QString, int>{{u"acme"_s, 1}, {u"main"_s, 1}}));
    const Ran doctor = runCli(QStringList{u"doctor"_s} + station());
    QVERIFY2(
        doctor.out.contains("service acme") && doctor.out.contains("service main"), doctor.said());
    const Ran reconciled =
        runCli(QStringList{u"reconcile"_s, u"--service"_s, u"acme"_s} + station());
    QVERIFY2(reconciled.exit == 0 && reconciled.out.contains("1 agree"), reconciled.said());
    const Ran unsaid = runCli(QStringList{u"reconcile"_s} + station());
    QVERIFY2(unsaid.exit == 2 && unsaid.err.contains("acme, main"), unsaid.said());
}

void RoutesTest::aRetestStaysWhereItWas()
{
    const QString off = u"[deliver]\nautomatic = false\n\n[service.main]"_s;
    m_place->edit(u"station.toml"_s, u"[service.main]"_s, off);
    const Ran ran = m_place->run({u"ACME-1"_s}, {u"--again"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    m_place->edit(u"station.toml"_s, off, u"[service.main]"_s);
    const Ran upload = runCli(QStringList{u"upload"_s} + station());
    QVERIFY2(upload.exit == 0, upload.said());
    QCOMPARE(m_place->enrolled().size(), 1);
    QCOMPARE(atAcme().count("\"ACME-1\""), 1);
}

void RoutesTest::aServiceThatNobodyKnowsIsNamed()
{
    m_place->edit(u"plan.toml"_s, u"service = \"acme\""_s, u"service = \"nowhere\""_s);
    const Ran ran = m_place->run({u"ACME-2"_s});
    QCOMPARE(ran.exit, 2);
    QVERIFY2(ran.err.contains("service \"nowhere\" (its [[enroll.route]] number 1)"), ran.said());
    const Ran check =
        runCli(QStringList{u"plan"_s, u"check"_s, m_place->path(u"plan.toml"_s)} + station());
    QVERIFY2(check.exit == 1 && check.err.contains("add [service.nowhere]"), check.said());
}

QTEST_GUILESS_MAIN(RoutesTest)
#include "routes.moc"
