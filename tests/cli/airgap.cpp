// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerreader.h"
#include "tests/support/consignment.h"
#include "tests/support/program.h"
#include "tests/support/standin.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Consignment;
using support::Ran;
using support::runCli;

/// A factory and a customer with an air gap between them: a bundle one way, a receipt the other.
class AirGapTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aThousandUnits();
    void replayedAndAlteredReceipts();
    void bundlesThatAreNotTaken();
    void anOfficeImportsAndUploads();
    void trainingStaysOutside();
    void wrongUse();

private:
    static constexpr int units = 1000;
    static constexpr int unwanted = 7;

    [[nodiscard]] QString factory(const QString &name) const { return m_factory->path(name); }
    [[nodiscard]] QString office(const QString &name) const { return m_office->path(name); }
    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    [[nodiscard]] static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        file.open(QIODevice::ReadOnly);
        return file.readAll();
    }
    [[nodiscard]] Ran received(const QStringList &more = {}) const
    {
        return runCli(QStringList{u"receive"_s, office(u"bundle.zip"_s), u"--station"_s,
                          office(u"station.toml"_s), u"--policy"_s, office(u"policy.toml"_s),
                          u"--receipt"_s, office(u"receipt"_s), u"--json"_s}
            + m_office->signer(u"customer"_s) + more);
    }
    [[nodiscard]] Ran imported(const QString &receipt) const
    {
        return runCli({u"import"_s, receipt, u"--station"_s, factory(u"station.toml"_s),
            u"--signers"_s, factory(u"customer.pem"_s), u"--json"_s});
    }
    void carry(const QString &from, const QString &to) const
    {
        for (const QString &suffix : {u""_s, u".p7s"_s}) {
            QFile::remove(to + suffix);
            QVERIFY(QFile::copy(from + suffix, to + suffix));
        }
    }

    support::Workplace m_workplace;
    std::unique_ptr<support::StandIn> m_service;
    std::unique_ptr<Consignment> m_factory;
    std::unique_ptr<Consignment> m_office;
};

void AirGapTest::initTestCase()
{
    m_service = std::make_unique<support::StandIn>(m_workplace.path(u"service"_s));
    m_factory = std::make_unique<Consignment>(m_workplace.path(u"factory"_s));
    m_office = std::make_unique<Consignment>(m_workplace.path(u"office"_s));
    m_factory->writeStation("line1-a", nullptr);
    m_office->writeStation("office", m_service.get());
    m_factory->makeSigner(u"factory"_s);
    m_office->makeSigner(u"customer"_s);
    // What was exchanged once, by hand.
    QVERIFY(QFile::copy(factory(u"factory.pem"_s), office(u"factory.pem"_s)));
    QVERIFY(QFile::copy(office(u"customer.pem"_s), factory(u"customer.pem"_s)));
    write(office(u"policy.toml"_s),
        "schema = 1\nsigners = \"factory.pem\"\nvendors = [\"IFX\", \"STM\"]\n"
        "proofs = [\"challenge\"]\nleast = 1\nmost = 2000\n");
    m_factory->record(1, units - unwanted);
    for (int unit = units - unwanted + 1; unit <= units; ++unit) {
        auto proposal = m_factory->passed(unit);
        proposal.examination.properties->manufacturer = u"NTC"_s;
        m_factory->record(proposal);
    }
}

