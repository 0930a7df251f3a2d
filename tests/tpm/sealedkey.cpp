// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/sealedkey.h"

#include "tests/support/faultywire.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/frame.h"

#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tpm;

namespace {

QByteArray keyOf(int size)
{
    QByteArray key(size, 'k');
    for (int i = 0; i < size; ++i)
        key[i] = char(i * 7 + 3);
    return key;
}

QByteArray hmacOf(const QByteArray &key, const QByteArray &bytes)
{
    return QMessageAuthenticationCode::hash(bytes, key, QCryptographicHash::Sha256);
}

std::unique_ptr<Session> sessionTo(const Target &target)
{
    auto session = Session::open(target, {}, std::make_shared<Stop>());
    if (!session)
        qFatal("%s", qPrintable(session.error().detail));
    return std::move(*session);
}

SealedKey sealedIn(const support::Swtpm &tpm, const QByteArray &key)
{
    const auto sealed = sealKey(*sessionTo(tpm.target()), key);
    if (!sealed)
        qFatal("%s", qPrintable(sealed.error().detail));
    return *sealed;
}

Result<QByteArray> signedIn(const support::Swtpm &tpm, const SealedKey &key)
{
    return signSealed(*sessionTo(tpm.target()), key, "subject");
}

} // namespace

/// A foreign key that a TPM keeps.
class SealedKeyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signsAsTheKeyDoes_data();
    void signsAsTheKeyDoes();
    void leavesNothingBehind();
    void theTpmDoesNotGiveItAway();
    void theKeyIsNeverOpenOnTheWire();
    void aClearedTpmDoesNotKnowIt();
    void outlivesStorageKeysOfOthers();

private:
    support::Workplace m_workplace;
};

void SealedKeyTest::signsAsTheKeyDoes_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {1, 16, 32, 63, 64, 65, 128})
        QTest::addRow("%d bytes", size) << size;
}

void SealedKeyTest::signsAsTheKeyDoes()
{
    QFETCH(const int, size);
    const support::Swtpm tpm;
    const auto signature = signedIn(tpm, sealedIn(tpm, keyOf(size)));
    QVERIFY2(signature, signature ? "" : qPrintable(signature.error().detail));
    QCOMPARE(*signature, hmacOf(keyOf(size), "subject"));
}

void SealedKeyTest::leavesNothingBehind()
{
    const support::Swtpm tpm;
    const QByteArray persistent = tpm.handles("persistent");
    const SealedKey key = sealedIn(tpm, keyOf(32));
    QCOMPARE(tpm.leftovers(), QByteArray());
    for (int i = 0; i < 5; ++i) // more than a TPM has room for
        QVERIFY(signedIn(tpm, key));
    QCOMPARE(tpm.leftovers(), QByteArray());
    QCOMPARE(tpm.handles("persistent"), persistent);
}

/// TCG Part 2, 8.3: fixedTPM and fixedParent forbid TPM2_Duplicate.
void SealedKeyTest::theTpmDoesNotGiveItAway()
{
    const support::Swtpm tpm;
    const SealedKey key = sealedIn(tpm, keyOf(32));
    QCOMPARE(key.publicArea.sliced(6, 4).toHex(), "00040452");
    QVERIFY(!key.publicArea.contains(keyOf(32)));
    QVERIFY(!key.privateArea.contains(keyOf(32)));
}

void SealedKeyTest::theKeyIsNeverOpenOnTheWire()
{
    const support::Swtpm tpm;
    const QByteArray secret = keyOf(48);
    int creations = 0;
    bool isOpen = false;
    support::FaultyWire wire(support::FaultyWire::relay(
        tpm.socketPath(), {}, [&](const QByteArray &command) -> std::optional<support::Reply> {
            creations += commandCode(command) == 0x153 ? 1 : 0;
            isOpen = isOpen || command.contains(secret);
            return std::nullopt;
        }));
    const Target target = wire.listen();
    const auto sealed = sealKey(*sessionTo(target), secret);
    QVERIFY(sealed);
    QCOMPARE(*signSealed(*sessionTo(target), *sealed, "a"), hmacOf(secret, "a"));
    QCOMPARE(creations, 1);
    QVERIFY(!isOpen);
}

void SealedKeyTest::aClearedTpmDoesNotKnowIt()
{
    const support::Swtpm tpm;
    const support::Swtpm other;
    const SealedKey key = sealedIn(tpm, keyOf(32));
    const auto elsewhere = signedIn(other, key);
    QVERIFY(!elsewhere);
    QVERIFY2(isForeign(elsewhere.error()), qPrintable(elsewhere.error().detail));
    QVERIFY(sessionTo(tpm.target())->clear());
    const auto cleared = signedIn(tpm, key);
    QVERIFY(!cleared);
    QVERIFY(isForeign(cleared.error()));
    QCOMPARE(tpm.leftovers(), QByteArray());
    QVERIFY(!isForeign({Fault::Refused, {}, 0x921, 0x157})); // locked out is something else
}

/// Somebody may make a storage root key of another kind persistent, or take it away.
void SealedKeyTest::outlivesStorageKeysOfOthers()
{
    const support::Swtpm tpm;
    const QString context = m_workplace.path(u"srk.ctx"_s);
    const SealedKey before = sealedIn(tpm, keyOf(32));
    QCOMPARE(
        tpm.tool(u"tpm2_createprimary"_s, {u"-C"_s, u"o"_s, u"-G"_s, u"ecc"_s, u"-c"_s, context})
            .exit,
        0);
    QCOMPARE(
        tpm.tool(u"tpm2_evictcontrol"_s, {u"-C"_s, u"o"_s, u"-c"_s, context, u"0x81000001"_s}).exit,
        0);
    QCOMPARE(tpm.tool(u"tpm2_flushcontext"_s, {u"-t"_s}).exit, 0);
    QVERIFY(signedIn(tpm, before));
    const SealedKey under = sealedIn(tpm, keyOf(32));
    QVERIFY(signedIn(tpm, under));
    QCOMPARE(tpm.leftovers(), QByteArray());
    QCOMPARE(tpm.tool(u"tpm2_evictcontrol"_s, {u"-C"_s, u"o"_s, u"-c"_s, u"0x81000001"_s}).exit, 0);
    const auto lost = signedIn(tpm, under);
    QVERIFY(!lost);
    QVERIFY(isForeign(lost.error()));
}

QTEST_GUILESS_MAIN(SealedKeyTest)
#include "sealedkey.moc"
