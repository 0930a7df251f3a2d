// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"

#include <QAbstractTableModel>

namespace ui {

/// Records as a table, the newest first.
class RecordModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Serial, Verdict, Attempt, Delivery, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void show(const QList<station::RecordRow> &records);
    [[nodiscard]] const station::RecordRow &at(int row) const { return m_records[row]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    QList<station::RecordRow> m_records;
};

} // namespace ui
