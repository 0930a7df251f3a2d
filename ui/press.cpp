// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/press.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>

namespace ui {

using namespace Qt::StringLiterals;

QPushButton *press(const QString &objectName, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setObjectName(objectName);
    button->setMinimumSize(glove, glove);
    return button;
}

QLineEdit *entry(const QString &objectName, QWidget *parent)
{
    auto *line = new QLineEdit(parent);
    line->setObjectName(objectName);
    line->setMinimumHeight(glove);
    line->setMinimumWidth(60);
    line->setMaxLength(200);
    return line;
}

void setWords(QPushButton *button, const QString &text)
{
    button->setText(text);
    button->setAccessibleName(text);
}

void setWords(QLineEdit *entry, const QString &text)
{
    entry->setPlaceholderText(text);
    entry->setAccessibleName(text);
}

void showSaid(QLabel *label, const QString &text, bool isGood)
{
    label->setVisible(!text.isEmpty());
    label->setText((isGood ? u"✓ "_s : u"✗ "_s) + text);
    label->setAccessibleName(label->text());
    restyle(label, "good", isGood);
}

void restyle(QWidget *widget, const char *property, bool value)
{
    if (widget->property(property).isValid() && widget->property(property).toBool() == value)
        return; // styling anew is slow
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace ui
