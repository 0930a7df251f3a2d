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

constexpr int narrow = 150; ///< below this width the button alone has room
constexpr int low = 150; ///< below this height it stands beside the words

} // namespace

Prompt::Prompt(const QString &slot, QWidget *tile)
    : QWidget(tile), m_box(new QVBoxLayout(this)), m_whose(new QLabel(this)),
      m_text(new QLabel(this)), m_done(press(u"done-"_s + slot, this))
{
    setObjectName(u"prompt-"_s + slot);
    setAttribute(Qt::WA_StyledBackground);
    setProperty("prompt", true);
    for (QLabel *label : {m_whose, m_text}) {
        label->setAlignment(Qt::AlignCenter);
        label->setTextFormat(Qt::PlainText);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // the tile says how large
    }
    m_text->setWordWrap(true);
    m_done->setFocusPolicy(Qt::TabFocus);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_whose, 1);
    words->addWidget(m_text, 3);
    m_box->setContentsMargins(6, 6, 6, 6);
    m_box->setSpacing(4);
    m_box->addLayout(words, 3);
    m_box->addWidget(m_done, 1);
    connect(m_done, &QPushButton::clicked, this, &Prompt::done);
    speak(this, [this, slot] {
        m_done->setText(tr("Done"));
        m_done->setAccessibleName(tr("Done on slot %1").arg(slot));
    });
}

void Prompt::show(const SlotView &view, const QSize &size)
{
    resize(size);
    const bool isNarrow = size.width() < narrow, isLow = size.height() < low;
    m_box->setDirection(isLow ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    for (QLabel *label : {m_whose, m_text})
        label->setHidden(isNarrow);
    m_whose->setText(view.slot + u" · "_s + view.serial);
    m_whose->setFont(look::scaled(font(), isLow ? 0.85 : 1.1));
    m_text->setText(view.prompt);
    m_text->setFont(look::scaled(font(), isLow ? 1.0 : 1.9, true));
    m_done->setFont(look::scaled(font(), isLow ? 1.1 : 1.6, true));
    m_done->setMinimumWidth(isNarrow ? glove : std::max(glove, m_done->sizeHint().width()));
    m_done->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_done->setToolTip(view.prompt);
    m_done->setAccessibleDescription(view.prompt);
}

} // namespace ui
