// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/awaybar.h"

#include "ui/spoken.h"

#include <QHBoxLayout>
#include <QLocale>

namespace ui {

using namespace Qt::StringLiterals;

AwayBar::AwayBar(QWidget *parent) : QWidget(parent), m_words(new QLabel(this))
{
    setObjectName(u"away"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_words->setObjectName(u"awayText"_s);
    m_words->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 6, 14, 6);
    row->addWidget(m_words);
    hide();
    speak(this, [this] { refresh(); });
}

void AwayBar::showAway(qint64 waiting, std::chrono::minutes oldest)
{
    m_waiting = waiting;
    m_oldest = oldest;
    m_isAway = true;
    refresh();
    setVisible(m_isRoom);
}

void AwayBar::showBack()
{
    m_isAway = false;
    hide();
}

void AwayBar::setRoom(bool isRoom)
{
    m_isRoom = isRoom;
    setVisible(m_isAway && m_isRoom);
}

void AwayBar::refresh()
{
    const QLocale locale;
    const auto minutes = m_oldest.count();
    const QString age = minutes < 120 ? tr("%1 min").arg(locale.toString(minutes))
        : minutes < 48 * 60           ? tr("%1 h").arg(locale.toString(minutes / 60))
                                      : tr("%1 days").arg(locale.toString(minutes / 60 / 24));
    m_words->setText(m_waiting == 0
            ? tr("⚠ Cloud: offline, nothing waits. Testing goes on.")
            : tr("⚠ Cloud: %1 waiting, oldest %2. Testing goes on; they are sent by themselves.")
                  .arg(locale.toString(m_waiting), age));
    m_words->setAccessibleName(m_words->text());
}

} // namespace ui
