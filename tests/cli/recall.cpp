// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/consignment.h"
#include "tests/support/maker.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"
#include "tpm/anchors.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Maker;
using support::Ran;
using support::runCli;

/// What turns out bad later is found in what was stored, without a device.
class RecallTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void anAdvisory();
    void aTableOfTheirOwn();
    void anIssuerAndThoseBelow();
    void aWithdrawnBatch();
    void theListIsSigned();
    void whatIsAskedWrong_data();
    void whatIsAskedWrong();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_place->path(name); }
    [[nodiscard]] Ran recall(const QStringList &what) const
    {
        return runCli(
            QStringList{u"recall"_s, u"--ledger"_s, m_place->ledgerUrl(), u"--json"_s} + what);
    }
    [[nodiscard]] static QStringList serialsIn(const Ran &ran)
    {
        QStringList serials;
        for (const QJsonObject &line : ran.json())
            if (line.contains(u"serial"))
                serials.append(line[u"serial"].toString());
        return serials;
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    /// A device with a firmware, a vendor's model, and a certificate of somebody.
    void record(int number, quint32 firmware, const QString &model, const Maker &maker) const
    {
        auto proposal = m_place->passed(number);
        proposal.device.customer = number < 4 ? u"ACME"_s : u"Globex"_s;
        proposal.device.order = number < 4 ? u"ORDER-1"_s : u"ORDER-2"_s;
        proposal.examination.properties->firmware1 = firmware;
        proposal.examination.properties->vendorString = model;
        proposal.examination.certificates = {{.nvIndex = 0x01c00002,
            .der = maker.certify(Consignment::keyOf(number)),
            .keyMatches = true}};
        m_place->record(proposal);
    }

    support::Workplace m_workplace;
    std::unique_ptr<Consignment> m_place;
    Maker m_good{"good maker"};
    Maker m_bad{"bad maker"};
};

void RecallTest::initTestCase()
{
    m_place = std::make_unique<Consignment>(m_workplace.path(u"station"_s));
    m_place->makeSigner(u"factory"_s);
    constexpr quint32 weak = 0x00040020; // 4.32: ROCA
    constexpr quint32 mended = 0x00070055; // 7.85
    record(1, weak, u"SLB9665"_s, m_good);
    record(2, mended, u"SLB9665"_s, m_bad);
    record(3, weak, u"SLB9665"_s, m_good);
    record(4, weak, u"SLB9670"_s, m_good);
    record(5, mended, u"SLB9670"_s, m_bad);
    record(3, mended, u"SLB9665"_s, m_good); // its firmware was updated, and it was tested again
}

void RecallTest::anAdvisory()
{
    const Ran ran = recall({u"--advisory"_s, u"CVE-2017-15361"_s});
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(serialsIn(ran), (QStringList{u"00000001"_s, u"00000004"_s}));
    const QJsonObject first = ran.json().first();
    QCOMPARE(first[u"customer"].toString(), u"ACME"_s);
    QCOMPARE(first[u"order"].toString(), u"ORDER-1"_s);
    QCOMPARE(first[u"binding"].toString(), u"active"_s);
    QCOMPARE(first[u"delivery"].toString(), u"pending"_s);
    QCOMPARE(first[u"disposition"].toString(), u"released"_s);
    const QJsonObject sum = ran.json().last();
    QCOMPARE(sum[u"examined"].toInt(), 6);
    QCOMPARE(sum[u"affected"].toInt(), 2);
    QCOMPARE(sum[u"undecided"].toInt(), 0);
    QCOMPARE(sum[u"groups"].toArray().size(), 2);
    QCOMPARE(sum[u"groups"][1][u"customer"].toString(), u"Globex"_s);
    QCOMPARE(sum[u"groups"][1][u"units"].toInt(), 1);
}

void RecallTest::aTableOfTheirOwn()
{
    write(u"new.json"_s,
        R"([{"id": "CVE-2030-1", "manufacturer": "IFX", "models": ["SLB9670"], "affected": ["7.85"],
             "fixed": ["7.86-"], "source": "a letter"}])");
    const Ran ran =
        recall({u"--advisories"_s, at(u"new.json"_s), u"--advisory"_s, u"CVE-2030-1"_s});
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(serialsIn(ran), QStringList{u"00000005"_s});
    QCOMPARE(ran.json().last()[u"undecided"].toInt(), 1); // nothing is written of 4.32
    QVERIFY(ran.err.contains("1 examinations are not judged"));
}

