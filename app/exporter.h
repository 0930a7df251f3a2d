// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"
#include "upload/handover/export.h"

#include <QObject>
#include <atomic>

namespace app {

/// Exports in a thread of the pool, so that the window goes on. One at a time.
class Exporter : public QObject {
    Q_OBJECT
public:
    explicit Exporter(station::LedgerPlace place);
    ~Exporter() override; ///< stops what is under way; its file is not written

    [[nodiscard]] bool isBusy() const { return m_stop != nullptr; }
    void begin(
        const station::RecordFilter &filter, upload::handover::Form form, const QString &path);
    void stop();

Q_SIGNALS:
    void progressed(qint64 done, qint64 all); ///< records; a hundred times an export at the most
    void ended(const station::Result<upload::handover::Exported> &exported, const QString &path);

private:
    station::LedgerPlace m_place;
    std::shared_ptr<std::atomic_bool> m_stop; ///< of the one under way
};

} // namespace app
