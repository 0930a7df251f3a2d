// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

/// The digits, as large as a gloved finger, for a PIN where there is no keyboard.
class Keypad : public QWidget {
    Q_OBJECT
public:
    explicit Keypad(QWidget *parent = nullptr);

Q_SIGNALS:
    void digitPressed(QChar digit);
    void backPressed(); ///< takes the last one away

protected:
    void changeEvent(QEvent *event) override;

private:
    void fit();
};

} // namespace ui
