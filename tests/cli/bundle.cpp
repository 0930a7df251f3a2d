// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/roots.h"
#include "tests/support/consignment.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"
#include "upload/handover/inspect.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace upload::handover;
using support::Consignment;
using support::Ran;
using support::runCli;

/// Bundles: made, verified by two programs that know nothing of each other, and tampered with.
class BundleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void othersAreBareDigests();
    void twoVerifiersAgree_data();
    void twoVerifiersAgree();
    void anUnknownSigner();
    void everyByteCounts();
    void changedContentIsNamed_data();
    void changedContentIsNamed();
    void aZipsContentCounts();
    void trainingIsNoProduction();
    void aBrokenLedgerIsNotHandedOver();
    void wrongUse();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_place->path(name); }
    [[nodiscard]] Ran bundled(const QString &name, const QStringList &more = {}) const
    {
        return runCli(QStringList{u"export"_s, u"--ledger"_s, m_place->ledgerUrl(), u"--format"_s,
                          u"bundle"_s, u"--out"_s, at(name), u"--json"_s}
            + m_place->signer(u"factory"_s) + more);
    }
    [[nodiscard]] Ran verified(const QString &path, const QStringList &more = {}) const
    {
        return runCli(
            QStringList{u"verify"_s, path, u"--signers"_s, at(u"factory.pem"_s), u"--json"_s}
            + more);
    }
    [[nodiscard]] Ran independently(const QString &path) const
    {
        return support::run(u"python3"_s,
            {QStringLiteral(SOURCE_FOLDER "/tests/cli/verifier.py"), path, at(u"factory.pem"_s)});
    }
    [[nodiscard]] static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        file.open(QIODevice::ReadOnly);
        return file.readAll();
    }
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    /// In this process, because there are thousands of bytes.
    [[nodiscard]] Inspection inspected(const QString &path) const
    {
        const auto bundle = Container::open(path);
        const auto seen = bundle ? inspect(*bundle, m_signers, QDateTime::currentDateTimeUtc(), {})
                                 : std::unexpected(bundle.error());
        if (seen)
            return *seen;
        return {.mismatches = {seen.error().detail}, .mismatched = 1};
    }

    support::Workplace m_workplace;
    std::unique_ptr<Consignment> m_place;
    tpm::Anchors m_signers;
};

void BundleTest::initTestCase()
{
    m_place = std::make_unique<Consignment>(m_workplace.path(u"station"_s));
    m_place->record(1, 3);
    m_place->record(4, 5, u"ORDER-2"_s, u"somebody else"_s);
    m_place->record(6, 8);
    auto failed = m_place->passed(9);
    failed.examination.verdict = station::Verdict::Fail;
    failed.enrollment.reset();
    m_place->record(failed);
    m_place->record(10, 10, u"ORDER-2"_s, u"somebody else"_s);
    for (const QString &name : {u"factory"_s, u"stranger"_s})
        m_place->makeSigner(name);
    m_signers = *station::loadRoots(at(u"factory.pem"_s));
    for (const QString &name : {u"order"_s, u"order.zip"_s}) {
        const Ran ran = bundled(name, {u"--order"_s, u"ORDER-1"_s});
        QVERIFY2(ran.exit == 0, ran.said());
        const QJsonObject said = ran.json().first();
        QCOMPARE(said[u"enrollments"].toInt(), 6);
        QCOMPARE(said[u"whole"].toInt(), 7); // the one that failed as well
        QCOMPARE(said[u"bare"].toInt(), 2); // between them, and no more
    }
}

void BundleTest::othersAreBareDigests()
{
    const QByteArray records = contentOf(at(u"order/records.jsonl"_s));
    QCOMPARE(records.count('\n'), 9);
    QVERIFY(records.contains("00000003") && !records.contains("00000004"));
    QVERIFY(!records.contains("somebody else"));
    QVERIFY(Container::open(at(u"order"_s))
            ->names()
            .contains(u"plans/%1.toml"_s.arg(m_place->passed(1).planSha256)));
}

void BundleTest::twoVerifiersAgree_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("folder") << u"order"_s;
    QTest::newRow("zip") << u"order.zip"_s;
}

void BundleTest::twoVerifiersAgree()
{
    QFETCH(QString, name);
    const Ran ours = verified(at(name));
    QVERIFY2(ours.exit == 0, ours.said());
    const QJsonObject said = ours.json().first();
    QCOMPARE(said[u"purpose"].toString(), u"production"_s);
    QCOMPARE(said[u"signature"].toString(), u"good"_s);
    QCOMPARE(said[u"signer"].toString(), u"CN=factory"_s);
    QCOMPARE(said[u"enrollments"].toInt(), 6);
    QCOMPARE(said[u"entries"].toInt(), 9);
    QCOMPARE(said[u"whole"].toInt(), 7);
    const Ran theirs = independently(at(name));
    QVERIFY2(theirs.exit == 0, theirs.said());
}

