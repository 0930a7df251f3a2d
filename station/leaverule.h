// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QtGlobal>

namespace station {

class TomlTable;

/// What the factory leaves in a TPM in which nothing else has failed.
struct LeaveRule {
    bool ek = false; ///< the EK of template L-1, persisted
    bool srk = false; ///< the storage root key, persisted
    bool dropIdentity = false; ///< the DPS identity key of an earlier registration is taken away
    bool replace = false; ///< an EK of another template gives way
    bool clear = false; ///< TPM2_Clear, before all of this
    QList<quint32> allow = {}; ///< handles and NV indices that the clear may take away besides

    /// Whether anything is written to a TPM.
    [[nodiscard]] bool writes() const { return ek || srk || dropIdentity || clear; }

    bool operator==(const LeaveRule &) const = default;
};

/// A plan's [leave]; complains there.
[[nodiscard]] LeaveRule readLeave(TomlTable table);

} // namespace station
