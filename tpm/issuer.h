// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace tpm {

/// The issuer's name inside an X.509 certificate (RFC 5280, 4.1), DER, found without reading the
/// rest: a recall looks at a million certificates. Empty for bytes that are no certificate.
[[nodiscard]] QByteArray issuerIn(const QByteArray &der);

/// A name in DER on one line, as tpm::Anchor has it (RFC 2253); empty for bytes that are none.
[[nodiscard]] QString nameOfDer(const QByteArray &name);

} // namespace tpm
