// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/checkup.h"
#include "app/settingsfile.h"
#include "ui/settingspage.h"

namespace app {

/// A form that holds these settings.
[[nodiscard]] ui::SettingsPage *makeSettingsPage(const Settings &settings);

/// The settings that a form asks for, on top of those that it does not show; or what in it cannot
/// even be written down.
[[nodiscard]] std::expected<Settings, Complaint> settingsOf(
    const ui::SettingsPage &page, const Settings &before);

/// What a check-up saw and what helps, in one line.
[[nodiscard]] QString textOf(const Symptom &symptom);

} // namespace app
