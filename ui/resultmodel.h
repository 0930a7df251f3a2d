// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"
#include "station/line.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace ui {

/// How the last ten examinations ended, the newest first.
class ResultModel : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int most = 10;
    enum Role { VerdictRole = Qt::UserRole, SerialRole, TimeRole, EntryRole };

    explicit ResultModel(station::Line &line, QObject *parent = nullptr);

    /// What was examined before the window began, the newest first.
    void begin(const QList<station::RecordRow> &records);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void add(const station::Recorded &recorded);

    QList<station::Recorded> m_results;
};

/// Paints a result: the verdict's shape on its colour, the serial, the word and the time.
class ResultDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace ui
