// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace support {

/// A known answer of tests/data/vectors.json, by its dotted name, from hex to bytes; a name that is
/// not there ends the test.
[[nodiscard]] QByteArray vector(const char *name);

} // namespace support
