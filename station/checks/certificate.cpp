// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 rsaCertificateIndex = 0x01c00002;

tpm::Result<Judgement> judge(Context &context)
{
    Examination &examination = context.examination;
    if (!examination.key)
        return Judgement::said(u"no key to compare with"_s);
    auto &key = *examination.key;
    const auto found =
        tpm::readCertificates(context.session, key, examination.properties->nvBufferMax);
    if (!found)
        return std::unexpected(found.error());
    examination.certificates = *found;
    if (found->isEmpty())
        return Judgement::said(u"none in NV"_s);
    bool matched = false;
    bool rsaContradicts = false;
    for (const auto &one : *found) {
        if (!one.flaw.isEmpty())
            return Judgement::bad(
                u"NV 0x%1: %2"_s.arg(one.nvIndex, 8, 16, QLatin1Char('0')).arg(one.flaw),
                u"a certificate"_s, u"certificate-unreadable"_s);
        matched = matched || one.keyMatches;
        if (one.nvIndex != rsaCertificateIndex || key.type != tpm::EndorsementKey::Type::Rsa)
            continue;
        rsaContradicts = !one.keyMatches;
        // The certificate of this index is for the default template's key, so a persisted key that
        // it certifies was made from that template (TCG EK Credential Profile, 2.2.1.4).
        if (one.keyMatches && key.source == tpm::Template::Unknown)
            key.source = tpm::Template::TcgL1;
    }
    return Judgement::of(matched && !rsaContradicts,
        matched ? u"matches the key"_s : u"another key"_s, u"matches the key"_s,
        u"certificate-of-another-key"_s);
}

} // namespace

const Check checks::certificate{
    "certificate",
    "The certificates in NV, where there are any, are for this key.",
    "TCG EK Credential Profile, 2.2.1.4 and 2.2.1.5",
    {u"certificate-of-another-key"_s, u"certificate-unreadable"_s},
    nullptr,
    judge,
};

} // namespace station
