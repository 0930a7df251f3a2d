// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/reader.h"
#include "ui/exportbar.h"
#include "ui/recordmodel.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QTableView;
class QTextBrowser;

namespace ui {

/// What the ledger holds: search on the left, one entry whole on the right. Reads through the
/// reader thread, so a slow disk never holds the window.
class RecordPage : public QWidget {
    Q_OBJECT
public:
    explicit RecordPage(station::Reader &reader, QWidget *parent = nullptr);

    void refresh(); ///< asks again for what is searched
    void search(const QString &serial);
    [[nodiscard]] station::RecordFilter filter() const; ///< what is searched
    [[nodiscard]] ExportBar &exportBar() { return *m_exports; }

private:
    void found(quint64 generation, const station::Result<QList<station::RecordRow>> &records);
    void looked(quint64 generation, const station::Result<station::StoredEntry> &stored);

    station::Reader &m_reader;
    RecordModel m_model;
    QLineEdit *m_search = nullptr;
    QTableView *m_table = nullptr;
    QTextBrowser *m_detail = nullptr;
    QLabel *m_message = nullptr;
    ExportBar *m_exports = nullptr;
    quint64 m_generation = 0;
};

/// One entry as a page of rich text: verdict, findings, key, certificates, deliveries.
[[nodiscard]] QString detailOf(const station::StoredEntry &stored);

} // namespace ui
