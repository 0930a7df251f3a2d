// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"
#include "station/store.h"
#include "tpm/anchors.h"
#include "upload/handover/bundle.h"

namespace app {

/// What is to leave a ledger, and where it goes.
struct Retention {
    QString before; ///< "2026-03"
    qint64 beforeUs = 0; ///< the beginning of that month
    QString out; ///< a new bundle, or the one of an archive that was stopped
    upload::handover::BundlePapers papers;
    tpm::Anchors signer; ///< the certificate behind papers.sign
};

/// What an archive has done.
struct Retained {
    station::ArchiveNote note; ///< seq 0: nothing was old enough, or might go
    qint64 gone = 0; ///< bodies, this time
    qint64 left = 0; ///< that may go, and are not in this bundle
    bool takenUp = false; ///< the bundle was there already
    QList<station::Staying> staying;

    bool operator==(const Retained &) const = default;
};

/// Old examinations go into a bundle, which is written, verified and on the disk before the first
/// body goes. Stopped or killed at any step, the same call goes on from there. Fault::Refused: the
/// file is there and is no archive of this station for this month.
[[nodiscard]] station::Result<Retained> retain(station::Store &store, station::LedgerReader &reader,
    const Retention &wish, const upload::handover::Watcher &watcher);

} // namespace app
