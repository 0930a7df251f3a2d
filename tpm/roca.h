// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace tpm {

/// Whether an RSA modulus (big-endian) bears the mark of the Infineon library that generated weak
/// primes (CVE-2017-15361): p = k·M + (65537^a mod M), with M a product of small primes, so that
/// the modulus is a power of 65537 modulo each of them. Of other moduli about one in 2^27 bears it.
[[nodiscard]] bool isRocaModulus(const QByteArray &modulus);

/// A prime below 2000 that divides the number (big-endian); 0: none does.
[[nodiscard]] quint32 smallFactor(const QByteArray &modulus);

} // namespace tpm
