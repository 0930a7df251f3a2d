// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"

namespace tpm {

class Session;

/// What stands behind the TPM 2.0 interface.
enum class Kind { Discrete, Firmware, Integrated, Virtual, Unknown };

/// What changes in a TPM's life (TCG Part 2, 6.13 PT_VAR; 8.6 and 8.7 for the flags).
struct State {
    bool ownerAuthSet = false, endorsementAuthSet = false, lockoutAuthSet = false;
    bool clearDisabled = false; ///< TPM2_Clear with the lockout's password
    bool inLockout = false;
    bool platformEnabled = false, ownerEnabled = false, endorsementEnabled = false;
    quint32 lockoutCounter = 0; ///< wrong passwords remembered
    quint32 lockoutMost = 0; ///< so many lock it
    quint32 persistentFree = 0; ///< objects that still fit, as the TPM estimates

    bool operator==(const State &) const = default;
};

/// The fixed properties of a TPM (TCG Part 2, 6.13, TPM_PT).
struct Properties {
    QString manufacturer; ///< TPM_PT_MANUFACTURER, four characters without padding
    quint32 manufacturerId = 0;
    QString vendorString; ///< TPM_PT_VENDOR_STRING_1…4 joined
    quint32 firmware1 = 0; ///< TPM_PT_FIRMWARE_VERSION_1
    quint32 firmware2 = 0;
    QString family; ///< "2.0"
    quint32 revision = 0; ///< specification revision × 100
    quint32 nvBufferMax = 0; ///< bytes that one NV_Read may return
    Kind kind = Kind::Unknown;

    /// "major.minor.rest" of the two firmware words.
    [[nodiscard]] QString firmware() const;

    bool operator==(const Properties &) const = default;
};

/// One TPM2_GetCapability of TPM_CAP_TPM_PROPERTIES (more where the TPM pages).
[[nodiscard]] Result<Properties> readProperties(Session &session);

/// The same of the group that changes. Fault::Unsuitable where the flags are not told.
[[nodiscard]] Result<State> readState(Session &session);

/// The kind that manufacturer and vendor strings tell (FACTS: TCG vendor id registry).
[[nodiscard]] Kind kindOf(quint32 manufacturerId, const QString &vendorString);

} // namespace tpm
