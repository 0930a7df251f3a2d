// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training.h"
#include "station/examine.h"
#include "station/knowledge.h"
#include "tests/support/maker.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/endorsement.h"
#include "tpm/session.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace station;
using support::Maker;
using support::Swtpm;

namespace {

using Made = std::function<QByteArray(const QByteArray &key)>;

const QString rsaIndex = u"0x1c00002"_s;

/// What a certificate's index holds, as its maker would write it at manufacturing.
void writeNv(const Swtpm &tpm, const QString &index, const QByteArray &bytes)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"nv"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush());
    const QString size = QString::number(bytes.size());
    const QString attributes =
        u"ppwrite|ppread|authread|ownerread|no_da|platformcreate|writedefine"_s;
    for (const auto &ran :
        {tpm.tool(u"tpm2_nvdefine"_s, {index, u"-C"_s, u"p"_s, u"-s"_s, size, u"-a"_s, attributes}),
            tpm.tool(u"tpm2_nvwrite"_s, {index, u"-C"_s, u"p"_s, u"-i"_s, file.fileName()})})
        QVERIFY2(ran.exit == 0, ran.said());
}

QByteArray keyOf(const Swtpm &tpm)
{
    const auto session = tpm::Session::open(tpm.target(), {}, std::make_shared<tpm::Stop>());
    return tpm::readEndorsementKey(**session)->publicArea;
}

Finding findingOf(const Examination &examination, const QString &check)
{
    const auto at = std::ranges::find(examination.findings, check, &Finding::check);
    return at == examination.findings.end() ? Finding() : *at;
}

QByteArray said(const Examination &examination)
{
    return QJsonDocument(toJson(examination)).toJson();
}

} // namespace

Q_DECLARE_METATYPE(Made)

/// The checks that ask whether a TPM is its maker's, on real TPMs with certificates in NV.
class TrustChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void certificates_data();
    void certificates();
    void everyCertificateIsFollowed();
    void issuersFromNv();
    void aRevokedCertificate();
    void aLockedIndex();
    void withoutCertificates();
    void withoutRoots();
    void theSimulatorsOwnAuthority();
    void suppliers();

private:
    [[nodiscard]] Knowledge trusting(const QList<QByteArray> &parts) const
    {
        tpm::Anchors anchors;
        for (const QByteArray &part : parts)
            anchors.add(*tpm::parseAnchors(part));
        return {.trust = std::make_shared<const tpm::Trust>(anchors)};
    }
    [[nodiscard]] Examination examined(
        const Swtpm &tpm, const Knowledge &knowledge, const QString &serial = {}) const
    {
        return examine({.target = tpm.text(),
                           .device = {.serial = serial},
                           .knowledge = std::make_shared<const Knowledge>(knowledge)},
            *loadPlan(u"training"_s, {}), std::make_shared<tpm::Stop>());
    }

    support::Workplace m_workplace;
    Maker m_maker;
    Maker m_stranger{"stranger"};
};

void TrustChecksTest::certificates_data()
{
    QTest::addColumn<Made>("made");
    QTest::addColumn<QString>("check"); ///< the one that fails; empty: none
    QTest::addColumn<QString>("advice");
    const auto row = [](const char *name, const Made &made, const char *check, const char *advice) {
        QTest::newRow(name) << made << QString::fromLatin1(check) << QString::fromLatin1(advice);
    };
    const auto odd = [this](const Maker::Odd &how) {
        return [this, how](const QByteArray &key) { return m_maker.certify(key, how); };
    };
    const QByteArray prefix = QByteArray::fromHex("1001000400");
    row("good", odd({}), "", "");
    row(
        "prefixed and padded",
        [=, make = odd({})](
            const QByteArray &key) { return prefix + make(key) + QByteArray(100, '\xff'); },
        "", "");
    row("odd serial", odd({.serial = "-7F"}), "", "");
    row(
        "foreign", [this](const QByteArray &key) { return m_stranger.certify(key); }, "chain",
        "issuer-unknown");
    row(
        "of another TPM", [this](const QByteArray &) { return m_maker.certify(Maker::someKey()); },
        "certificate", "certificate-of-another-key");
    row("expired", odd({.untilSeconds = -60}), "chain", "certificate-out-of-date");
    row("of tomorrow", odd({.fromSeconds = 86400}), "chain", "certificate-out-of-date");
    row("unknown critical extension", odd({.unknownExtension = "1.2.3.4"}), "chain",
        "certificate-unusable");
    row("wrong usage", odd({.usage = "serverAuth"}), "credential", "certificate-unusable");
    row("no usage", odd({.usage = ""}), "credential", "certificate-unusable");
    row("an authority", odd({.isAuthority = true}), "credential", "certificate-unusable");
    row("another maker", odd({.manufacturer = "id:494E5443"}), "credential",
        "certificate-of-another-maker");
    row("a maker that is none", odd({.manufacturer = "id:"}), "", "");
    row("nonsense for a maker", odd({.manufacturer = "id:IBM"}), "credential",
        "certificate-of-another-maker");
    row("swtpm's own alias", odd({.manufacturer = "id:00001014"}), "", "");
    row(
        "cut", [make = odd({})](const QByteArray &key) { return make(key).chopped(10); },
        "certificate", "certificate-unreadable");
    row(
        "erased", [](const QByteArray &) { return QByteArray(700, '\xff'); }, "certificate",
        "certificate-unreadable");
    row(
        "text", [](const QByteArray &) { return QByteArray("no certificate"); }, "certificate",
        "certificate-unreadable");
    row(
        "a SEQUENCE of something",
        [](const QByteArray &) { return QByteArray::fromHex("3082012c") + QByteArray(300, 'c'); },
        "certificate", "certificate-unreadable");
}

