// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/checkup.h"

namespace app {

/// Whether a service has room left for enrollments: ill from nine tenths of its `capacity` on, so
/// that there is time to see to it.
[[nodiscard]] Symptom capacitySymptom(
    const Settings &settings, const QString &service, qint64 enrolled);

/// The same by what this ledger has enrolled there; others may have enrolled more. Healthy where
/// the ledger cannot be read, which is another's to say.
[[nodiscard]] Symptom capacitySymptom(const Settings &settings, const QString &service);

/// A line for each service that is ill.
[[nodiscard]] QStringList capacityWarnings(const Settings &settings);

} // namespace app
