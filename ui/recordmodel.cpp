// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recordmodel.h"

#include "ui/look.h"
#include "ui/wording.h"

#include <QIcon>
#include <QLocale>
#include <QPainter>
#include <QPixmap>

namespace ui {

namespace {

QIcon icon(SlotState state)
{
    QPixmap pixmap(48, 48);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(look::colours(state).surface);
    painter.drawRoundedRect(QRectF(0, 0, 48, 48), 8, 8);
    look::drawShape(painter, state, QRectF(8, 8, 32, 32));
    return pixmap;
}

} // namespace

void RecordModel::show(const QList<station::RecordRow> &records)
{
    beginResetModel();
    m_records = records;
    endResetModel();
}

int RecordModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_records.size());
}

int RecordModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant RecordModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const station::RecordRow &record = m_records[index.row()];
    if (role == Qt::DecorationRole && index.column() == Verdict)
        return icon(slotStateOf(record.verdict));
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Time:
        return QLocale().toString(
            QDateTime::fromMSecsSinceEpoch(record.atUs / 1000), QLocale::ShortFormat);
    case Serial:
        return record.serial;
    case Verdict:
        return wording::verdict(record.verdict);
    case Attempt:
        return record.attempt;
    case Delivery:
        return wording::delivery(record.delivery);
    default:
        return {};
    }
}

QVariant RecordModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Serial:
        return tr("Serial");
    case Verdict:
        return tr("Verdict");
    case Attempt:
        return tr("Attempt");
    case Delivery:
        return tr("Cloud");
    default:
        return {};
    }
}

} // namespace ui
