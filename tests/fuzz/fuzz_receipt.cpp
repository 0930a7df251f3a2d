// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/receipt.h"
#include "tests/fuzz/entry.h"

using namespace Qt::StringLiterals;

/// A customer's receipt.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    const auto receipt = station::parseReceipt(input, u"r"_s);
    if (receipt)
        fuzz::require(receipt->text() == input);
    else
        fuzz::require(receipt.error().detail.startsWith(u"r:"_s));
    return 0;
}
