// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <functional>

namespace tpm {

/// Bytes that nobody can foresee; a parameter so that known answers can be tested.
using Random = std::function<QByteArray(int)>;

/// Random bytes from OpenSSL's generator.
[[nodiscard]] QByteArray secureRandom(int bytes);

} // namespace tpm
