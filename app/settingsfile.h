// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings.h"

namespace app {

/// What resources/station.toml says about a key, such as "service.url", in one paragraph.
[[nodiscard]] QString explanationOf(const QString &key);

/// A whole station.toml with the explanation of each key above it.
[[nodiscard]] QByteArray tomlOf(const Settings &settings);

/// What keeps settings from being saved, and where it stands: "service.main.url", "slot.2.target";
/// empty where no single key is to blame.
struct Complaint {
    QString key;
    QString text;

    bool operator==(const Complaint &) const = default;
};

/// What saveSettings() would refuse.
[[nodiscard]] std::optional<Complaint> complaintOf(const Settings &settings, const QString &file);

/// Replaces `file` by these settings and keeps the old one as FILE.bak. Fault::Syntax, and nothing
/// is written, where the settings would not be accepted again as they are.
[[nodiscard]] station::Result<void> saveSettings(const Settings &settings, const QString &file);

} // namespace app
