// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tile.h"

#include "ui/look.h"
#include "ui/press.h"
#include "ui/prompt.h"
#include "ui/screenwording.h"
#include "ui/spoken.h"

#include <QPainter>
#include <QPropertyAnimation>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int roomy = 170; ///< from this width and height on a stop has a place of its own
constexpr double smallest = 96; ///< below this height there is room for a shape and a word only

void drawElided(QPainter &painter, const QRectF &area, int flags, const QString &text,
    Qt::TextElideMode mode = Qt::ElideRight)
{
    painter.drawText(
        area, flags, painter.fontMetrics().elidedText(text, mode, static_cast<int>(area.width())));
}

} // namespace

Tile::Tile(const QString &slot, QWidget *parent) : QWidget(parent)
{
    setObjectName(u"tile-"_s + slot);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_stop = press(u"stop-"_s + slot, this);
    m_stop->setFocusPolicy(Qt::TabFocus);
    m_stop->hide();
    speak(m_stop, [this, slot] {
        m_stop->setText(tr("Stop"));
        m_stop->setAccessibleName(tr("Stop the test on slot %1").arg(slot));
    });
    connect(m_stop, &QPushButton::clicked, this, &Tile::stopAsked);
}

void Tile::show(const SlotView &view)
{
    m_view = view;
    setAccessibleName(tr("Slot %1: %2").arg(view.slot, wording::state(view.state)));
    setAccessibleDescription(
        QStringList{view.serial, view.what, view.next}.join(u' ').simplified());
    setToolTip(QStringList{view.what, view.next}.join(u'\n').trimmed());
    m_isPressed = m_isPressed && view.state == SlotState::Running;
    placeStop();
    showPrompt();
    update();
}

/// Over this tile and nothing else, from below.
void Tile::showPrompt()
{
    const bool isAsked = !m_view.prompt.isEmpty();
    if (!m_prompt && isAsked) {
        m_prompt = new Prompt(m_view.slot, this);
        m_prompt->hide();
        connect(m_prompt, &Prompt::done, this, &Tile::promptDone);
        m_sliding = new QPropertyAnimation(m_prompt, "pos", this);
        m_sliding->setDuration(180);
    }
    if (!m_prompt || (!isAsked && m_prompt->isHidden()))
        return;
    const bool isNew = m_prompt->isHidden();
    m_prompt->show(m_view, size());
    m_prompt->setVisible(isAsked);
    if (!isNew)
        return;
    m_sliding->setStartValue(QPoint(0, height()));
    m_sliding->setEndValue(QPoint(0, 0));
    m_sliding->start();
}

bool Tile::hasRoom() const
{
    return width() >= roomy && height() >= roomy;
}

void Tile::placeStop()
{
    // Of what a device does by itself, its registration, nothing can be stopped.
    const bool canStop = m_view.state == SlotState::Running && m_view.check != "registration"_L1;
    const bool isShown = canStop && (hasRoom() || m_isPressed);
    if (!isShown)
        m_stop->clearFocus(); // else the next tile's would get it, and a space press it
    m_stop->setVisible(isShown);
    if (!hasRoom()) {
        m_stop->setGeometry(rect().adjusted(4, 4, -4, -4));
        return;
    }
    const int side = std::clamp(height() / 6, glove, 64);
    m_stop->setGeometry(width() - 2 * side - 8, height() - side - 8, 2 * side, side);
}

void Tile::resizeEvent(QResizeEvent *)
{
    placeStop();
    if (!m_view.prompt.isEmpty()) {
        m_sliding->stop();
        m_prompt->show(m_view, size());
        m_prompt->move(0, 0);
    }
}

/// Again: it was not meant.
void Tile::mousePressEvent(QMouseEvent *)
{
    m_isPressed = !m_isPressed && m_view.state == SlotState::Running;
    placeStop();
}

void Tile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours colours = look::colours(m_view.state);
    const double edge = m_view.state == SlotState::Empty ? 1.5 : 3;
    const QRectF frame = QRectF(rect()).adjusted(edge, edge, -edge, -edge);
    QPen pen(colours.edge, edge);
    if (m_view.state == SlotState::Empty)
        pen.setStyle(Qt::DashLine);
    painter.setPen(pen);
    painter.setBrush(colours.surface);
    const double round = std::min(12.0, frame.height() / 10);
    painter.drawRoundedRect(frame, round, round);
    painter.setPen(colours.text);
    const double margin = std::clamp(frame.height() * 0.06, 4.0, 20.0);
    QRectF area = frame.adjusted(margin, margin, -margin, -margin);
    if (frame.height() < smallest) {
        paintSmall(painter, area);
    } else {
        paintHead(painter, area);
        paintFoot(painter, area);
        paintState(painter, area);
    }
    Q_EMIT painted();
}

/// Slot on the left, serial on the right.
void Tile::paintHead(QPainter &painter, QRectF &area) const
{
    const double height = std::clamp(area.height() * 0.13, 14.0, 44.0);
    const QRectF line(area.left(), area.top(), area.width(), height * 1.25);
    painter.setFont(look::fitting(font(), m_view.slot, area.width() * 0.4, height));
    const QString name = tr("Slot %1").arg(m_view.slot);
    const double used = QFontMetricsF(painter.font()).horizontalAdvance(name) + height * 0.6;
    drawElided(painter, line, Qt::AlignLeft | Qt::AlignVCenter, name);
    const QRectF rest = line.adjusted(used, 0, 0, 0);
    painter.setFont(look::fitting(font(), m_view.serial, rest.width(), height));
    drawElided(painter, rest, Qt::AlignRight | Qt::AlignVCenter, m_view.serial, Qt::ElideLeft);
    area.setTop(line.bottom() + height * 0.2);
}

