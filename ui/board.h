// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/slotmodel.h"
#include "ui/tile.h"

#include <QTimer>

namespace ui {

/// All slots side by side, 1 to 64: as many columns as make the tiles largest.
class Board : public QWidget {
    Q_OBJECT
public:
    explicit Board(SlotModel &model, QWidget *parent = nullptr);

    [[nodiscard]] Tile &tile(int slot) const { return *m_tiles[slot]; }

Q_SIGNALS:
    void stopAsked(int slot);
    void promptDone(int slot);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showSome();

    SlotModel &m_model;
    QList<Tile *> m_tiles; ///< children
    QList<int> m_changed; ///< slots whose tiles are still to be told
    QTimer m_turn;
};

} // namespace ui
