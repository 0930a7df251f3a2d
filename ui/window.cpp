// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window.h"

#include "ui/access.h"
#include "ui/look.h"
#include "ui/personwording.h"
#include "ui/press.h"
#include "ui/screenwording.h"
#include "ui/spoken.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPaintEvent>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int border = 12; ///< of the stripes
constexpr int margin = 8;
constexpr int narrowest = 700;
constexpr int narrow = 1000; ///< below this width the bar leaves out what can be missed

/// As wide as its word, and as a gloved finger.
void fit(QPushButton *tab, const QFont &font)
{
    tab->setFont(font);
    tab->setMinimumWidth(std::max(glove, tab->minimumSizeHint().width()));
}

} // namespace

Window::Window(const WindowParts &parts) : m_isTraining(parts.isTraining)
{
    installRoles();
    setObjectName(u"window"_s);
    speak(this, [this, station = parts.station] {
        setWindowTitle(m_isTraining ? tr("ekstation: TRAINING") : tr("ekstation: %1").arg(station));
    });
    QApplication::setFont(look::font({1280, 800}));
    setStyleSheet(look::styleSheet());
    auto *content = new QWidget(this);
    content->setObjectName(u"content"_s);
    auto *column = new QVBoxLayout(content);
    const int around = margin + (m_isTraining ? border : 0);
    column->setContentsMargins(around, around, around, around);
    column->setSpacing(8);
    m_pages = new QStackedWidget(content);
    m_pages->setObjectName(u"pages"_s);
    m_line = new LinePage(parts.line, parts.bench, parts.isTraining, m_pages);
    m_records = new RecordPage(parts.reader, m_pages);
    m_pages->addWidget(m_line);
    m_pages->addWidget(m_records);
    QStringList slotNames;
    for (const auto &slot : parts.line.slotList())
        slotNames.append(slot.name);
    m_pages->addWidget(m_units = new UnitPage(parts.line.plan().rework.reasons, m_pages));
    m_pages->addWidget(m_pack = new PackPage(slotNames, m_pages));
    column->addWidget(makeBar(parts));
    column->addWidget(m_pages, 1);
    setCentralWidget(content);
    setMinimumSize(640, 400);
    connect(m_line, &LinePage::recordAsked, this, [this](const QString &serial) {
        m_records->search(serial);
        turnTo(1);
    });
    auto *clock = new QTimer(this);
    connect(clock, &QTimer::timeout, this, &Window::showTime);
    clock->start(std::chrono::seconds(1));
    showTime();
    turnTo(0);
    qApp->installEventFilter(this);
}

QWidget *Window::makeBar(const WindowParts &parts)
{
    auto *bar = new QWidget(this);
    bar->setObjectName(u"bar"_s);
    auto *row = m_bar = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_title = new QLabel(bar);
    m_title->setObjectName(u"title"_s);
    m_title->setFont(look::scaled(QApplication::font(), 1.3, true));
    m_plan = new QLabel(bar);
    speak(bar, [this, station = parts.station, &plan = parts.line.plan()] {
        m_title->setText(m_isTraining ? tr("TRAINING") : station);
        m_plan->setText(tr("Plan %1 %2").arg(plan.name, plan.version));
    });
    m_plan->setObjectName(u"plan"_s);
    m_recordsMark = new Mark(u"recordsMark"_s, bar);
    m_recordsMark->show([] { return wording::recordsMark({}); }, Mark::Health::Good);
    m_cloudMark = new Mark(u"cloudMark"_s, bar);
    m_cloudMark->show([] { return wording::cloudMark({}, false, false); }, Mark::Health::Good);
    m_clock = new QLabel(bar);
    m_clock->setObjectName(u"clock"_s);
    row->addWidget(m_title);
    row->addWidget(m_plan);
    row->addStretch(1);
    row->addWidget(m_recordsMark);
    row->addWidget(m_cloudMark);
    row->addStretch(1);
    row->addWidget(m_clock);
    addTab(u"tabLine"_s, [] { return tr("Line"); });
    addTab(u"tabRecords"_s, [] { return tr("Records"); });
    addTab(u"tabUnits"_s, [] { return tr("Units"); });
    addTab(u"tabPack"_s, [] { return tr("Pack"); });
    addTab(u"tabSettings"_s, [] { return tr("Settings"); });
    return bar;
}

/// Of the page that comes next.
void Window::addTab(const QString &name, const std::function<QString()> &word)
{
    const auto page = static_cast<int>(m_tabs.size());
    auto *tab = new QPushButton(this);
    tab->setObjectName(name);
    tab->setCheckable(true);
    tab->setProperty("tab", true);
    tab->setFocusPolicy(Qt::TabFocus);
    tab->setMinimumHeight(glove);
    connect(tab, &QPushButton::clicked, this, [this, page] { turnTo(page); });
    m_bar->addWidget(tab);
    m_tabs.append(tab);
    m_words.append(word);
    speak(tab, [this, page] { sayTab(page); });
}

void Window::sayTab(int page)
{
    const QString word = m_words[page]();
    auto *tab = m_tabs[page];
    setWords(tab, word);
    fit(tab, tab->font());
    tab->setToolTip(tab->isEnabled() ? tr("%1 (F%2)").arg(word).arg(page + 1)
                                     : wording::mayNot(station::Right::Configure));
    tab->setShortcut(Qt::Key_F1 + page); // a new text takes it away
}