void AirGapTest::aThousandUnits()
{
    const Ran bundled =
        runCli(QStringList{u"export"_s, u"--station"_s, factory(u"station.toml"_s), u"--order"_s,
                   u"ORDER-1"_s, u"--format"_s, u"bundle"_s, u"--out"_s, factory(u"bundle.zip"_s)}
            + m_factory->signer(u"factory"_s));
    QVERIFY2(bundled.exit == 0, bundled.said());
    QVERIFY(QFile::copy(factory(u"bundle.zip"_s), office(u"bundle.zip"_s)));

    m_office->askWhoWorks();
    const Ran nobody = received();
    QVERIFY2(nobody.exit == 1 && nobody.err.contains("--by"), nobody.said());
    m_office->writeStation("office", m_service.get());
    const Ran ran = received();
    QVERIFY2(ran.exit == 1, ran.err + ran.out.right(500)); // seven were refused
    const QJsonObject sum = ran.json().last();
    QCOMPARE(sum[u"accepted"].toInt(), units - unwanted);
    QCOMPARE(sum[u"refused"].toInt(), unwanted);
    QCOMPARE(m_service
                 ->ask("GET",
                     u"/enrollments/"_s
                         + tpm::parseEndorsementKey(Consignment::keyOf(1))->registrationId())
                 .status,
        200);
    QCOMPARE(m_service
                 ->ask("GET",
                     u"/enrollments/"_s
                         + tpm::parseEndorsementKey(Consignment::keyOf(units))->registrationId())
                 .status,
        404);

    carry(office(u"receipt"_s), factory(u"receipt"_s));
    const Ran taken = imported(factory(u"receipt"_s));
    QVERIFY2(taken.exit == 1, taken.said());
    QCOMPARE(taken.json().first()[u"confirmed"].toInt(), units - unwanted);
    QCOMPARE(taken.json().first()[u"rejected"].toInt(), unwanted);
    auto ledger = station::LedgerReader::open(m_factory->place());
    const auto counts = ledger->count({});
    QCOMPARE(counts->confirmed, units - unwanted);
    QCOMPARE(counts->rejected, unwanted);
    const auto refused = ledger->entry({u"line1-a"_s, units});
    QCOMPARE(refused->deliveries.first().serviceText, u"a TPM of NTC is not wanted"_s);
    QVERIFY(!ledger->verifyChain(u"line1-a"_s)->firstBreak);
}

void AirGapTest::replayedAndAlteredReceipts()
{
    const Ran replayed = imported(factory(u"receipt"_s));
    QCOMPARE(replayed.exit, 1);
    QVERIFY2(replayed.err.contains("was imported before"), replayed.said());
    // One that turns a rejection into a confirmation.
    carry(office(u"receipt"_s), factory(u"altered"_s));
    write(factory(u"altered"_s),
        contentOf(factory(u"altered"_s)).replace("\"rejected\"", "\"confirmed\""));
    const Ran altered = imported(factory(u"altered"_s));
    QCOMPARE(altered.exit, 1);
    QVERIFY2(altered.err.contains("is not what was signed"), altered.said());
    // A stranger's, and one without a signature.
    m_factory->makeSigner(u"stranger"_s);
    const Ran stranger = runCli({u"import"_s, factory(u"receipt"_s), u"--station"_s,
        factory(u"station.toml"_s), u"--signers"_s, factory(u"stranger.pem"_s)});
    QCOMPARE(stranger.exit, 1);
    QVERIFY2(stranger.err.contains("its signer is unknown: CN=customer"), stranger.said());
    QFile::remove(factory(u"altered.p7s"_s));
    QCOMPARE(imported(factory(u"altered"_s)).exit, 2);
    // For another ledger the receipt means nothing, and none of it is taken.
    Consignment other(m_workplace.path(u"other"_s));
    other.writeStation("line1-a", nullptr);
    other.record(1, 3);
    const Ran foreign = runCli({u"import"_s, factory(u"receipt"_s), u"--station"_s,
        other.path(u"station.toml"_s), u"--signers"_s, factory(u"customer.pem"_s)});
    QCOMPARE(foreign.exit, 1);
    QVERIFY2(foreign.err.contains("has not handed over; nothing of it was taken"), foreign.said());
    QCOMPARE(station::LedgerReader::open(other.place())->count({})->pending, 3);
}

void AirGapTest::bundlesThatAreNotTaken()
{
    const QByteArray policy = contentOf(office(u"policy.toml"_s));
    const auto says = [this](const QByteArray &toml, const char *words) {
        write(office(u"policy.toml"_s), toml);
        QFile::remove(office(u"receipt"_s));
        const Ran ran = received();
        QVERIFY2(ran.exit == 1 && ran.err.contains(words), ran.err);
        QVERIFY(!QFile::exists(office(u"receipt"_s)));
    };
    says(QByteArray(policy).replace("most = 2000", "most = 10"), "1 to 10 are wanted");
    says(QByteArray(policy).replace("factory.pem", "customer.pem"), "its signer is unknown");
    write(office(u"policy.toml"_s), "schema = 1\nsigners = \"factory.pem\"\nvendor = []\n");
    const Ran wrong = received();
    QCOMPARE(wrong.exit, 2);
    QVERIFY2(wrong.err.contains("policy.toml:3:1") && wrong.err.contains("vendors"), wrong.err);
    write(office(u"policy.toml"_s), policy);
}

