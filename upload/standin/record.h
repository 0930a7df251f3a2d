// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/standin/message.h"

namespace upload::standin {

/// What is wrong with an enrollment that a client wants to store: its id, its attestation, and the
/// form of every other field that the service knows. Unknown fields and nulls are fine.
[[nodiscard]] std::optional<Refusal> faultOf(
    const QString &registrationId, const QJsonObject &record, bool takesEcc);

/// What is stored of it: nulls and what only the service writes are left out, defaults are put in.
[[nodiscard]] QJsonObject cleaned(const QString &registrationId, const QJsonObject &record);

/// attestation.tpm.endorsementKey, base64.
[[nodiscard]] QByteArray endorsementKeyOf(const QJsonObject &record);

} // namespace upload::standin
