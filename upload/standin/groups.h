// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/standin/message.h"

namespace upload::standin {

/// /enrollmentGroups…: there are none, and there can be none here, since the service does not allow
/// TPM attestation in groups. `segments` as in the path, "enrollmentGroups" first.
[[nodiscard]] Response answerGroups(const Request &request, const QList<QByteArray> &segments);

} // namespace upload::standin