void Window::setSettingsPage(SettingsPage *page)
{
    m_pages->addWidget(m_settings = page);
}

void Window::setPeoplePage(PeoplePage *page)
{
    m_pages->addWidget(m_people = page);
    addTab(u"tabPeople"_s, [this] { return wording::workerShort(m_worker); });
}

/// The tab of the people says who it is; what they may not open says who may.
void Window::showWorker(const station::Worker &worker)
{
    m_worker = worker;
    const bool mayConfigure = worker.may(station::Right::Configure);
    if (m_settings) {
        m_tabs[m_pages->indexOf(m_settings)]->setEnabled(mayConfigure);
        if (!mayConfigure && m_pages->currentWidget() == m_settings)
            turnTo(0);
    }
    for (int page = 0; page < m_tabs.size(); ++page)
        sayTab(page);
    if (m_people)
        m_people->showWorker(worker);
    m_units->showWorker(worker);
    m_records->exportBar().setEnabled(worker.may(station::Right::HandOver));
}

void Window::showLogin(const QString &text, bool isGood)
{
    if (m_people)
        m_people->loginForm().showMessage(text, isGood);
}

void Window::setServicePage(ServicePage *page)
{
    m_pages->addWidget(page);
    addTab(u"tabService"_s, [] { return tr("Service"); });
}

void Window::turnTo(int page)
{
    m_pages->setCurrentIndex(std::min(page, m_pages->count() - 1));
    for (int tab = 0; tab < m_tabs.size(); ++tab)
        m_tabs[tab]->setChecked(tab == m_pages->currentIndex());
    if (auto *field = scannersField())
        field->setFocus();
    if (m_pages->currentWidget() == m_records)
        m_records->refresh();
    if (m_pages->currentWidget() == m_units)
        m_units->refresh();
    if (m_people && m_pages->currentWidget() == m_people)
        m_people->listen();
}

/// Where a scanner types on this page, whatever has the focus; null: where the focus is.
ScanField *Window::scannersField() const
{
    if (m_pages->currentWidget() == m_line)
        return &m_line->scanField();
    return m_pages->currentWidget() == m_pack ? &m_pack->scanField() : nullptr;
}

void Window::showTime()
{
    m_clock->setText(QLocale().toString(QTime::currentTime(), QLocale::ShortFormat));
}

void Window::bringToFront()
{
    setWindowState((windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    show();
    raise();
    activateWindow();
}

void Window::closeEvent(QCloseEvent *event)
{
    if (m_mayClose) {
        event->accept();
        return;
    }
    event->ignore();
    Q_EMIT closeAsked();
}

void Window::resizeEvent(QResizeEvent *event)
{
    const QFont base = look::font(size());
    if (base.pixelSize() != QApplication::font().pixelSize()) {
        QApplication::setFont(
            base); // a style sheet stands between a window's font and its children
    }
    m_title->setFont(look::scaled(base, width() < narrow ? 1 : 1.3, true));
    m_title->setVisible(!m_isTraining || width() >= narrowest); // the stripes say so, too
    for (QPushButton *tab : std::as_const(m_tabs))
        fit(tab, look::scaled(base, width() < narrowest ? 0.84 : 1));
    m_plan->setVisible(width() >= narrow);
    m_clock->setVisible(width() >= narrow);
    m_bar->setSpacing(width() >= narrow ? 8 : 4);
    QMainWindow::resizeEvent(event);
}

void Window::paintEvent(QPaintEvent *event)
{
    if (!m_isTraining)
        return;
    QPainter painter(this);
    const QRect all = rect();
    for (const QRect &side :
        {QRect(0, 0, all.width(), border), QRect(0, all.height() - border, all.width(), border),
            QRect(0, 0, border, all.height()),
            QRect(all.width() - border, 0, border, all.height())})
        if (event->region().intersects(
                side)) // a tile's update passes here too, and stripes are slow
            look::drawStripes(painter, side);
}

void Window::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    turnTo(m_pages->currentIndex());
}

void Window::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_pages
        && styleSheet() != look::styleSheet()) // another theme; the sheet changes palettes itself
        setStyleSheet(look::styleSheet());
    if (event->type() == QEvent::ThemeChange)
        look::follow();
    if (event->type() == QEvent::ActivationChange && isActiveWindow() && m_pages)
        if (auto *field = scannersField())
            field->setFocus();
}

/// A scanner types wherever the focus is: on the operators' pages that is always the scan field.
bool Window::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::MouseButtonPress
        || event->type() == QEvent::TouchBegin)
        Q_EMIT used();
    auto *scan = event->type() == QEvent::KeyPress ? scannersField() : nullptr;
    if (!scan)
        return QMainWindow::eventFilter(object, event);
    auto *widget = qobject_cast<QWidget *>(object);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isText = !key->text().isEmpty() && key->text().front().isPrint()
        && !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier))
        && key->key() != Qt::Key_Space;
    if (!widget || widget == scan || widget->window() != this || !isText)
        return QMainWindow::eventFilter(object, event);
    scan->setFocus();
    QCoreApplication::sendEvent(scan, event);
    return true;
}

} // namespace ui