void RecallTest::anIssuerAndThoseBelow()
{
    const Ran ran = recall({u"--issuer"_s, u"CN=bad maker issuer"_s});
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(serialsIn(ran), (QStringList{u"00000002"_s, u"00000005"_s}));

    // The root store knows who stands between the root and the certificates.
    write(u"roots.pem"_s, m_bad.pem() + m_good.pem());
    write(u"station.toml"_s,
        "schema = 1\n[station]\nid = \"line1-a\"\npurpose = \"production\"\n[ledger]\n"
        "url = \"sqlite:ledger.db\"\n[line]\nplan = \"production\"\n"
        "[trust]\nroots = \"roots.pem\"\n[[slot]]\nname = \"1\"\ntarget = "
        "\"device:/dev/tpmrm0\"\n");
    const Ran below = runCli({u"recall"_s, u"--station"_s, at(u"station.toml"_s), u"--json"_s,
        u"--issuer"_s, u"CN=bad maker root"_s});
    QVERIFY2(below.exit == 1, below.said());
    QCOMPARE(serialsIn(below), (QStringList{u"00000002"_s, u"00000005"_s}));

    const Ran nobody = recall({u"--issuer"_s, u"CN=somebody else"_s});
    QVERIFY2(nobody.exit == 0, nobody.said());
    QCOMPARE(serialsIn(nobody), QStringList());
}

void RecallTest::aWithdrawnBatch()
{
    const auto key = tpm::parseEndorsementKey(Consignment::keyOf(5));
    write(u"keys.csv"_s, "ek_sha256\n" + key->sha256().toHex() + '\n');
    QCOMPARE(serialsIn(recall({u"--list"_s, at(u"keys.csv"_s)})), QStringList{u"00000005"_s});

    write(u"serials.csv"_s, "serial\n00000003\n00000099\n");
    const Ran ran = recall({u"--list"_s, at(u"serials.csv"_s)});
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(serialsIn(ran), QStringList{u"00000003"_s}); // once, though it was tested twice
}

void RecallTest::theListIsSigned()
{
    const QStringList what{u"--advisory"_s, u"CVE-2017-15361"_s, u"--out"_s, at(u"recall.jsonl"_s)};
    const Ran without = recall(what);
    QVERIFY2(without.exit == 2 && without.err.contains("--key"), without.said());
    QVERIFY(!QFile::exists(at(u"recall.jsonl"_s)));

    const Ran ran = recall(what + m_place->signer(u"factory"_s));
    QVERIFY2(ran.exit == 1, ran.said());
    QFile list(at(u"recall.jsonl"_s));
    QVERIFY(list.open(QIODevice::ReadOnly));
    const QByteArray text = list.readAll();
    QCOMPARE(text.count('\n'), 4);
    QVERIFY(text.startsWith("{") && text.contains("CVE-2017-15361"));
    const QStringList check{u"cms"_s, u"-verify"_s, u"-binary"_s, u"-inform"_s, u"PEM"_s, u"-in"_s,
        at(u"recall.jsonl.p7s"_s), u"-content"_s, at(u"recall.jsonl"_s), u"-CAfile"_s,
        at(u"factory.pem"_s), u"-purpose"_s, u"any"_s, u"-out"_s, u"/dev/null"_s};
    const Ran good = support::run(u"openssl"_s, check);
    QVERIFY2(good.exit == 0, good.said());
    write(u"recall.jsonl"_s, QByteArray(text).replace("00000004", "00000002"));
    QVERIFY(support::run(u"openssl"_s, check).exit != 0);
}

void RecallTest::whatIsAskedWrong_data()
{
    QTest::addColumn<QStringList>("what");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QByteArray>("said");
    write(u"broken.json"_s, "[{\"id\": 7}]");
    write(u"broken.csv"_s, "name\nsomething\n");
    QTest::newRow("nothing") << QStringList{} << 2 << QByteArray("needs one of");
    QTest::newRow("two things") << QStringList{u"--advisory"_s, u"x"_s, u"--list"_s, u"y"_s} << 2
                                << QByteArray("needs one of");
    QTest::newRow("a table alone") << QStringList{u"--list"_s, u"y"_s, u"--advisories"_s, u"x"_s}
                                   << 2 << QByteArray("goes with --advisory");
    QTest::newRow("an advisory that nobody wrote")
        << QStringList{u"--advisory"_s, u"CVE-1"_s} << 2 << QByteArray("no advisory CVE-1");
    QTest::newRow("a broken table") << QStringList{u"--advisory"_s, u"CVE-1"_s, u"--advisories"_s,
        at(u"broken.json"_s)} << 2 << QByteArray("a row without id");
    QTest::newRow("an issuer without a name")
        << QStringList{u"--issuer"_s, u" "_s} << 2 << QByteArray("without a name");
    QTest::newRow("a list that is not there")
        << QStringList{u"--list"_s, at(u"no.csv"_s)} << 2 << QByteArray("no.csv");
    QTest::newRow("a list of something else")
        << QStringList{u"--list"_s, at(u"broken.csv"_s)} << 2 << QByteArray("broken.csv");
}

void RecallTest::whatIsAskedWrong()
{
    QFETCH(QStringList, what);
    QFETCH(int, exit);
    QFETCH(QByteArray, said);
    const Ran ran = recall(what);
    QVERIFY2(ran.exit == exit && ran.err.contains(said), ran.said());
    QVERIFY(ran.out.isEmpty());
}

QTEST_GUILESS_MAIN(RecallTest)
#include "recall.moc"
