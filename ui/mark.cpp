// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mark.h"

#include "ui/look.h"

#include <QEvent>
#include <QPainter>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

SlotState stateOf(Mark::Health health)
{
    switch (health) {
    case Mark::Health::Good:
        return SlotState::Pass;
    case Mark::Health::Care:
        return SlotState::Error;
    case Mark::Health::Bad:
        return SlotState::Fail;
    }
    return SlotState::Fail;
}

} // namespace

Mark::Mark(const QString &name, QWidget *parent) : QWidget(parent)
{
    setObjectName(name);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
}

void Mark::show(const std::function<QString()> &words, Health health, const QString &detail)
{
    m_say = words;
    m_health = health;
    m_detail = detail;
    speak();
}

void Mark::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_say)
        speak();
}

void Mark::speak()
{
    m_words = m_say();
    setAccessibleName(m_words);
    setToolTip(m_detail.isEmpty() ? m_words : m_detail);
    updateGeometry();
    update();
}

QSize Mark::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_words) + fontMetrics().height() * 5 / 2,
        fontMetrics().height() * 2};
}

QSize Mark::minimumSizeHint() const
{
    return {fontMetrics().height() * 6, sizeHint().height()};
}

void Mark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours colours = look::colours(stateOf(m_health));
    const double height = std::min<double>(this->height(), fontMetrics().height() * 2);
    const QRectF frame(0, (this->height() - height) / 2, width(), height);
    const bool isGood = m_health == Health::Good;
    painter.setPen(Qt::NoPen);
    painter.setBrush(isGood ? palette().color(QPalette::Base) : colours.surface);
    painter.drawRoundedRect(frame, height / 2, height / 2);
    const double inset = height * 0.2;
    const QRectF badge =
        QRectF(frame.left(), frame.top(), height, height).adjusted(inset, inset, -inset, -inset);
    if (isGood) { // calm: only the badge has the colour
        painter.setBrush(colours.surface);
        painter.drawEllipse(badge);
        const double in = badge.width() * 0.2;
        look::drawShape(painter, SlotState::Pass, badge.adjusted(in, in, -in, -in));
    } else {
        look::drawShape(painter, stateOf(m_health), badge);
    }
    painter.setPen(isGood ? palette().color(QPalette::WindowText) : colours.text);
    const QRectF room = frame.adjusted(height, 0, -inset, 0);
    const Lines lines = linesIn(room.size());
    painter.setFont(lines.font);
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft, lines.words);
}

Mark::Lines Mark::linesIn(const QSizeF &room) const
{
    if (fontMetrics().horizontalAdvance(m_words) <= room.width())
        return {m_words, font()};
    const QString what = m_words.section(u": "_s, 0, 0) + u':';
    const QString how = m_words.section(u": "_s, 1);
    const bool isHowLonger =
        fontMetrics().horizontalAdvance(how) > fontMetrics().horizontalAdvance(what);
    return {what + u'\n' + how,
        look::fitting(font(), isHowLonger ? how : what, room.width(), room.height() * 0.36)};
}

} // namespace ui
