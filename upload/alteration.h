// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/delivery.h"
#include "upload/client.h"

namespace upload {

/// Enables, disables or deletes an enrollment. Looks first: another's is left as it is (a
/// conflict), what is so already is confirmed, and what changed between the look and the deed
/// comes back as pending. Of the record only its status changes, so that what the service's owner
/// has set stays. `wanted`: whose enrollment it must be.
void alter(Client &client, const station::Delivery &delivery, const Enrollment &wanted,
    const Client::Then<station::Settlement> &then);

} // namespace upload
