// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board.h"

#include "ui/spoken.h"

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int atOnce = 8; ///< tiles that are painted in one turn of the event loop
constexpr double shape = 1.7; ///< the width of a tile that reads best, by its height

/// The number of columns whose tiles hold the largest rectangle of the best shape.
int columnsFor(qsizetype tiles, const QSize &size)
{
    int best = 1;
    double largest = 0;
    for (int columns = 1; columns <= tiles; ++columns) {
        const qsizetype rows = (tiles + columns - 1) / columns;
        const double height =
            std::min(double(size.width()) / columns / shape, double(size.height()) / double(rows));
        if (height > largest * 1.001) {
            largest = height;
            best = columns;
        }
    }
    return best;
}

} // namespace

Board::Board(SlotModel &model, QWidget *parent) : QWidget(parent), m_model(model)
{
    setObjectName(u"board"_s);
    speak(this, [this] { setAccessibleName(tr("Slots")); });
    setMinimumSize(240, 100);
    for (int slot = 0; slot < model.rowCount(); ++slot) {
        auto *tile = new Tile(model.at(slot).slot, this);
        tile->show(model.at(slot));
        connect(tile, &Tile::stopAsked, this, [this, slot] { Q_EMIT stopAsked(slot); });
        connect(tile, &Tile::promptDone, this, [this, slot] { Q_EMIT promptDone(slot); });
        m_tiles.append(tile);
    }
    connect(&m_turn, &QTimer::timeout, this, &Board::showSome);
    connect(&model, &SlotModel::dataChanged, this, [this](const QModelIndex &changed) {
        if (!m_changed.contains(changed.row()))
            m_changed.append(changed.row());
        if (!m_turn.isActive())
            m_turn.start(0);
    });
}

/// Painting 64 tiles at once would hold the window for longer than a scan may wait.
void Board::showSome()
{
    for (int count = 0; count < atOnce && !m_changed.isEmpty(); ++count) {
        const int slot = m_changed.takeFirst();
        m_tiles[slot]->show(m_model.at(slot));
    }
    if (m_changed.isEmpty())
        m_turn.stop();
}

void Board::resizeEvent(QResizeEvent *)
{
    const int columns = columnsFor(m_tiles.size(), size());
    const int rows = static_cast<int>((m_tiles.size() + columns - 1) / columns);
    const int gap = m_tiles.size() > 16 ? 4 : 10;
    const double width = double(this->width() + gap) / columns;
    const double height = double(this->height() + gap) / rows;
    for (int at = 0; at < m_tiles.size(); ++at) {
        const int column = at % columns;
        const int row = at / columns;
        const int left = static_cast<int>(column * width);
        const int top = static_cast<int>(row * height);
        m_tiles[at]->setGeometry(left, top, static_cast<int>((column + 1) * width) - gap - left,
            static_cast<int>((row + 1) * height) - gap - top);
    }
}

} // namespace ui
