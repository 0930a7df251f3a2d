// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// What a person does before a slot's test begins, over that slot's tile and no other.
class Prompt : public QWidget {
    Q_OBJECT
public:
    Prompt(const QString &slot, QWidget *tile);

    void show(const QString &text, const QSize &size); ///< as large as its tile is

Q_SIGNALS:
    void done();

private:
    QLabel *m_text = nullptr;
    QPushButton *m_done = nullptr;
};

} // namespace ui
