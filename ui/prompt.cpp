// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt.h"

#include "ui/look.h"
#include "ui/press.h"
#include "ui/spoken.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int low = 110; ///< below this height the button alone has room, and says what it confirms

} // namespace

Prompt::Prompt(const QString &slot, QWidget *tile)
    : QWidget(tile), m_text(new QLabel(this)), m_done(press(u"done-"_s + slot, this))
{
    setObjectName(u"prompt-"_s + slot);
    setAttribute(Qt::WA_StyledBackground);
    setProperty("prompt", true);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setTextFormat(Qt::PlainText);
    m_done->setFocusPolicy(Qt::TabFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(6, 6, 6, 6);
    column->setSpacing(4);
    column->addWidget(m_text, 1);
    column->addWidget(m_done);
    connect(m_done, &QPushButton::clicked, this, &Prompt::done);
    speak(this, [this, slot] {
        m_done->setText(tr("Done"));
        m_done->setAccessibleName(tr("Done on slot %1").arg(slot));
    });
}

void Prompt::show(const QString &text, const QSize &size)
{
    resize(size);
    const bool isLow = size.height() < low;
    m_text->setVisible(!isLow);
    m_text->setText(text);
    m_text->setFont(look::scaled(font(), size.height() < 200 ? 1.0 : 1.5, true));
    m_done->setFont(look::scaled(font(), isLow ? 1.0 : 1.4, true));
    m_done->setSizePolicy(
        QSizePolicy::Expanding, isLow ? QSizePolicy::Expanding : QSizePolicy::Fixed);
    m_done->setToolTip(text);
    m_done->setAccessibleDescription(text);
}

} // namespace ui
