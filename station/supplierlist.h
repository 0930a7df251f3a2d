// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <QByteArray>
#include <QHash>

namespace station {

/// What a supplier says was delivered: endorsement keys, serials, or which key is in which serial.
class SupplierList {
public:
    enum class Answer {
        Delivered,
        UnknownKey,
        UnknownSerial,
        OtherSerial, ///< this key was delivered in another serial
        NothingToFind, ///< it lists serials, and this device has none
    };

    /// CSV in UTF-8 (RFC 4180; comma or semicolon) whose first line names the columns: `ek_sha256`
    /// (hex), `ek` (the key in any form that tpm::diagnose() reads, base64) or `serial`; others are
    /// not looked at. Fault::Syntax with file and line, also for what stands there twice.
    [[nodiscard]] static Result<SupplierList> parse(const QByteArray &csv, const QString &file);
    [[nodiscard]] static Result<SupplierList> load(const QString &path);

    /// `ekSha256`: 32 bytes of the TPM2B_PUBLIC; `serial`: empty if nobody said it.
    [[nodiscard]] Answer find(const QByteArray &ekSha256, const QString &serial) const;
    [[nodiscard]] qsizetype size() const { return std::max(m_keys.size(), m_serials.size()); }

private:
    [[nodiscard]] Result<void> add(const QByteArray &key, const QString &serial, int line);

    QHash<QByteArray, QString> m_keys; ///< → serial, or nothing
    QHash<QString, int> m_serials; ///< → the line it stands in
};

} // namespace station
