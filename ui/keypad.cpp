// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keypad.h"

#include "ui/look.h"
#include "ui/press.h"
#include "ui/spoken.h"

#include <QEvent>
#include <QGridLayout>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;

Keypad::Keypad(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"keypad"_s);
    setMaximumSize(520, 520);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    const QString digits = u"1234567890"_s;
    for (int at = 0; at < digits.size(); ++at) {
        const QChar digit = digits[at];
        auto *key = press(u"key-"_s + digit, this);
        key->setFocusPolicy(Qt::TabFocus); // a press leaves the focus in the PIN
        key->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
        setWords(key, digit);
        grid->addWidget(key, at / 3, digit == u'0' ? 1 : at % 3);
        connect(key, &QPushButton::clicked, this, [this, digit] { Q_EMIT digitPressed(digit); });
    }
    auto *back = press(u"key-back"_s, this);
    back->setFocusPolicy(Qt::TabFocus);
    back->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    back->setText(u"⌫"_s);
    speak(back, [back] { back->setAccessibleName(tr("Take the last digit away")); });
    grid->addWidget(back, 3, 2);
    fit();
    connect(back, &QPushButton::clicked, this, &Keypad::backPressed);
}

void Keypad::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

void Keypad::fit()
{
    for (auto *key : findChildren<QPushButton *>()) {
        key->setFont(look::scaled(font(), 1.6, true));
        key->setMinimumWidth(std::max(glove, key->minimumSizeHint().width()));
    }
}

} // namespace ui
