// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCryptographicHash>

namespace tpm {

/// KDFa of TCG Part 1, 11.4.10.2 (SP800-108 counter mode over HMAC). `label` without its NUL.
[[nodiscard]] QByteArray kdfa(QCryptographicHash::Algorithm hash, const QByteArray &key,
    const QByteArray &label, const QByteArray &contextU, const QByteArray &contextV, int bits);

/// KDFe of TCG Part 1, 11.4.10.3: from an ECDH x coordinate and both parties' x coordinates.
[[nodiscard]] QByteArray kdfe(QCryptographicHash::Algorithm hash, const QByteArray &z,
    const QByteArray &label, const QByteArray &partyU, const QByteArray &partyV, int bits);

} // namespace tpm
