// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/linepage.h"

#include "ui/look.h"
#include "ui/press.h"
#include "ui/screenwording.h"
#include "ui/spoken.h"
#include "ui/unitwording.h"
#include "ui/wording.h"

#include <QEvent>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using station::Line;

namespace {

constexpr int low = 420, tiny = 330; ///< heights of the page where less fits

QPushButton *button(const QString &name, QWidget *parent, const char *text = nullptr)
{
    auto *made = new QPushButton(parent);
    made->setObjectName(name);
    if (text)
        speak(made, [made, text] {
            made->setText(LinePage::tr(text));
            made->setAccessibleName(LinePage::tr(text).remove(u'&'));
        });
    made->setFocusPolicy(Qt::TabFocus); // a press leaves the focus in the scan field
    made->setMinimumHeight(glove);
    return made;
}

} // namespace

LinePage::LinePage(Line &line, station::Bench &bench, bool isTraining, QWidget *parent)
    : QWidget(parent), m_line(line), m_slots(line, bench), m_results(line)
{
    setObjectName(u"linePage"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    makeNote(column);
    m_away = new AwayBar(this);
    column->addWidget(m_away);
    m_order = new QLabel(this);
    m_order->setObjectName(u"lineOrder"_s);
    m_order->hide();
    column->addWidget(m_order);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(10);
    m_board = new Board(m_slots, this);
    connect(m_board, &Board::stopAsked, this, &LinePage::slotStopAsked);
    connect(m_board, &Board::promptDone, this, &LinePage::promptDone);
    middle->addWidget(m_board, 1);
    m_strip = makeStrip();
    middle->addWidget(m_strip);
    column->addLayout(middle, 1);
    if (isTraining) {
        m_training = new TrainingBar(m_slots.rowCount(), this);
        column->addWidget(m_training);
    }
    makeFoot(column);
    const auto refresh = [this] { showLine(); };
    connect(&line, &Line::queueChanged, this, refresh);
    connect(&line, &Line::placeChanged, this, refresh);
    connect(&line, &Line::stopAsked, this, refresh);
    connect(&line, &Line::concluded, this,
        [this](int, const station::Recorded &recorded) { showEnd(recorded); });
    speak(this, [this] {
        m_slots.speak();
        showLine();
        if (m_sayOrder)
            m_sayOrder();
    });
}

void LinePage::makeNote(QVBoxLayout *column)
{
    m_note = new QWidget(this);
    m_note->setObjectName(u"note"_s);
    m_note->setAttribute(Qt::WA_StyledBackground);
    auto *row = new QHBoxLayout(m_note);
    row->setContentsMargins(14, 4, 4, 4);
    m_noteText = new QLabel(m_note);
    m_noteText->setObjectName(u"noteText"_s);
    m_noteText->setWordWrap(true);
    row->addWidget(m_noteText, 1);
    auto *read = button(u"noteRead"_s, m_note, QT_TR_NOOP("Understood"));
    read->setMinimumWidth(120);
    connect(read, &QPushButton::clicked, this, [this] {
        m_note->hide();
        makeRoom();
    });
    row->addWidget(read);
    m_note->hide();
    column->addWidget(m_note);
}

QWidget *LinePage::makeStrip()
{
    auto *strip = new QWidget(this);
    strip->setObjectName(u"strip"_s);
    auto *column = new QVBoxLayout(strip);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_queueTitle = new QLabel(strip);
    m_queueTitle->setObjectName(u"queueTitle"_s);
    m_queueView = new QListView(strip);
    m_queueView->setObjectName(u"queue"_s);
    m_queueView->setModel(&m_queue);
    m_queueView->setSelectionMode(QAbstractItemView::NoSelection);
    m_queueView->setFocusPolicy(Qt::TabFocus);
    m_queueView->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto *title = m_resultsTitle = new QLabel(strip);
    title->setObjectName(u"resultsTitle"_s);
    auto *results = new QListView(strip);
    results->setObjectName(u"results"_s);
    results->setModel(&m_results);
    results->setItemDelegate(new ResultDelegate(results));
    results->setSelectionMode(QAbstractItemView::NoSelection);
    results->setFocusPolicy(Qt::TabFocus);
    results->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    results->setUniformItemSizes(true);
    connect(results, &QListView::clicked, this, [this](const QModelIndex &row) {
        Q_EMIT recordAsked(row.data(ResultModel::SerialRole).toString());
    });
    connect(results, &QListView::activated, this, [this](const QModelIndex &row) {
        Q_EMIT recordAsked(row.data(ResultModel::SerialRole).toString());
    });
    speak(strip, [this, title, results] {
        m_queueView->setAccessibleName(tr("Serials that wait"));
        title->setText(tr("Last ten"));
        results->setAccessibleName(tr("The last ten results"));
    });
    m_tally = new TallyBox(m_line, strip);
    column->addWidget(m_tally);
    column->addWidget(m_queueTitle);
    column->addWidget(m_queueView);
    column->addWidget(title);
    column->addWidget(results, 1);
    return strip;
}

void LinePage::makeFoot(QVBoxLayout *column)
{
    auto *foot = new QHBoxLayout;
    foot->setSpacing(10);
    m_scan = new ScanField(this);
    m_scan->setMinimumHeight(glove);
    m_said = new QLabel(this);
    m_said->setObjectName(u"said"_s);
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_again = button(u"again"_s, this, QT_TR_NOOP("&Test again"));
    m_again->hide();
    m_stop = button(u"stop"_s, this); // showLine() says what it does
    speak(m_said, [this] { // what was said of a scan was said in the language of then
        m_again->hide();
        restyle(m_said, "refused", false);
        m_said->setText(tr("The scan field is ready."));
        m_said->setAccessibleName(m_said->text());
    });
    foot->addWidget(m_scan, 2);
    foot->addWidget(m_said, 3);
    foot->addWidget(m_again);
    foot->addWidget(m_stop);
    column->addLayout(foot);
    connect(m_scan, &ScanField::refused, this,
        [this](const QString &scan, const QString &why) { showScan(scan, why, true); });
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_line.isHeld())
            Q_EMIT resumeAsked();
        else
            Q_EMIT stopAsked();
        showLine();
    });
    connect(m_again, &QPushButton::clicked, this, [this] {
        m_again->hide();
        Q_EMIT againAsked(m_provenSerial);
    });
}