void TrustChecksTest::certificates()
{
    QFETCH(Made, made);
    QFETCH(QString, check);
    QFETCH(QString, advice);
    const Swtpm tpm;
    writeNv(tpm, rsaIndex, made(keyOf(tpm)));
    const auto examination = examined(tpm, trusting({m_maker.pem()}));
    QVERIFY2((examination.verdict == Verdict::Pass) == check.isEmpty(), said(examination));
    QCOMPARE(examination.rootBundle.size(), 64);
    QCOMPARE(examination.certificates.size(), 1);
    for (const Finding &finding : examination.findings) {
        if (finding.check != check) {
            QVERIFY2(finding.outcome != Outcome::Fail, said(examination));
            continue;
        }
        QCOMPARE(finding.outcome, Outcome::Fail);
        QCOMPARE(finding.advice, advice);
        QVERIFY2(finding.measured.contains(u"0x01c00002"_s) || check == u"certificate",
            qPrintable(finding.measured));
    }
    // Every check after it ran: one fail hides no other.
    QCOMPARE(findingOf(examination, u"challenge"_s).outcome, Outcome::Pass);
}

void TrustChecksTest::everyCertificateIsFollowed()
{
    // Three of them, as in an SLB 9672: RSA-2048, P-256 and RSA-3072.
    const Swtpm tpm;
    writeNv(tpm, rsaIndex, m_maker.certify(keyOf(tpm)));
    writeNv(tpm, u"0x1c0000a"_s, m_maker.certify(Maker::someKey(), {.serial = "02"}));
    writeNv(tpm, u"0x1c0001c"_s, m_stranger.certify(Maker::someKey()));
    const auto both = examined(tpm, trusting({m_maker.pem(), m_stranger.pem()}));
    QVERIFY2(both.verdict == Verdict::Pass, said(both));
    QCOMPARE(both.certificates.size(), 3);
    QVERIFY2(findingOf(both, u"chain"_s)
                 .measured.startsWith(u"CN=test maker root, CN=stranger root; "_s),
        said(both));
    const auto one = findingOf(examined(tpm, trusting({m_maker.pem()})), u"chain"_s);
    QCOMPARE(one.outcome, Outcome::Fail);
    QVERIFY2(one.measured.startsWith(u"NV 0x01c0001c: "_s), qPrintable(one.measured));
}

void TrustChecksTest::issuersFromNv()
{
    const Swtpm tpm;
    writeNv(tpm, rsaIndex, m_maker.certify(keyOf(tpm)));
    const auto rootAlone = trusting({m_maker.root()});
    QCOMPARE(findingOf(examined(tpm, rootAlone), u"chain"_s).advice, u"issuer-unknown"_s);
    const QByteArray issuer = m_maker.issuer(); // in two pieces, as makers whose NV is narrow do
    writeNv(tpm, u"0x1c00100"_s, issuer.left(200));
    writeNv(tpm, u"0x1c00101"_s, issuer.mid(200));
    const auto examination = examined(tpm, rootAlone);
    QVERIFY2(examination.verdict == Verdict::Pass, said(examination));
    const auto finding = findingOf(examination, u"chain"_s);
    QCOMPARE(finding.outcome, Outcome::Pass);
    QVERIFY2(finding.measured.startsWith(u"CN=test maker root; nobody says"_s),
        qPrintable(finding.measured));
    writeNv(tpm, u"0x1c00102"_s, "junk");
    const auto damaged = findingOf(examined(tpm, rootAlone), u"chain"_s);
    QCOMPARE(damaged.outcome, Outcome::Pass);
    QVERIFY2(damaged.measured.contains(u"issuers in NV: at byte"_s), qPrintable(damaged.measured));
}

