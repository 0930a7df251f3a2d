// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QLabel;
class QLineEdit;
class QPushButton;
class QWidget;

namespace ui {

constexpr int glove = 48; ///< pixels: the least that a gloved finger hits

// What forms on the pages are made of; each has a name for tests and readers alike.

[[nodiscard]] QPushButton *press(const QString &objectName, QWidget *parent);
[[nodiscard]] QLineEdit *entry(const QString &objectName, QWidget *parent);

/// Its text and its accessible name.
void setWords(QPushButton *button, const QString &text);
/// What belongs into it, while it is empty, and its accessible name.
void setWords(QLineEdit *entry, const QString &text);
/// A sentence that is hidden while it is empty; with a mark, so that colour is not all there is.
void showSaid(QLabel *label, const QString &text, bool isGood);
/// A property that the style sheet looks at.
void restyle(QWidget *widget, const char *property, bool value);

} // namespace ui
