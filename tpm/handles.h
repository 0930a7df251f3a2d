// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace tpm {

// Where the SDKs look for a device's keys (TCG TPM 2.0 Provisioning Guidance, 7.8; azure-utpm-c).
inline constexpr quint32 endorsementHandle = 0x81010001;
inline constexpr quint32 storageHandle = 0x81000001;
inline constexpr quint32 identityHandle = 0x81000100; ///< of the key that DPS sends

// What TPM2_Clear takes away where it is the owner's (TCG Part 2, 7.2 and 7.5).
inline constexpr quint32 firstPersistent = 0x81000000;
inline constexpr quint32 lastPersistent = 0x81ffffff;
inline constexpr quint32 firstPlatformPersistent = 0x81800000; ///< from here on they stay
inline constexpr quint32 firstNv = 0x01000000;
inline constexpr quint32 lastNv = 0x01ffffff;

} // namespace tpm
