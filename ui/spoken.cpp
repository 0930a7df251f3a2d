// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/spoken.h"

#include <QEvent>
#include <QWidget>

namespace ui {

namespace {

class Spoken : public QObject {
public:
    Spoken(QWidget *widget, std::function<void()> say) : QObject(widget), m_say(std::move(say))
    {
        widget->installEventFilter(this);
        m_say();
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::LanguageChange)
            m_say();
        return false;
    }

private:
    std::function<void()> m_say;
};

} // namespace

void speak(QWidget *widget, const std::function<void()> &say)
{
    new Spoken(widget, say);
}

} // namespace ui
