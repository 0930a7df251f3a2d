// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/knowledge.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

const QString limit = u"each leads to an imported root"_s;

QString adviceOf(tpm::Distrust distrust)
{
    switch (distrust) {
    case tpm::Distrust::UnknownIssuer:
        return u"issuer-unknown"_s;
    case tpm::Distrust::NotYetValid:
    case tpm::Distrust::Expired:
        return u"certificate-out-of-date"_s;
    case tpm::Distrust::Revoked:
        return u"certificate-revoked"_s;
    case tpm::Distrust::Signature:
        return u"certificate-forged"_s;
    case tpm::Distrust::Unreadable:
    case tpm::Distrust::Critical:
    case tpm::Distrust::Other:
        break;
    }
    return u"certificate-unusable"_s;
}

QString placeOf(const tpm::Certificate &certificate)
{
    return u"NV 0x%1: "_s.arg(certificate.nvIndex, 8, 16, QLatin1Char('0'));
}

QString revocationIn(const QList<QDateTime> &spoken)
{
    if (!std::ranges::all_of(spoken, &QDateTime::isValid))
        return u"nobody says whether one was revoked"_s;
    return u"not revoked as of "_s + std::ranges::min(spoken).toString(Qt::ISODate);
}

/// Follows each certificate; `along` came with them in NV.
Judgement followed(const QList<tpm::Certificate> &certificates, const Knowledge &knowledge,
    const tpm::Issuers &along)
{
    // A damaged chain is no reason by itself: the station may have what the TPM has lost.
    const QString lost = along.flaw.isEmpty() ? u""_s : u"; issuers in NV: "_s + along.flaw;
    const QDateTime now = knowledge.now();
    QStringList roots;
    QList<QDateTime> spoken; // null: an issuer said nothing
    for (const auto &certificate : certificates) {
        if (!certificate.flaw.isEmpty())
            continue; // the check `certificate` says it
        const auto path = knowledge.trust->judge(certificate.der, along.certificates, now);
        if (path.distrust)
            return Judgement::bad(
                placeOf(certificate) + path.detail + lost, limit, adviceOf(*path.distrust));
        if (!roots.contains(path.detail))
            roots.append(path.detail);
        spoken.append(path.unrevokedAt);
    }
    if (roots.isEmpty())
        return Judgement::said(u"no readable certificate in NV"_s);
    return Judgement::good(
        u"%1; %2%3"_s.arg(roots.join(u", "_s), revocationIn(spoken), lost), limit);
}

tpm::Result<Judgement> judge(Context &context)
{
    const auto &certificates = context.examination.certificates;
    if (certificates.isEmpty())
        return Judgement::said(u"no certificate in NV"_s);
    const auto &knowledge = context.subject.knowledge;
    if (!knowledge || !knowledge->trust)
        return Judgement::said(u"no roots imported"_s);
    const auto issuers =
        tpm::readIssuers(context.session, context.examination.properties->nvBufferMax);
    if (!issuers)
        return std::unexpected(issuers.error());
    return followed(certificates, *knowledge, *issuers);
}

} // namespace

const Check checks::chain{
    "chain",
    "The certificates in NV lead to roots that this station trusts, and none is out of date or "
    "revoked.",
    "RFC 5280, 6; TCG EK Credential Profile, 2.2.1.5.3",
    {u"issuer-unknown"_s, u"certificate-out-of-date"_s, u"certificate-revoked"_s,
        u"certificate-forged"_s, u"certificate-unusable"_s},
    nullptr,
    judge,
};

} // namespace station
