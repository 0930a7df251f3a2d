// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "upload/handover/chainline.h"
#include "upload/handover/manifest.h"

using namespace Qt::StringLiterals;
using namespace upload::handover;

/// A bundle's manifest; and the same bytes as a line of its records.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    if (const auto manifest = parseManifest(input)) {
        fuzz::require(parseManifest(textOf(*manifest)) == manifest);
        for (const Enclosure &file : manifest->files)
            fuzz::require(!file.name.startsWith(u'/') && !file.name.split(u'/').contains(u".."_s));
    } else {
        fuzz::require(manifest.error().detail.startsWith(u"manifest.json: "_s));
    }
    if (const auto entry = parseChainLine(input)) {
        const auto again = parseChainLine(chainLine(*entry));
        fuzz::require(again && again->digest == entry->digest);
    }
    return 0;
}
