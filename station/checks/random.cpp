// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<Judgement> judge(Context &context)
{
    constexpr int size = 32; // every TPM gives as much as its largest digest
    const auto first = context.session.random(size);
    if (!first)
        return std::unexpected(first.error());
    const auto second = context.session.random(size);
    if (!second)
        return std::unexpected(second.error());
    const auto isFlat = [](const QByteArray &bytes) { return bytes.count(bytes.front()) == size; };
    const QString limit = u"two different draws of 32 bytes"_s;
    if (first->size() != size || second->size() != size)
        return Judgement::bad(u"%1 and %2 bytes"_s.arg(first->size()).arg(second->size()), limit,
            u"random-is-broken"_s);
    const bool good = *first != *second && !isFlat(*first) && !isFlat(*second);
    return Judgement::of(
        good, good ? u"they differ"_s : u"they repeat"_s, limit, u"random-is-broken"_s);
}

} // namespace

const Check checks::random{
    "random",
    "The random number generator gives what was asked for, and not the same again.",
    "TPM 2.0 Part 1, 11.4.10; Part 3, 16.1 TPM2_GetRandom",
    {u"random-is-broken"_s},
    nullptr,
    judge,
};

} // namespace station