void LinePage::showScan(const QString &scan, const QString &what, bool isRefused)
{
    m_again->hide();
    say(scan.isEmpty() ? what : scan + u'\n' + what, isRefused);
    m_saidScan = isRefused ? QString() : scan;
    if (isRefused)
        Q_EMIT scanRefused();
}

/// What was said of the last scan is over.
void LinePage::showEnd(const station::Recorded &recorded)
{
    const auto verdict = recorded.examination.verdict;
    if (recorded.serial == m_saidScan)
        say(recorded.serial + u'\n' + wording::verdict(verdict), verdict != station::Verdict::Pass);
}

void LinePage::say(const QString &text, bool isRefused)
{
    m_said->setText((isRefused ? u"✗ "_s : u"✓ "_s) + text);
    m_said->setAccessibleName(m_said->text());
    restyle(m_said, "refused", isRefused);
}

void LinePage::offerAgain(const QString &serial, const QString &why)
{
    showScan(serial, why, true);
    m_provenSerial = serial;
    m_again->show();
}

void LinePage::showNote(const QString &note)
{
    m_noteText->setText(m_note->isHidden() ? note : m_noteText->text() + u'\n' + note);
    m_noteText->setAccessibleName(m_noteText->text());
    m_note->show();
    makeRoom();
}

void LinePage::showOrder(
    const std::optional<station::Order> &order, const station::OrderTally &tally)
{
    m_sayOrder = [this, order, tally] {
        m_order->setText(wording::order(order, tally));
        m_order->setVisible(order.has_value());
    };
    m_sayOrder();
}

void LinePage::showLine()
{
    const QStringList waiting = m_line.waiting();
    if (waiting != m_queue.stringList())
        m_queue.setStringList(waiting);
    m_queueTitle->setText(waiting.isEmpty() ? tr("Nothing waits")
            : waiting.size() == 1
            ? tr("1 waits: %1").arg(waiting.first())
            : tr("%1 wait, next %2").arg(waiting.size()).arg(waiting.first()));
    m_queueView->setVisible(waiting.size() > 1 && height() >= low);
    const bool isHeld = m_line.isHeld();
    m_stop->setText(isHeld ? tr("Go on") : tr("Stop"));
    if (m_stop->shortcut().isEmpty()) // a new text takes it away
        m_stop->setShortcut(Qt::Key_F9);
    m_stop->setAccessibleName(isHeld ? tr("Go on testing") : tr("Stop all tests"));
    restyle(m_stop, "held", isHeld);
}

void LinePage::resizeEvent(QResizeEvent *)
{
    fit();
}

void LinePage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_stop)
        fit();
}

/// Sizes follow the window's, and the letters those.
void LinePage::fit()
{
    const int strip = std::clamp(width() * 22 / 100, 170, 460);
    m_strip->setFixedWidth(strip);
    m_stop->setFixedWidth(strip);
    const int foot = std::clamp(height() / 10, 52, 110);
    m_scan->setFixedHeight(foot);
    m_stop->setFixedHeight(foot);
    m_again->setFixedHeight(foot);
    m_scan->setFont(look::scaled(font(), 1.4, true));
    m_stop->setFont(look::scaled(font(), 1.6, true));
    m_said->setFont(look::scaled(font(), width() < 1000 ? 1.0 : 1.2));
    m_queueView->setMaximumHeight(height() / 5);
    makeRoom();
    showLine();
}

/// A low screen shows first what an operator works with.
void LinePage::makeRoom()
{
    const bool isLow = height() < low, isTiny = height() < tiny;
    m_tally->showAll(!isLow);
    m_resultsTitle->setVisible(!isLow);
    m_away->setRoom(!isTiny); // the mark on top says the same
    if (m_training) // comes back once the note is read
        m_training->setVisible(!isTiny || m_note->isHidden());
}

} // namespace ui
