// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notice.h"

#include "ui/look.h"
#include "ui/screenwording.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

Notice::Notice(const station::Error &error)
{
    build(wording::fault(error), error.detail, true);
}

Notice::Notice(const QString &title, const QString &text)
{
    build(title, text, false);
}

void Notice::build(const QString &title, const QString &text, bool isTrouble)
{
    setObjectName(u"notice"_s);
    setAccessibleName(title);
    setWindowTitle(tr("ekstation"));
    resize(760, 360);
    setFont(look::font({1280, 800}));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(40, 36, 40, 28);
    auto *head = new QLabel(title, this);
    head->setObjectName(u"noticeTitle"_s);
    head->setFont(look::scaled(font(), 1.7, true));
    head->setWordWrap(true);
    auto *body = new QLabel(text, this);
    body->setObjectName(u"noticeText"_s);
    body->setWordWrap(true);
    body->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(head);
    column->addWidget(body, 1, Qt::AlignTop);
    if (!isTrouble)
        return;
    auto *close = new QPushButton(tr("&Close"), this);
    close->setObjectName(u"noticeClose"_s);
    close->setAccessibleName(tr("Close"));
    close->setMinimumSize(120, 48);
    connect(close, &QPushButton::clicked, this, &QWidget::close);
    column->addWidget(close, 0, Qt::AlignRight);
    close->setFocus();
}

} // namespace ui