void BundleTest::anUnknownSigner()
{
    const Ran nobody = runCli({u"verify"_s, at(u"order"_s)});
    QCOMPARE(nobody.exit, 1);
    QVERIFY2(nobody.out.contains("intact, signer unknown: CN=factory"), nobody.said());
    const Ran other = runCli({u"verify"_s, at(u"order"_s), u"--signers"_s, at(u"stranger.pem"_s)});
    QCOMPARE(other.exit, 1);
    QVERIFY2(other.out.contains("intact, signer unknown"), other.said());
}

void BundleTest::everyByteCounts()
{
    const auto bundle = Container::open(at(u"order"_s));
    for (const QString &name : bundle->names()) {
        const QString path = at(u"order/"_s + name);
        const QByteArray content = contentOf(path);
        // Every byte of what is small, and of the others as many as time allows.
        const qsizetype step = BYTE_STEP * (content.size() <= 4096 ? 1 : content.size() / 400);
        for (qsizetype at = 0; at < content.size(); at += step) {
            QByteArray changed = content;
            changed[at] = static_cast<char>(changed[at] ^ 0x01);
            write(path, changed);
            const Inspection seen = inspected(this->at(u"order"_s));
            const bool isNamed = !seen.isIntact() && seen.mismatches.first().contains(name);
            // A changed certificate is another signer's.
            const bool isStranger = seen.isIntact() && name == sealName
                && seen.seal.state == tpm::Seal::State::UnknownSigner;
            QVERIFY2(isNamed || isStranger,
                qPrintable(
                    u"%1, byte %2: %3"_s.arg(name).arg(at).arg(seen.mismatches.join(u'\n'))));
        }
        write(path, content);
    }
    QVERIFY(inspected(at(u"order"_s)).isIntact());
}

void BundleTest::changedContentIsNamed_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QString &file, const char *before,
                         const char *after, const char *says) {
        QTest::newRow(name) << file << QByteArray(before) << QByteArray(after)
                            << QString::fromUtf8(says);
    };
    row("another serial", rowsName.toString(), "\"serialNumber\":\"00000003\"",
        "\"serialNumber\":\"00000004\"",
        "enrollments.jsonl:3: serialNumber is \"00000004\", the entry says \"00000003\"");
    row("a device id that the enrollment lacks", rowsName.toString(),
        "\"deviceId\":\"dev-00000002\",\"e", "\"deviceId\":\"dev-00000009\",\"e",
        "enrollments.jsonl:2: the enrollment is for another deviceId");
    row("a failed device that passed", chainName.toString(), "\\\"verdict\\\":\\\"fail\\\"",
        "\\\"verdict\\\":\\\"pass\\\"", "the chain of station line1-a does not lead");
    row("an entry gone", chainName.toString(), "\"seq\":2,", "\"seq\":3,",
        "records.jsonl:2: entry line1-a/2 belongs here, and is missing");
    row("a cell", sheetName.toString(), "'00000006", "'00000007",
        "enrollments.csv:5: not what enrollments.jsonl:4 says");
    row("another number in the manifest", manifestName.toString(), "\"enrollments\": 6",
        "\"enrollments\": 5", "6 rows, the manifest says 5");
}

void BundleTest::changedContentIsNamed()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, says);
    const QString path = at(u"order/"_s + file);
    const QByteArray content = contentOf(path);
    QVERIFY(content.contains(before));
    write(path, QByteArray(content).replace(before, after));
    const Ran ran = verified(at(u"order"_s));
    const Ran theirs = independently(at(u"order"_s));
    write(path, content);
    QCOMPARE(ran.exit, 1);
    QVERIFY(!ran.json().first()[u"intact"].toBool());
    QStringList said;
    for (const QJsonValue &one : ran.json().first()[u"mismatches"].toArray())
        said.append(one.toString());
    QVERIFY2(said.join(u'\n').contains(says), qPrintable(said.join(u'\n')));
    QVERIFY2(theirs.exit == 1, theirs.said());
}

