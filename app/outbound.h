// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings.h"
#include "station/admission.h"
#include "upload/outbox.h"
#include "upload/reporter.h"

// The ways out of a station, as its settings describe them.
namespace app {

/// What lets the station in at a service; a keychain or TPM is asked when it is used.
[[nodiscard]] upload::Result<upload::Credential> credentialOf(
    const Settings &settings, const ServiceSettings &service);

/// A provisioning service's client as the settings describe it. Fault::Purpose: a production
/// station and a test service, or the other way round.
[[nodiscard]] station::Result<std::unique_ptr<upload::Client>> openClient(
    const Settings &settings, const ServiceSettings &service);

/// How this process delivers to one of the settings' services.
[[nodiscard]] upload::OutboxOptions outboxOptions(
    const Settings &settings, const QString &service, station::LedgerPlace::Role role);

/// Who is told of examinations; null where nobody is. Fault::Missing: an address or a file that
/// cannot be used.
[[nodiscard]] station::Result<std::unique_ptr<upload::Recipient>> openRecipient(
    const Settings &settings);

/// Who asks the factory's system before a test, as the settings say: a command, an address, or
/// nobody. Fault::Missing.
[[nodiscard]] station::Result<std::unique_ptr<station::Admission>> openAdmission(
    const Settings &settings);

} // namespace app
