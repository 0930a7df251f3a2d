// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/endorsement.h"

#include "tests/support/faultywire.h"
#include "tests/support/lineplace.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/frame.h"
#include "tpm/session.h"

#include <QTest>

using namespace Qt::StringLiterals;
using support::FaultyWire;
using support::Swtpm;
using tpm::EndorsementKey;
using tpm::Session;
using tpm::Template;

namespace {

tpm::Result<EndorsementKey> keyOf(const tpm::Target &target)
{
    const auto session = Session::open(target, {}, std::make_shared<tpm::Stop>());
    if (!session)
        return std::unexpected(session.error());
    return tpm::readEndorsementKey(**session);
}

} // namespace

/// The endorsement key of real TPMs, byte for byte as other programs read it.
class EndorsementTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ofABlankTpm();
    void ofAManufacturedTpm();
    void aTpmWithoutRsa();
    void aRefusalIsNotAnAbsence();

private:
    support::Workplace m_workplace;
};

/// tpm2_createek makes the same key, and its -f tss is what DPS takes.
void EndorsementTest::ofABlankTpm()
{
    const Swtpm tpm;
    const auto key = keyOf(tpm.target());
    QVERIFY2(key.has_value(), key ? "" : qPrintable(key.error().detail));
    QCOMPARE(tpm.handles("persistent"), QByteArray()); // reading persists nothing
    QVERIFY(!key->handle);
    QCOMPARE(key->source, Template::TcgL1);
    QCOMPARE(key->type, EndorsementKey::Type::Rsa);
    const auto made =
        tpm.tool(u"tpm2_createek"_s, {u"-G"_s, u"rsa"_s, u"-c"_s, u"0x81010001"_s, u"-Q"_s});
    QVERIFY2(made.exit == 0, made.said());
    QCOMPARE(key->publicArea, support::readPublic(tpm.text()));
    QCOMPARE(key->publicArea.size(), 316);
    QCOMPARE(key->base64().left(80),
        QByteArray(
            "AToAAQALAAMAsgAgg3GXZ0SEs/gakMyNRqXXJP1S124GUgtk8qHaGzMUaaoABgCAAEMAEAgAAAAAAAEA"));
    // Now it is persisted; the key and all that follows from it stay the same.
    const auto again = keyOf(tpm.target());
    QVERIFY(again.has_value());
    QCOMPARE(again->handle, 0x81010001U);
    QCOMPARE(again->publicArea, key->publicArea);
    QCOMPARE(again->name, key->name);
    QCOMPARE(again->registrationId(), key->registrationId());
}

void EndorsementTest::ofAManufacturedTpm()
{
    const Swtpm tpm({.manufactured = true});
    const QByteArray persistent = tpm.handles("persistent");
    const auto key = keyOf(tpm.target());
    QVERIFY2(key.has_value(), key ? "" : qPrintable(key.error().detail));
    QCOMPARE(key->handle, 0x81010001U);
    QCOMPARE(key->publicArea, support::readPublic(tpm.text()));
    QCOMPARE(tpm.handles("persistent"), persistent);
    QCOMPARE(tpm.leftovers(), QByteArray());
    const Swtpm clone({.original = &tpm});
    QCOMPARE(keyOf(clone.target())->publicArea, key->publicArea);
    const Swtpm other;
    QVERIFY(keyOf(other.target())->publicArea != key->publicArea);
}

/// Such a TPM says TPM_RC_VALUE to the RSA template; its ECC key is still an endorsement key.
void EndorsementTest::aTpmWithoutRsa()
{
    const Swtpm tpm;
    std::atomic<int> creations = 0;
    FaultyWire relay(FaultyWire::relay(
        tpm.socketPath(), {}, [&](const QByteArray &command) -> std::optional<support::Reply> {
            if (tpm::commandCode(command) == 0x131 && ++creations == 1)
                return support::response(0x2c4);
            return {};
        }));
    const auto key = keyOf(relay.listen());
    QVERIFY2(key.has_value(), key ? "" : qPrintable(key.error().detail));
    QCOMPARE(key->type, EndorsementKey::Type::Ecc);
    QCOMPARE(key->source, Template::TcgL2);
    QCOMPARE(key->publicArea.size(), 124);
}

/// Only "no such handle" means that there is no persisted key; after anything else a created key
/// might be another one than the device will present.
void EndorsementTest::aRefusalIsNotAnAbsence()
{
    for (const quint32 code : {0x101U, 0x120U, 0x922U, 0x28bU}) {
        const Swtpm tpm;
        FaultyWire relay(FaultyWire::relay(tpm.socketPath(), {},
            [code](const QByteArray &command) -> std::optional<support::Reply> {
                if (tpm::commandCode(command) == 0x173)
                    return support::response(code);
                return {};
            }));
        const auto key = keyOf(relay.listen());
        QVERIFY(!key.has_value());
        QCOMPARE(key.error().code, code);
        QVERIFY(!relay.commands().contains(0x131));
    }
}

QTEST_GUILESS_MAIN(EndorsementTest)
#include "endorsement.moc"
