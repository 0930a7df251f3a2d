// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "tpm/publicarea.h"
#include "tpm/roca.h"
#include "tpm/templates.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<Judgement> judge(Context &context)
{
    const auto &key = context.examination.key;
    if (!key)
        return Judgement::skipped(u"no key"_s);
    const auto area = tpm::parsePublicArea(key->publicArea);
    if (!area)
        return std::unexpected(area.error());
    using enum tpm::Template;
    const QString limit = u"attributes, policy and size of a TCG template"_s;
    const bool follows = std::ranges::any_of(std::array{TcgL1, TcgL2, TcgH1, TcgH2, TcgH3},
        [&key](tpm::Template source) { return tpm::followsTemplate(key->publicArea, source); });
    const bool isRsa = area->type == tpm::PublicArea::Type::Rsa;
    const QString measured = (isRsa ? u"RSA %1 bits"_s.arg(area->modulus.size() * 8) : u"ECC"_s)
        + u", attributes 0x%1"_s.arg(area->attributes, 8, 16, QLatin1Char('0'));
    if (!follows || (isRsa && area->modulus.size() != 256))
        return Judgement::bad(measured, limit, u"ek-malformed"_s);
    if (const quint32 factor = isRsa ? tpm::smallFactor(area->modulus) : 0)
        return Judgement::bad(
            measured + u", divisible by %1"_s.arg(factor), limit, u"ek-malformed"_s);
    return Judgement::good(measured, limit);
}

} // namespace

const Check checks::wellformed{
    "wellformed",
    "The endorsement key has the attributes, policy and size that its users count on.",
    "TCG EK Credential Profile, B.3 and B.4",
    {u"ek-malformed"_s},
    nullptr,
    judge,
};

} // namespace station
