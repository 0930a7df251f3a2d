// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/phrase.h"
#include "ui/wording.h"

namespace ui::wording {

namespace {

constexpr Phrase checks[] = {
    {"boot", QT_TRANSLATE_NOOP("wording", "the unit starts")},
    {"rest", QT_TRANSLATE_NOOP("wording", "the unit is switched off again")},
    {"presence", QT_TRANSLATE_NOOP("wording", "a TPM 2.0 answers")},
    {"selftest", QT_TRANSLATE_NOOP("wording", "the TPM finds nothing wrong with itself")},
    {"model", QT_TRANSLATE_NOOP("wording", "the TPM is the ordered model")},
    {"kind", QT_TRANSLATE_NOOP("wording", "the TPM is a chip")},
    {"advisories", QT_TRANSLATE_NOOP("wording", "the firmware has no published weakness")},
    {"capability", QT_TRANSLATE_NOOP("wording", "the TPM can do what DPS needs")},
    {"ownership", QT_TRANSLATE_NOOP("wording", "nobody owns the TPM")},
    {"slots", QT_TRANSLATE_NOOP("wording", "the TPM has room for the device's keys")},
    {"pcr", QT_TRANSLATE_NOOP("wording", "the PCR banks are active")},
    {"clock", QT_TRANSLATE_NOOP("wording", "the TPM's clock runs")},
    {"random", QT_TRANSLATE_NOOP("wording", "the TPM's random numbers differ")},
    {"key", QT_TRANSLATE_NOOP("wording", "the endorsement key can be read")},
    {"wellformed", QT_TRANSLATE_NOOP("wording", "the endorsement key is well formed")},
    {"roca", QT_TRANSLATE_NOOP("wording", "the endorsement key has no weak primes")},
    {"certificate", QT_TRANSLATE_NOOP("wording", "the certificate is for this key")},
    {"credential",
        QT_TRANSLATE_NOOP(
            "wording", "the certificate is an endorsement certificate of this maker")},
    {"chain",
        QT_TRANSLATE_NOOP("wording", "the certificate comes from a maker that the station trusts")},
    {"supplier", QT_TRANSLATE_NOOP("wording", "the device is on the supplier's list")},
    {"template", QT_TRANSLATE_NOOP("wording", "the key is the one that everybody derives")},
    {"identity", QT_TRANSLATE_NOOP("wording", "the unit is the one that was scanned")},
    {"registration", QT_TRANSLATE_NOOP("wording", "the device can provision itself")},
    {"uniqueness", QT_TRANSLATE_NOOP("wording", "no other device has this key")},
    {"challenge", QT_TRANSLATE_NOOP("wording", "the TPM holds the private key")},
    {"rehearsal", QT_TRANSLATE_NOOP("wording", "the device can attest to DPS")},
    {"leave-clear", QT_TRANSLATE_NOOP("wording", "the TPM is cleared of what owners leave")},
    {"leave-identity",
        QT_TRANSLATE_NOOP("wording", "no key of an earlier registration is in the TPM")},
    {"leave-ek", QT_TRANSLATE_NOOP("wording", "the endorsement key is where SDKs look for it")},
    {"leave-srk", QT_TRANSLATE_NOOP("wording", "the storage root key is where SDKs look for it")},
    {"protocol", QT_TRANSLATE_NOOP("wording", "the TPM answers in the TPM 2.0 format")},
};

constexpr Phrase advices[] = {
    {"boot-late",
        QT_TRANSLATE_NOOP("wording",
            "The unit did not start in time. Check its power and what it starts from, then test "
            "again.")},
    {"still-powered",
        QT_TRANSLATE_NOOP("wording",
            "The unit could not be switched off by itself. Switch it off before you take it "
            "away.")},
    {"tpm-silent",
        QT_TRANSLATE_NOOP(
            "wording", "The TPM does not answer. Power the device off and on, then test again.")},
    {"tpm-malformed",
        QT_TRANSLATE_NOOP("wording",
            "The TPM's answers are damaged. Check the connection, then test again; set the device "
            "aside if it repeats.")},
    {"tpm-refused",
        QT_TRANSLATE_NOOP(
            "wording", "The TPM refuses a command it must know. Set the device aside for repair.")},
    {"tpm-not-2", QT_TRANSLATE_NOOP("wording", "This is no TPM 2.0. Set the device aside.")},
    {"self-test-failed",
        QT_TRANSLATE_NOOP("wording",
            "The TPM is defective. Send the device to repair: the TPM must be replaced.")},
    {"unexpected-model",
        QT_TRANSLATE_NOOP("wording",
            "This is not the TPM model that was ordered. Set the device aside and call QA.")},
    {"unexpected-firmware",
        QT_TRANSLATE_NOOP("wording",
            "The TPM's firmware is not the one that was ordered. Send the device to be updated, "
            "then test again.")},
    {"software-tpm",
        QT_TRANSLATE_NOOP("wording",
            "This TPM is software, not a chip. Check that the slot reaches the device itself.")},
    {"vulnerable-firmware",
        QT_TRANSLATE_NOOP("wording",
            "The TPM's firmware has a published weakness. Send the device to be updated, then test "
            "again.")},
    {"not-capable-of-dps",
        QT_TRANSLATE_NOOP("wording",
            "This TPM lacks what the provisioning service needs. Set the device aside and call "
            "QA.")},
    {"tpm-owned",
        QT_TRANSLATE_NOOP("wording",
            "Somebody has taken ownership of this TPM. Send the device to repair: the TPM must be "
            "cleared.")},
    {"hierarchy-disabled",
        QT_TRANSLATE_NOOP("wording",
            "A part of the TPM is switched off. Switch it on in the device's BIOS, then test "
            "again.")},
    {"tpm-in-lockout",
        QT_TRANSLATE_NOOP("wording",
            "The TPM is locked after wrong passwords. Set the device aside for repair.")},
    {"gate-verdict",
        QT_TRANSLATE_NOOP("wording", "The unit has not passed. Examine it before it is packed.")},
    {"gate-newer-fail",
        QT_TRANSLATE_NOOP("wording",
            "Something failed after the unit had passed. Find out what, and examine it again.")},
    {"gate-disposition",
        QT_TRANSLATE_NOOP("wording",
            "The unit is not released. Release its order, or send it where it belongs.")},
    {"gate-binding",
        QT_TRANSLATE_NOOP("wording", "No key is bound to the unit. Examine it again.")},
    {"gate-enrollment",
        QT_TRANSLATE_NOOP("wording",
            "The service does not know the unit as the plan means it. Run upload, then ask "
            "again.")},
    {"gate-same-key",
        QT_TRANSLATE_NOOP("wording",
            "This is not the TPM that has passed. Do not pack it; look up both serials.")},
    {"gate-handles",
        QT_TRANSLATE_NOOP("wording",
            "The TPM lacks what the factory had left in it, or was cleared. Examine it again.")},
    {"gate-lockout",
        QT_TRANSLATE_NOOP(
            "wording", "Wrong passwords were tried since the unit passed. Set it aside for QA.")},
    {"no-free-slots",
        QT_TRANSLATE_NOOP("wording",
            "The TPM has no room for the device's keys. Send the device to repair: the TPM must be "
            "cleared.")},
    {"pcr-bank-missing",
        QT_TRANSLATE_NOOP("wording",
            "A PCR bank is not active. Switch it on in the device's BIOS, then test again.")},
    {"tpm-is-used",
        QT_TRANSLATE_NOOP("wording",
            "This TPM has run longer than a new one can have. Set the device aside and call QA.")},
    {"random-is-broken",
        QT_TRANSLATE_NOOP("wording",
            "The TPM's random numbers repeat. Send the device to repair: the TPM must be "
            "replaced.")},
    {"ecc-not-for-dps",
        QT_TRANSLATE_NOOP("wording",
            "This TPM has no RSA endorsement key, which the provisioning service needs.")},
    {"ek-malformed",
        QT_TRANSLATE_NOOP("wording",
            "The endorsement key is not one that a maker leaves. Set the device aside for QA.")},
    {"factorable-key",
        QT_TRANSLATE_NOOP("wording",
            "The endorsement key can be broken. Send the device to repair: the TPM must be "
            "replaced.")},
    {"certificate-of-another-key",
        QT_TRANSLATE_NOOP("wording",
            "The certificate in the TPM is for another key. Set the device aside for QA.")},
    {"certificate-unreadable",
        QT_TRANSLATE_NOOP("wording",
            "What stands in the TPM in place of a certificate is damaged. Set the device aside for "
            "QA.")},
    {"certificate-unusable",
        QT_TRANSLATE_NOOP("wording",
            "The certificate in the TPM is not one for an endorsement key. Set the device aside "
            "for QA.")},
    {"certificate-of-another-maker",
        QT_TRANSLATE_NOOP("wording",
            "The certificate names another maker than the TPM. Set the device aside for QA.")},
    {"issuer-unknown",
        QT_TRANSLATE_NOOP("wording",
            "No imported root vouches for this TPM. If you trust its maker, import the maker's "
            "roots and test again.")},
    {"certificate-out-of-date",
        QT_TRANSLATE_NOOP("wording",
            "A certificate is not valid today. Check the station's clock, then set the device "
            "aside for QA.")},
    {"certificate-revoked",
        QT_TRANSLATE_NOOP(
            "wording", "The maker has revoked this certificate. Set the device aside for QA.")},
    {"certificate-forged",
        QT_TRANSLATE_NOOP("wording",
            "Somebody else signed this certificate in the maker's name. Set the device aside and "
            "call QA.")},
    {"not-delivered",
        QT_TRANSLATE_NOOP("wording",
            "The supplier did not deliver this device. Set it aside and ask who brought it.")},
    {"ek-of-another-template",
        QT_TRANSLATE_NOOP("wording",
            "The persisted endorsement key is not the one that the certificate and the device's "
            "software expect. Send the device to repair.")},
    {"ek-not-persisted",
        QT_TRANSLATE_NOOP("wording",
            "The endorsement key is not persisted in the TPM. Send the device back to the step "
            "before.")},
    {"ek-bound",
        QT_TRANSLATE_NOOP("wording",
            "A device is enrolled with the key that would be replaced. QA must release it first.")},
    {"ek-changed",
        QT_TRANSLATE_NOOP("wording",
            "The TPM does not make the same endorsement key again. Set the device aside for QA.")},
    {"clear-would-lose",
        QT_TRANSLATE_NOOP("wording",
            "Clearing would take away what the plan does not allow to be lost. Set the device "
            "aside and ask QA.")},
    {"clear-without-effect",
        QT_TRANSLATE_NOOP(
            "wording", "The TPM did not clear what it should have. Set the device aside for QA.")},
    {"handle-taken",
        QT_TRANSLATE_NOOP("wording",
            "Somebody else's key stands where the device keeps its own. Send the device to "
            "repair.")},
    {"another-unit",
        QT_TRANSLATE_NOOP("wording",
            "The TPM on this slot is in another unit. Check the cables and the label, then scan "
            "again.")},
    {"identity-unread",
        QT_TRANSLATE_NOOP(
            "wording", "The unit does not say who it is. Re-seat the device and scan again.")},
    {"possession-not-proven",
        QT_TRANSLATE_NOOP("wording",
            "The TPM could not prove that it holds its key. Set the device aside for QA.")},
    {"registration-failed",
        QT_TRANSLATE_NOOP("wording",
            "The device could not provision itself. Set it aside for QA; the record says at which "
            "step.")},
    {"duplicate-ek",
        QT_TRANSLATE_NOOP("wording",
            "Another device has this key already. Stop the line, set both aside and call QA.")},
    {"duplicate-ek-elsewhere",
        QT_TRANSLATE_NOOP("wording",
            "A device of another line has this key already. Stop the line and call QA.")},
    {"duplicate-registration",
        QT_TRANSLATE_NOOP("wording",
            "Another device is enrolled under this registration. Set both aside for QA.")},
    {"new-ek-needs-release",
        QT_TRANSLATE_NOOP("wording",
            "This serial was tested with another TPM. If its board was replaced, say so first "
            "(unit replace-board).")},
    {"scrapped",
        QT_TRANSLATE_NOOP("wording",
            "This unit or its board was scrapped, and scrap does not come back. Set it aside for "
            "QA.")},
};

} // namespace

QString check(const QString &name)
{
    return phrase(checks, name, name);
}

QString advice(const QString &code)
{
    return phrase(advices, code, {});
}

} // namespace ui::wording