void TrustChecksTest::aRevokedCertificate()
{
    const Swtpm tpm;
    writeNv(tpm, rsaIndex, m_maker.certify(keyOf(tpm), {.serial = "1234"}));
    const auto revoked = examined(tpm, trusting({m_maker.pem(), m_maker.revoke({"1234"})}));
    QCOMPARE(revoked.verdict, Verdict::Fail);
    QCOMPARE(findingOf(revoked, u"chain"_s).advice, u"certificate-revoked"_s);
    const auto other =
        examined(tpm, trusting({m_maker.pem(), m_maker.revoke({"5678"}), m_maker.rootRevokes({})}));
    QVERIFY2(other.verdict == Verdict::Pass, said(other));
    QVERIFY2(
        findingOf(other, u"chain"_s).measured.contains(u"not revoked as of 20"_s), said(other));
}

void TrustChecksTest::aLockedIndex()
{
    const Swtpm tpm;
    const auto ran = tpm.tool(u"tpm2_nvdefine"_s,
        {rsaIndex, u"-C"_s, u"p"_s, u"-s"_s, u"100"_s, u"-p"_s, u"secret"_s, u"-a"_s,
            u"ppwrite|ppread|authread|no_da|platformcreate"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    const auto examination = examined(tpm, trusting({m_maker.pem()}));
    QCOMPARE(examination.verdict, Verdict::Fail);
    QCOMPARE(findingOf(examination, u"certificate"_s).advice, u"certificate-unreadable"_s);
    QCOMPARE(findingOf(examination, u"challenge"_s).outcome, Outcome::Pass);
}

void TrustChecksTest::withoutCertificates()
{
    const Swtpm tpm;
    const auto examination = examined(tpm, trusting({m_maker.pem()}));
    QVERIFY2(examination.verdict == Verdict::Pass, said(examination));
    for (const QString &check : {u"certificate"_s, u"credential"_s, u"chain"_s})
        QCOMPARE(findingOf(examination, check).outcome, Outcome::Record);
}

void TrustChecksTest::withoutRoots()
{
    const Swtpm tpm;
    writeNv(tpm, rsaIndex, m_stranger.certify(keyOf(tpm)));
    const auto examination = examined(tpm, Knowledge{});
    QVERIFY2(examination.verdict == Verdict::Pass, said(examination));
    QCOMPARE(findingOf(examination, u"chain"_s).outcome, Outcome::Record);
    QCOMPARE(findingOf(examination, u"chain"_s).measured, u"no roots imported"_s);
    QVERIFY(examination.rootBundle.isEmpty());
}

void TrustChecksTest::theSimulatorsOwnAuthority()
{
    const QString folder = m_workplace.path(u"devices"_s);
    const auto simulator = Simulator::start(1, folder);
    QVERIFY(simulator);
    const QString store = m_workplace.path(u"roots.pem"_s);
    QVERIFY(app::trustDevices(folder, store));
    const auto knowledge = learn(store, {});
    QVERIFY(knowledge);
    const auto examination =
        examine({.target = simulator->targets().first(), .knowledge = *knowledge},
            *loadPlan(u"training"_s, {}), std::make_shared<tpm::Stop>());
    QVERIFY2(examination.verdict == Verdict::Pass, said(examination));
    QCOMPARE(examination.certificates.size(), 2);
    for (const QString &check : {u"certificate"_s, u"credential"_s, u"chain"_s})
        QVERIFY2(findingOf(examination, check).outcome == Outcome::Pass, said(examination));
}

void TrustChecksTest::suppliers()
{
    const Swtpm tpm;
    const QByteArray sha256 =
        QCryptographicHash::hash(keyOf(tpm), QCryptographicHash::Sha256).toHex();
    const auto judged = [&](const QByteArray &csv, const QString &serial) {
        const auto list = SupplierList::parse(csv, u"list"_s);
        return findingOf(
            examined(tpm, {.supplier = std::make_shared<const SupplierList>(*list)}, serial),
            u"supplier"_s);
    };
    const QByteArray pair = "serial,ek_sha256\nSN-1," + sha256 + "\n";
    QCOMPARE(judged(pair, u"SN-1"_s).outcome, Outcome::Pass);
    QCOMPARE(judged(pair, {}).outcome, Outcome::Pass);
    QCOMPARE(judged(pair, u"SN-2"_s).outcome, Outcome::Fail);
    QCOMPARE(judged("ek_sha256\n" + QByteArray(64, '0'), u"SN-1"_s).advice, u"not-delivered"_s);
    QCOMPARE(judged("serial\nSN-1\n", u"SN-1"_s).outcome, Outcome::Pass);
    QCOMPARE(judged("serial\nSN-1\n", u"SN-2"_s).outcome, Outcome::Fail);
    QCOMPARE(judged("serial\nSN-1\n", {}).outcome, Outcome::Skip);
    QCOMPARE(findingOf(examined(tpm, Knowledge{}), u"supplier"_s).outcome, Outcome::Record);
}

QTEST_GUILESS_MAIN(TrustChecksTest)
#include "trustchecks.moc"
