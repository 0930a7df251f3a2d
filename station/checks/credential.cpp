// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/credential.h"
#include "station/checks/all.h"
#include "station/vendors.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

const QString limit = u"a TPM's endorsement certificate, of this TPM's maker"_s;

/// What it says of its TPM. Model and version are the maker's words, and firmware is updated in the
/// field, so neither is held against a TPM.
QString describe(const tpm::EkCredential &credential)
{
    return u"%1, model %2, version %3, serial %4%5"_s.arg(vendorName(credential.manufacturer),
        credential.model, credential.version, credential.serial.left(48),
        credential.hasOddSerial ? u" (odd)"_s : u""_s);
}

Judgement judgeOne(const tpm::EkCredential &credential, const tpm::Properties &properties)
{
    const auto bad = [](const QString &measured, const QString &advice) {
        return Judgement::bad(measured, limit, advice);
    };
    if (credential.isAuthority)
        return bad(u"an authority's certificate"_s, u"certificate-unusable"_s);
    if (!credential.isForEk)
        return bad(u"no extended key usage 2.23.133.8.1"_s, u"certificate-unusable"_s);
    if (!credential.usageFits)
        return bad(u"a key usage that no endorsement key has"_s, u"certificate-unusable"_s);
    // Certificates before version 2.0 of the profile may name no TPM at all.
    if (credential.manufacturer.isEmpty())
        return Judgement::good(u"names no maker"_s, limit);
    if (!isSameVendor(properties.manufacturerId, credential.manufacturer))
        return bad(u"it names %1, the TPM says %2"_s.arg(
                       vendorName(credential.manufacturer), properties.manufacturer),
            u"certificate-of-another-maker"_s);
    return Judgement::good(describe(credential), limit);
}

tpm::Result<Judgement> judge(Context &context)
{
    QStringList seen;
    for (const auto &certificate : context.examination.certificates) {
        const auto credential = tpm::readCredential(certificate.der);
        if (!certificate.flaw.isEmpty() || !credential)
            continue; // the check `certificate` says it
        auto judgement = judgeOne(*credential, *context.examination.properties);
        if (judgement.ruling == Judgement::Ruling::Bad) {
            judgement.measured.prepend(
                u"NV 0x%1: "_s.arg(certificate.nvIndex, 8, 16, QLatin1Char('0')));
            return judgement;
        }
        seen.append(judgement.measured);
    }
    if (seen.isEmpty())
        return Judgement::said(u"no certificate in NV"_s);
    return Judgement::good(seen.join(u"; "_s), limit);
}

} // namespace

const Check checks::credential{
    "credential",
    "The certificates in NV are for endorsement keys, and name the maker that the TPM names.",
    "TCG EK Credential Profile for TPM 2.0, 3.2",
    {u"certificate-unusable"_s, u"certificate-of-another-maker"_s},
    nullptr,
    judge,
};

} // namespace station