void AirGapTest::anOfficeImportsAndUploads()
{
    // What a supplier sent as CSV goes the plain way: import, upload.
    Consignment maker(m_workplace.path(u"maker"_s));
    maker.record(5001, 5003);
    const Ran csv = runCli({u"export"_s, u"--ledger"_s, maker.ledgerUrl(), u"--format"_s, u"csv"_s,
        u"--out"_s, office(u"devices.csv"_s)});
    QCOMPARE(csv.exit, 0);
    const QStringList import{
        u"import"_s, office(u"devices.csv"_s), u"--station"_s, office(u"station.toml"_s)};
    const Ran dry = runCli(import + QStringList{u"--dry-run"_s});
    QVERIFY2(dry.exit == 0 && dry.out.contains("3 accepted, 0 repaired, 0 refused"), dry.said());
    const Ran taken = runCli(import);
    QVERIFY2(taken.exit == 0, taken.said());
    QCOMPARE(runCli(import).exit, 0); // the same again is known, and nothing is doubled
    auto ledger = station::LedgerReader::open(m_office->place());
    QCOMPARE(ledger->count({})->pending, 3);
    const Ran upload = runCli({u"upload"_s, u"--station"_s, office(u"station.toml"_s)});
    QVERIFY2(upload.exit == 0, upload.said());
    QCOMPARE(ledger->count({})->pending, 0);
    QCOMPARE(ledger->count({})->confirmed, units - unwanted + 3);
    // Another key under an id that is in use.
    const QByteArray key = QByteArray(Consignment::keyOf(5001)).toBase64();
    write(office(u"taken.csv"_s),
        contentOf(office(u"devices.csv"_s))
            .replace(key, Consignment::keyOf(6001).toBase64())
            .replace("ekSha256", "someSha256"));
    const Ran conflict =
        runCli({u"import"_s, office(u"taken.csv"_s), u"--station"_s, office(u"station.toml"_s)});
    QCOMPARE(conflict.exit, 1);
    QVERIFY2(conflict.out.contains("row 2: refused: another enrollment"), conflict.said());
}

void AirGapTest::trainingStaysOutside()
{
    Consignment training(m_workplace.path(u"training"_s), station::Purpose::Training);
    training.record(1, 2);
    const Ran csv = runCli({u"export"_s, u"--ledger"_s, training.ledgerUrl(), u"--format"_s,
        u"jsonl"_s, u"--out"_s, office(u"training.jsonl"_s)});
    QCOMPARE(csv.exit, 0);
    const Ran ran = runCli(
        {u"import"_s, office(u"training.jsonl"_s), u"--station"_s, office(u"station.toml"_s)});
    QCOMPARE(ran.exit, 2);
    QVERIFY2(ran.err.contains("devices for training"), ran.said());
}

void AirGapTest::wrongUse()
{
    QCOMPARE(runCli({u"import"_s}).exit, 2);
    QCOMPARE(runCli({u"receive"_s, u"x"_s}).exit, 2);
    const QString station = office(u"station.toml"_s);
    const Ran bundle = runCli({u"import"_s, office(u"bundle.zip"_s), u"--station"_s, station});
    QVERIFY2(bundle.exit == 2 && bundle.err.contains("--signers FILE"), bundle.said());
    const Ran service = runCli({u"import"_s, office(u"devices.csv"_s), u"--station"_s, station,
        u"--service"_s, u"other"_s});
    QVERIFY2(service.exit == 2 && service.err.contains("no service \"other\""), service.said());
    support::Cli piped({u"import"_s, u"/dev/stdin"_s, u"--station"_s, station});
    piped.write(contentOf(office(u"devices.csv"_s)));
    piped.closeInput();
    const Ran pipe = piped.wait();
    QVERIFY2(pipe.exit == 2 && pipe.err.contains("is a pipe"), pipe.said());
}

QTEST_GUILESS_MAIN(AirGapTest)
#include "airgap.moc"
