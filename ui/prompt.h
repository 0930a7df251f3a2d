// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/slotview.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace ui {

/// What a person does before a slot's test begins, over that slot's tile and no other.
class Prompt : public QWidget {
    Q_OBJECT
public:
    Prompt(const QString &slot, QWidget *tile);

    void show(const SlotView &view, const QSize &size); ///< as large as its tile is

Q_SIGNALS:
    void done();

private:
    QBoxLayout *m_box = nullptr;
    QLabel *m_whose = nullptr; ///< the slot's and the unit's names
    QLabel *m_text = nullptr;
    QPushButton *m_done = nullptr;
};

} // namespace ui
