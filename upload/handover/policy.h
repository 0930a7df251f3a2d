// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/trust.h"
#include "upload/handover/inspect.h"

namespace upload::handover {

/// What a receiver asks of a bundle and of each of its devices; a TOML file.
struct Policy {
    QString signersFile; ///< who may hand over; absolute
    QString rootsFile; ///< makers' roots of the receiver's own; empty: chain is not asked for
    bool chain = false; ///< the EK certificate leads to one of these roots, and is not revoked
    QStringList proofs; ///< checks that the station must have seen pass
    QStringList vendors; ///< empty: any
    QMap<QString, QStringList> firmware; ///< vendor → ranges that are good enough
    qint64 least = 0; ///< devices
    qint64 most = 1'000'000; ///< what one DPS holds

    bool operator==(const Policy &) const = default;
};

/// `file` names it in errors and gives the folder. Fault::Syntax with line and column.
[[nodiscard]] Result<Policy> parsePolicy(const QByteArray &toml, const QString &file);

/// Why a device is not taken; empty: it is. `issuers`: certificates that came along (DER).
[[nodiscard]] QString objectionTo(const Policy &policy, const tpm::Trust &roots,
    const QList<QByteArray> &issuers, const QDateTime &now, const QJsonObject &body);

} // namespace upload::handover
