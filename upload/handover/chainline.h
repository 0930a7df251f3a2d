// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/chain.h"
#include "station/error.h"

namespace upload::handover {

using station::Result;

/// A line of a bundle's records.jsonl: an entry whole where it has a body, else its bare digest.
[[nodiscard]] QByteArray chainLine(const station::Entry &entry);
/// The entry of a line, its digest made of its body where there is one; without prev and hash.
/// Fault::Syntax.
[[nodiscard]] Result<station::Entry> parseChainLine(const QByteArray &line);

} // namespace upload::handover
