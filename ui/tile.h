// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/slotview.h"

#include <QWidget>

class QPropertyAnimation;
class QPushButton;

namespace ui {

class Prompt;

/// One slot, to be read from three metres: a colour, a shape, a word; then whose it is and what to
/// do.
class Tile : public QWidget {
    Q_OBJECT
public:
    explicit Tile(const QString &slot, QWidget *parent = nullptr);

    void show(const SlotView &view);
    [[nodiscard]] const SlotView &view() const { return m_view; }

Q_SIGNALS:
    void stopAsked(); ///< of what runs here
    void promptDone(); ///< what was asked here
    void painted(); ///< what show() was last given is on the screen

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void paintHead(QPainter &painter, QRectF &area) const;
    void paintFoot(QPainter &painter, QRectF &area) const;
    void paintState(QPainter &painter, const QRectF &area) const;
    void paintSmall(QPainter &painter, const QRectF &area) const;

    void placeStop();
    void showPrompt();
    [[nodiscard]] bool hasRoom() const;

    SlotView m_view;
    QPushButton *m_stop = nullptr;
    Prompt *m_prompt = nullptr; ///< null: nothing was asked here yet
    QPropertyAnimation *m_sliding = nullptr; ///< the same
    bool m_isPressed = false; ///< a tile without room shows its stop in the place of everything
};

} // namespace ui