/// In bold what to do next, and above it what was found where that leaves the state half of the
/// room.
void Tile::paintFoot(QPainter &painter, QRectF &area) const
{
    const double size =
        std::clamp(std::min(area.height() * 0.115, area.width() * 0.058), 10.0, 34.0);
    QFont next = look::scaled(font(), 1, true);
    next.setPixelSize(static_cast<int>(size));
    QFont what = next;
    what.setBold(false);
    what.setPixelSize(static_cast<int>(size * 0.9));
    const int flags = Qt::AlignHCenter | Qt::AlignBottom | Qt::TextWordWrap;
    if (m_stop->isVisibleTo(this) && hasRoom()) // the words stand above it
        area.setBottom(m_stop->geometry().top() - size * 0.25);
    const double highest = area.top() + area.height() * 0.42;
    const auto put = [&](const QFont &use, const QString &text) {
        if (text.isEmpty())
            return;
        painter.setFont(use);
        const double most = QFontMetricsF(use).lineSpacing() * 2.05;
        const QRectF whole(area.left(), area.bottom() - most, area.width(), most);
        const QRectF needed = painter.boundingRect(whole, flags, text);
        if (!use.bold() && area.bottom() - std::min(needed.height(), most) < highest)
            return;
        painter.save();
        painter.setClipRect(whole);
        if (needed.height() > most)
            painter.drawText(whole, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, text);
        else
            painter.drawText(whole, flags, text);
        painter.restore();
        area.setBottom(area.bottom() - std::min(needed.height(), most) - size * 0.25);
    };
    put(next, m_view.next);
    const bool isRunning = m_view.state == SlotState::Running;
    const QString found = isRunning ? wording::step(m_view) : m_view.what;
    QStringList parts{
        found, isRunning ? wording::left(m_view) : QString(), wording::attempt(m_view)};
    parts.removeAll(QString());
    put(what, parts.join(u" · "_s));
}

/// The shape and the word, as large as what is left allows; side by side where that is wide.
void Tile::paintState(QPainter &painter, const QRectF &area) const
{
    const QString word = wording::state(m_view.state);
    const double progress = m_view.steps > 0 ? double(m_view.step) / (m_view.steps + 1) : 0;
    const bool isWide = area.width() > area.height() * 1.9;
    if (isWide) {
        const double shape = std::min(area.height() * 0.86, area.width() * 0.3);
        painter.setFont(
            look::fitting(font(), word, area.width() - shape * 1.2, area.height() * 0.62));
        const double text = QFontMetricsF(painter.font()).horizontalAdvance(word);
        const double gap = shape * 0.18;
        const double left = area.center().x() - (shape + gap + text) / 2;
        look::drawShape(painter, m_view.state,
            QRectF(left, area.center().y() - shape / 2, shape, shape), progress);
        painter.drawText(QRectF(left + shape + gap, area.top(), text + 2, area.height()),
            Qt::AlignVCenter | Qt::AlignLeft, word);
        return;
    }
    const double shape = std::min(area.width() * 0.8, area.height() * 0.6);
    painter.setFont(look::fitting(font(), word, area.width(), area.height() * 0.3));
    const double text = QFontMetricsF(painter.font()).height();
    const double top = area.center().y() - (shape + text) / 2;
    look::drawShape(
        painter, m_view.state, QRectF(area.center().x() - shape / 2, top, shape, shape), progress);
    painter.drawText(QRectF(area.left(), top + shape, area.width(), text), Qt::AlignCenter, word);
}

void Tile::paintSmall(QPainter &painter, const QRectF &area) const
{
    const QString word = wording::state(m_view.state).section(u' ', 0, 0);
    const double progress = m_view.steps > 0 ? double(m_view.step) / (m_view.steps + 1) : 0;
    const double head = std::clamp(area.height() * 0.3, 10.0, 20.0);
    painter.setFont(look::fitting(font(), m_view.slot, area.width(), head));
    const QRectF line(area.left(), area.top(), area.width(), head * 1.2);
    const double name = QFontMetricsF(painter.font()).horizontalAdvance(m_view.slot) + head * 0.5;
    drawElided(painter, line, Qt::AlignLeft | Qt::AlignVCenter, m_view.slot);
    painter.setFont(look::fitting(font(), u"0"_s, area.width(), head * 0.75));
    // The end of a serial is what tells it from the next.
    drawElided(painter, line.adjusted(name, 0, 0, 0), Qt::AlignRight | Qt::AlignVCenter,
        m_view.serial, Qt::ElideLeft);
    const QRectF rest = area.adjusted(0, line.height(), 0, 0);
    const double shape = std::min(rest.height(), area.width() * 0.4);
    look::drawShape(painter, m_view.state,
        QRectF(rest.left(), rest.center().y() - shape / 2, shape, shape), progress);
    const QRectF text = rest.adjusted(shape * 1.1, 0, 0, 0);
    painter.setFont(look::fitting(font(), word, text.width() - 3, rest.height() * 0.6));
    drawElided(painter, text, Qt::AlignLeft | Qt::AlignVCenter, word);
}

} // namespace ui
