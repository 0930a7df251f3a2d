// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resultmodel.h"

#include "ui/look.h"
#include "ui/wording.h"

#include <QLocale>
#include <QPainter>

namespace ui {

using namespace Qt::StringLiterals;
using station::Recorded;

ResultModel::ResultModel(station::Line &line, QObject *parent) : QAbstractListModel(parent)
{
    connect(&line, &station::Line::concluded, this,
        [this](int, const Recorded &recorded) { add(recorded); });
    connect(
        &line, &station::Line::halted, this, [this](const Recorded &recorded) { add(recorded); });
}

void ResultModel::begin(const QList<station::RecordRow> &records)
{
    beginResetModel();
    for (const station::RecordRow &record : records) {
        if (m_results.size() == most)
            break;
        if (std::ranges::find(m_results, record.id.seq, &Recorded::seq) != m_results.end())
            continue; // it ended while the past was looked up
        Recorded recorded{.serial = record.serial, .slot = record.slot};
        recorded.examination.verdict = record.verdict;
        recorded.seq = record.id.seq;
        recorded.atUs = record.atUs;
        recorded.attempt = record.attempt;
        m_results.append(recorded);
    }
    endResetModel();
}

int ResultModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_results.size());
}

QVariant ResultModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Recorded &result = m_results[index.row()];
    const QString word = wording::verdict(result.examination.verdict);
    const QString time = QLocale().toString(
        QDateTime::fromMSecsSinceEpoch(result.atUs / 1000).time(), QLocale::ShortFormat);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(result.serial, word);
    case Qt::ToolTipRole:
        return wording::reason(result.examination);
    case VerdictRole:
        return static_cast<int>(result.examination.verdict);
    case SerialRole:
        return result.serial;
    case TimeRole:
        return result.atUs > 0 ? tr("slot %1, %2").arg(result.slot, time) : tr("not recorded");
    case EntryRole:
        return result.seq;
    default:
        return {};
    }
}

void ResultModel::add(const Recorded &recorded)
{
    if (m_results.size() == most) {
        beginRemoveRows({}, most - 1, most - 1);
        m_results.removeLast();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_results.prepend(recorded);
    endInsertRows();
}

void ResultDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto state =
        slotStateOf(static_cast<station::Verdict>(index.data(ResultModel::VerdictRole).toInt()));
    const Colours colours = look::colours(state);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF row = QRectF(option.rect).adjusted(0, 2, 0, -2);
    if (option.state & (QStyle::State_Selected | QStyle::State_HasFocus)) {
        painter->setPen(QPen(option.palette.color(QPalette::Highlight), 2));
        painter->drawRoundedRect(row.adjusted(1, 1, -1, -1), 6, 6);
    }
    const QRectF badge(row.left() + 3, row.top() + 3, row.height() - 6, row.height() - 6);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colours.surface);
    painter->drawRoundedRect(badge, 6, 6);
    const double inset = badge.width() * 0.16;
    look::drawShape(*painter, state, badge.adjusted(inset, inset, -inset, -inset));
    const QRectF text(badge.right() + 8, row.top(), row.right() - badge.right() - 10, row.height());
    const QRectF upper(text.left(), text.top(), text.width(), text.height() * 0.55);
    const QRectF lower(text.left(), upper.bottom(), text.width(), text.height() * 0.45);
    const auto put = [&](const QFont &font, const QRectF &area, const QString &words,
                         Qt::TextElideMode elide) {
        painter->setFont(font);
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(font).elidedText(words, elide, area.width()));
    };
    painter->setPen(option.palette.color(QPalette::Text));
    // Serials differ at their end; of the rest the time is what can best be done without.
    put(look::scaled(option.font, 1, true), upper, index.data(ResultModel::SerialRole).toString(),
        Qt::ElideLeft);
    put(look::scaled(option.font, 0.84), lower,
        tr("%1 · %2").arg(wording::verdict(static_cast<station::Verdict>(
                              index.data(ResultModel::VerdictRole).toInt())),
            index.data(ResultModel::TimeRole).toString()),
        Qt::ElideRight);
    painter->restore();
}

QSize ResultDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.fontMetrics.averageCharWidth() * 18,
        std::max(48, option.fontMetrics.height() * 5 / 2)}; // a press shows the record
}

} // namespace ui
