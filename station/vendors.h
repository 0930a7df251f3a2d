// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace station {

// Makers of TPMs, from resources/tpm/vendors.json: the TCG's registry of vendor ids, and under
// which other ids their certificates go.

/// `manufacturerId`: TPM_PT_MANUFACTURER; `certified`: the eight hex digits of a certificate.
[[nodiscard]] bool isSameVendor(quint32 manufacturerId, const QString &certified);

/// The maker's name behind eight hex digits; "id:…" for one that nobody knows.
[[nodiscard]] QString vendorName(const QString &certified);

} // namespace station
