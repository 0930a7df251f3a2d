// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ekset.h"
#include "tests/fuzz/entry.h"
#include "tpm/signature.h"

using namespace Qt::StringLiterals;

/// Another line's set of keys; and the same bytes as a signature.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    const auto set = station::parseEkSet(input, u"set"_s);
    if (set)
        fuzz::require(set->text() == input);
    else
        fuzz::require(set.error().detail.startsWith(u"set:"_s));
    const auto seal = tpm::verify("set", input, {}, QDateTime::fromSecsSinceEpoch(0, Qt::UTC));
    fuzz::require(seal.state != tpm::Seal::State::Good && !seal.detail.isEmpty());
    return 0;
}
