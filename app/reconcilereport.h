// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/reconciler.h"

#include <QSaveFile>

namespace app {

/// A comparison as it is told: a table or JSON on stdout, and a CSV file that appears whole or not
/// at all. Nothing is kept, so that memory stays constant.
class ReconcileReport {
public:
    /// `file`: empty, no CSV. Fault::Full: it cannot be written.
    [[nodiscard]] static station::Result<std::unique_ptr<ReconcileReport>> open(
        bool json, const QString &file);

    void add(const Reconciled &reconciled);
    /// Fault::Full: the file is not there, or the old one still is.
    [[nodiscard]] station::Result<void> end(const QString &service, const ReconcileTotals &totals);

private:
    explicit ReconcileReport(bool json) : m_json(json) { }
    [[nodiscard]] station::Error fault() const;

    bool m_json;
    bool m_isHeadPrinted = false;
    std::unique_ptr<QSaveFile> m_file;
};

} // namespace app