void BundleTest::aZipsContentCounts()
{
    // What surrounds the files in a .zip (times, attributes) is nobody's statement; all else is.
    const QByteArray content = contentOf(at(u"order.zip"_s));
    const QStringList names = Container::open(at(u"order.zip"_s))->names();
    int found = 0;
    const qsizetype step = content.size() / 600;
    for (qsizetype at = 0; at < content.size(); at += step) {
        QByteArray changed = content;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        write(this->at(u"changed.zip"_s), changed);
        const Inspection seen = inspected(this->at(u"changed.zip"_s));
        found += seen.isIntact() ? 0 : 1;
        if (!seen.isIntact())
            continue;
        QCOMPARE(Container::open(this->at(u"changed.zip"_s))->names(), names);
        QCOMPARE(seen.rows, 6);
    }
    QVERIFY2(found > 500, qPrintable(QString::number(found)));
    write(at(u"cut.zip"_s), content.chopped(100));
    QVERIFY(!inspected(at(u"cut.zip"_s)).isIntact());
}

void BundleTest::trainingIsNoProduction()
{
    Consignment training(m_workplace.path(u"training"_s), station::Purpose::Training);
    training.record(1, 2);
    training.makeSigner(u"trainer"_s);
    const Ran made = runCli(QStringList{u"export"_s, u"--ledger"_s, training.ledgerUrl(),
                                u"--format"_s, u"bundle"_s, u"--out"_s, training.path(u"b"_s)}
        + training.signer(u"trainer"_s));
    QVERIFY2(made.exit == 0, made.said());
    const QStringList verify{
        u"verify"_s, training.path(u"b"_s), u"--signers"_s, training.path(u"trainer.pem"_s)};
    const Ran plain = runCli(verify);
    QCOMPARE(plain.exit, 1);
    QVERIFY2(plain.err.contains("no device of it is proven"), plain.said());
    QVERIFY2(plain.out.startsWith("training: intact"), plain.said());
    QCOMPARE(runCli(verify + QStringList{u"--training"_s}).exit, 0);
    // And a production bundle is no training.
    QCOMPARE(verified(at(u"order"_s), {u"--training"_s}).exit, 1);
}

void BundleTest::aBrokenLedgerIsNotHandedOver()
{
    Consignment other(m_workplace.path(u"broken"_s));
    other.record(1, 4);
    other.makeSigner(u"factory"_s);
    const auto database = station::Database::open(
        *station::parseDatabasePlace(other.place().url, other.place().folder),
        station::Database::Access::ReadWrite);
    QVERIFY((*database)->change(u"UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), "
                                u"'00000002', '00000009') AS BLOB) "
                                "WHERE seq = 2"_s));
    const Ran ran = runCli(QStringList{u"export"_s, u"--ledger"_s, other.ledgerUrl(), u"--format"_s,
                               u"bundle"_s, u"--out"_s, other.path(u"b"_s)}
        + other.signer(u"factory"_s));
    QCOMPARE(ran.exit, 3);
    QVERIFY2(ran.err.contains("chain of station line1-a is broken at entry 2"), ran.said());
    QVERIFY(!QFile::exists(other.path(u"b"_s)));
    // The ledger says the same of itself, and the other one is intact.
    const Ran ledger = runCli({u"verify"_s, other.path(u"ledger.db"_s), u"--json"_s});
    QCOMPARE(ledger.exit, 1);
    QCOMPARE(ledger.json().first()[u"firstBroken"].toInt(), 2);
    QCOMPARE(ledger.json().first()[u"why"].toString(), u"digest"_s);
    const Ran good = runCli({u"verify"_s, m_place->ledgerUrl()});
    QVERIFY2(good.exit == 0 && good.out.startsWith("line1-a: intact, 10 entries"), good.said());
}

void BundleTest::wrongUse()
{
    const Ran unsigned_ = runCli({u"export"_s, u"--ledger"_s, m_place->ledgerUrl(), u"--format"_s,
        u"bundle"_s, u"--out"_s, at(u"x"_s)});
    QCOMPARE(unsigned_.exit, 2);
    QVERIFY2(unsigned_.err.contains("--key FILE"), unsigned_.said());
    QCOMPARE(runCli({u"verify"_s}).exit, 2);
    QCOMPARE(runCli({u"verify"_s, at(u"order"_s), u"--signers"_s, at(u"nobody.pem"_s)}).exit, 2);
    QCOMPARE(runCli({u"verify"_s, at(u"nowhere"_s)}).exit, 2);
    const Ran ledger = runCli({u"verify"_s, at(u"factory.pem"_s)});
    QCOMPARE(ledger.exit, 2);
}

QTEST_GUILESS_MAIN(BundleTest)
#include "bundle.moc"
