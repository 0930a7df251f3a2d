// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command.h"
#include "app/settings.h"
#include "station/store.h"
#include "upload/handover/inspect.h"
#include "upload/handover/intake.h"

namespace app {

/// Devices that came as a file or as a bundle, judged one by one.
struct Judged {
    QString file;
    upload::handover::Intake intake;
    QString sha256, signer;
};

/// A bundle that is intact, signed by somebody trusted, and for `purpose`; else why not, said
/// already. `objection` may refuse a device by the body of its entry.
using Objection = std::function<QString(const QJsonObject &body)>;
[[nodiscard]] std::expected<std::pair<Judged, upload::handover::Manifest>, Exit> judgeBundle(
    const QString &path, const QString &signersFile, station::Purpose purpose,
    const Objection &objection);

/// A file of any other form.
[[nodiscard]] station::Result<Judged> judgeFile(const QString &path);

/// Queues what is not refused for a service, in the station's own ledger, and notes in the offers
/// what the ledger refuses.
[[nodiscard]] station::Result<void> lodge(
    Judged &judged, const Settings &settings, station::Store &store, const QString &service);

/// The service that --service names, "main" unless it says another. Fault::Missing.
[[nodiscard]] station::Result<QString> serviceOf(
    const QCommandLineParser &parser, const Settings &settings);

/// Prints each row that was not simply accepted, and how many were what; the exit that follows.
[[nodiscard]] Exit reportOffers(const Judged &judged, bool json);

} // namespace app
