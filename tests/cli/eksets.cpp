// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;
using support::runCli;

/// Two lines that tell each other their keys, as their people would.
class EkSetsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aCopyIsHeldOnBothLines();
    void whoImportsIsAsked();
    void strangersAreNotBelieved();
    void wrongUse();

private:
    /// A key and a certificate of a line, made as the manual says.
    void makeSigner(const QString &name) const
    {
        const Ran ran = support::run(u"openssl"_s,
            {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-days"_s, u"30"_s, u"-subj"_s,
                u"/CN="_s + name, u"-keyout"_s, at(name + u".key"_s), u"-out"_s,
                at(name + u".pem"_s)});
        QVERIFY2(ran.exit == 0, ran.said());
        QFile::setPermissions(at(name + u".key"_s), QFile::ReadOwner | QFile::WriteOwner);
    }
    [[nodiscard]] Ran exported(const LinePlace &line, const QString &name) const
    {
        return runCli({u"ekset"_s, u"export"_s, u"--station"_s, line.station(), u"--key"_s,
            at(name + u".key"_s), u"--certificate"_s, at(name + u".pem"_s), u"--out"_s,
            at(name + u".ekset"_s), u"--json"_s});
    }
    [[nodiscard]] Ran imported(const LinePlace &line, const QString &name) const
    {
        return runCli({u"ekset"_s, u"import"_s, u"--station"_s, line.station(), u"--json"_s,
            at(name + u".ekset"_s)});
    }
    [[nodiscard]] QString at(const QString &name) const { return m_workplace.path(name); }

    support::Workplace m_workplace;
    std::unique_ptr<LinePlace> m_one;
    std::unique_ptr<LinePlace> m_two;
};

void EkSetsTest::initTestCase()
{
    m_one = std::make_unique<LinePlace>(2, at(u"a"_s));
    m_two = std::make_unique<LinePlace>(1, at(u"b"_s));
    for (const auto &[place, name] : {std::pair{m_one.get(), u"one"_s}, {m_two.get(), u"two"_s}}) {
        place->edit(u"station.toml"_s, u"id = \"training\""_s, u"id = \"%1\""_s.arg(name));
        place->edit(u"station.toml"_s, u"[trust]\n"_s,
            u"[deliver]\nautomatic = false\n\n[trust]\nlines = \"%1\"\n"_s.arg(
                at(name == u"one" ? u"two.pem"_s : u"one.pem"_s)));
        makeSigner(name);
    }
}

void EkSetsTest::aCopyIsHeldOnBothLines()
{
    const Ran first = m_one->run({u"ONE-1"_s, u"ONE-2"_s});
    QVERIFY2(first.exit == 0, first.said());
    const Ran told = exported(*m_one, u"one"_s);
    QVERIFY2(told.exit == 0, told.said());
    QCOMPARE(told.json().last()[u"keys"].toInt(), 2);
    const Ran checked = support::run(u"openssl"_s,
        {u"cms"_s, u"-verify"_s, u"-binary"_s, u"-inform"_s, u"PEM"_s, u"-in"_s,
            at(u"one.ekset.p7s"_s), u"-content"_s, at(u"one.ekset"_s), u"-CAfile"_s,
            at(u"one.pem"_s), u"-out"_s, u"/dev/null"_s});
    QVERIFY2(checked.exit == 0, checked.said());

    // Line two meets the device that line one has in use, under another serial.
    const Ran known = imported(*m_two, u"one"_s);
    QVERIFY2(known.exit == 0, known.said());
    QCOMPARE(known.json().last()[u"signer"].toString(), u"CN=one"_s);
    QCOMPARE(known.json().last()[u"units"].toArray().size(), 0);
    const QString copy = u"COPY-1\t"_s + m_one->training().simulator().targets().first();
    QVERIFY(m_two->run({copy}).out.contains("issuer-unknown")); // it is not even of its maker
    const Ran trusted =
        runCli(QStringList{u"roots"_s, u"import"_s, u"--station"_s, m_two->station()}
            + station::Simulator::authorityOf(at(u"a/devices"_s)));
    QVERIFY2(trusted.exit == 0, trusted.said());
    const Ran met = m_two->run({copy});
    QCOMPARE(met.exit, 1);
    QVERIFY2(met.out.contains("duplicate-ek-elsewhere"), met.said());

    // And line one hears of it, later.
    QCOMPARE(exported(*m_two, u"two"_s).exit, 0);
    const Ran late = imported(*m_one, u"two"_s);
    QVERIFY2(late.exit == 1, late.said());
    const auto units = late.json().last()[u"units"].toArray();
    QCOMPARE(units.size(), 1);
    QCOMPARE(units.first()[u"serial"].toString(), u"ONE-1"_s);
    QCOMPARE(units.first()[u"held"].toInt(), 1);
    QVERIFY2(late.err.contains("ONE-1 is held: line two has its key too"), late.said());
    const Ran upload = runCli({u"upload"_s, u"--station"_s, m_one->station()});
    QVERIFY2(upload.exit == 0, upload.said());
    QCOMPARE(m_one->enrolled().size(), 1); // ONE-2, and not ONE-1
}

void EkSetsTest::whoImportsIsAsked()
{
    QCOMPARE(exported(*m_two, u"two"_s).exit, 0);
    const QString login = u"[login]\nrequired = true\n\n"_s;
    m_one->edit(u"station.toml"_s, u"[trust]\n"_s, login + u"[trust]\n"_s);
    const Ran nobody = imported(*m_one, u"two"_s);
    QVERIFY2(nobody.exit == 1 && nobody.err.contains("--by"), nobody.said());
    m_one->edit(u"station.toml"_s, login, {});
}

void EkSetsTest::strangersAreNotBelieved()
{
    makeSigner(u"stranger"_s);
    QCOMPARE(exported(*m_two, u"stranger"_s).exit, 0);
    const Ran stranger = imported(*m_one, u"stranger"_s);
    QCOMPARE(stranger.exit, 1);
    QVERIFY2(
        stranger.err.contains("is intact, its signer is unknown: CN=stranger"), stranger.said());
    QVERIFY(exported(*m_one, u"one"_s).exit == 0);
    QFile set(at(u"one.ekset"_s));
    QVERIFY(set.open(QIODevice::Append) && set.write("x") == 1);
    set.close();
    const Ran changed = imported(*m_two, u"one"_s);
    QCOMPARE(changed.exit, 1);
    QVERIFY2(changed.err.contains("is not what was signed"), changed.said());
    QVERIFY(changed.out.isEmpty());
}

void EkSetsTest::wrongUse()
{
    QCOMPARE(runCli({u"ekset"_s, u"export"_s, u"--station"_s, m_one->station()}).exit, 2);
    QCOMPARE(runCli({u"ekset"_s, u"import"_s, u"--station"_s, m_one->station()}).exit, 2);
    QCOMPARE(imported(*m_one, u"nowhere"_s).exit, 2);
    QFile::setPermissions(
        at(u"one.key"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup);
    const Ran open = exported(*m_one, u"one"_s);
    QCOMPARE(open.exit, 2);
    QVERIFY2(open.err.contains("chmod 600"), open.said());
}

QTEST_GUILESS_MAIN(EkSetsTest)
#include "eksets.moc"
