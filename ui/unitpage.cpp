// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/unitpage.h"

#include "ui/press.h"
#include "ui/screenwording.h"
#include "ui/spoken.h"
#include "ui/unitwording.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTextBrowser>

namespace ui {

using namespace Qt::StringLiterals;
using station::UnitEvent;

namespace {

constexpr UnitEvent deeds[] = {UnitEvent::Release, UnitEvent::Ship, UnitEvent::Retest,
    UnitEvent::Repair, UnitEvent::ReplaceBoard, UnitEvent::Scrap, UnitEvent::Return};

/// A slip of the finger would cost an enrollment.
bool wantsTwoPresses(UnitEvent event)
{
    return event == UnitEvent::ReplaceBoard || event == UnitEvent::Scrap
        || event == UnitEvent::Return;
}

} // namespace

UnitPage::UnitPage(const QStringList &reasons, QWidget *parent)
    : QWidget(parent), m_orders(new OrderBar(this)), m_serial(entry(u"unitSerial"_s, this)),
      m_disposition(new QLabel(this)), m_life(new QTextBrowser(this)),
      m_reason(new QComboBox(this)), m_message(new QLabel(this))
{
    setObjectName(u"unitPage"_s);
    m_disposition->setObjectName(u"disposition"_s);
    m_life->setObjectName(u"life"_s);
    m_life->setOpenLinks(false);
    m_reason->setObjectName(u"reason"_s);
    m_reason->addItems(QStringList{QString()} + reasons);
    m_reason->setEditable(reasons.isEmpty());
    m_reason->setMinimumHeight(glove);
    m_message->setObjectName(u"unitMessage"_s);
    m_message->setWordWrap(true);
    m_message->hide();
    auto *top = new QHBoxLayout;
    top->addWidget(m_serial, 1);
    top->addWidget(m_disposition, 2);
    auto *rows = new QVBoxLayout;
    makeDeeds(rows);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_orders);
    column->addLayout(top);
    column->addWidget(m_life, 1);
    column->addWidget(m_message);
    column->addLayout(rows);
    connect(m_serial, &QLineEdit::returnPressed, this, [this] {
        m_message->hide();
        forget();
        refresh();
        m_serial->selectAll(); // the next scan takes its place
    });
    connect(m_serial, &QLineEdit::textEdited, this, [this] {
        if (m_shown && m_shown->serial != named())
            forget();
    });
    connect(m_orders, &OrderBar::releaseAsked, this, [this](const QString &ref) {
        Q_EMIT releaseAsked({.order = ref, .serial = {}, .people = people()});
    });
    speak(this, [this] {
        setWords(m_serial, tr("Scan or type a unit's serial"));
        m_life->setAccessibleName(tr("The unit's life, the newest first"));
        m_reason->setAccessibleName(tr("Reason"));
        m_reason->setItemText(0, m_reason->isEditable() ? QString() : tr("Reason"));
        if (auto *line = m_reason->lineEdit())
            line->setPlaceholderText(tr("Reason"));
        setWords(m_work, tr("What was done"));
        setWords(m_board, tr("New board's serial"));
        setWords(m_by, tr("Who does it"));
        setWords(m_with, tr("Second person"));
        setWords(m_secret, tr("Their PIN or badge"));
        disarm();
        if (m_shown)
            showLife(*m_shown);
    });
}

/// Two rows: on the smallest screen one would cut their words.
void UnitPage::makeDeeds(QVBoxLayout *rows)
{
    m_work = entry(u"work"_s, this);
    m_board = entry(u"board"_s, this);
    m_by = entry(u"by"_s, this);
    m_with = entry(u"with"_s, this);
    m_secret = entry(u"secondPin"_s, this);
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->hide();
    connect(m_secret, &QLineEdit::returnPressed, this, [this] {
        Q_EMIT secondAsked(m_with->text().trimmed(), m_secret->text());
        m_secret->clear();
    });
    rows->setSpacing(6);
    auto *row = new QHBoxLayout;
    rows->addLayout(row);
    for (QWidget *field :
        std::initializer_list<QWidget *>{m_reason, m_work, m_board, m_by, m_with, m_secret})
        row->addWidget(field, 1);
    for (const UnitEvent event : deeds) {
        if (m_deeds.size() % 4 == 0)
            rows->addLayout(row = new QHBoxLayout);
        auto *button = m_deeds[event] = press(word(event), this);
        button->setEnabled(false);
        connect(button, &QPushButton::clicked, this, [this, event] { pressed(event); });
        row->addWidget(button, 1);
    }
}

void UnitPage::refresh()
{
    disarm();
    if (!named().isEmpty())
        Q_EMIT lifeAsked(named());
}

QString UnitPage::named() const
{
    return m_serial->text().trimmed();
}

/// What stands there is another's than the field names: nothing may be done with it.
void UnitPage::forget()
{
    disarm();
    m_shown.reset();
    m_disposition->clear();
    m_life->clear();
    for (QPushButton *deed : std::as_const(m_deeds))
        deed->setEnabled(false);
}

void UnitPage::showLife(const station::Result<station::UnitLife> &life)
{
    if (life && life->serial != named())
        return; // somebody has begun to type another
    m_shown = life ? std::optional(*life) : std::nullopt;
    if (!life) {
        showMessage(wording::fault(life.error()) + u": "_s + life.error().detail, false);
        return;
    }
    const auto now = life->unit ? std::optional(life->unit->disposition) : std::nullopt;
    m_disposition->setText(u"%1: %2"_s.arg(life->serial, wording::disposition(now)));
    m_disposition->setAccessibleName(m_disposition->text());
    m_life->setHtml(timelineOf(*life));
    for (const UnitEvent event : deeds)
        m_deeds[event]->setEnabled(
            after(event, now, life->serial).has_value() && m_worker.may(station::rightFor(event)));
}

void UnitPage::showMessage(const QString &text, bool isGood)
{
    showSaid(m_message, text, isGood);
}

void UnitPage::pressed(UnitEvent event)
{
    if (!m_shown)
        return;
    if (wantsTwoPresses(event) && m_armed != event) {
        disarm();
        m_armed = event;
        setWords(m_deeds[event], wording::sureOf(event));
        return;
    }
    disarm();
    perform(event);
}

void UnitPage::perform(UnitEvent event)
{
    if (event == UnitEvent::Release) {
        Q_EMIT releaseAsked({.order = {}, .serial = m_shown->serial, .people = people()});
        return;
    }
    station::UnitDeed deed{.event = event, .serial = m_shown->serial};
    deed.people = people();
    const bool isChoice = !m_reason->isEditable() && m_reason->currentIndex() == 0;
    if (event != UnitEvent::Ship && !isChoice)
        deed.reason = m_reason->currentText().trimmed();
    if (event == UnitEvent::ReplaceBoard)
        deed.board = m_board->text().trimmed();
    if (event == UnitEvent::Repair)
        deed.work = m_work->text().trimmed();
    Q_EMIT deedAsked(deed);
}

void UnitPage::disarm()
{
    m_armed.reset();
    for (auto deed = m_deeds.begin(); deed != m_deeds.end(); ++deed)
        setWords(deed.value(), wording::deed(deed.key()));
}

void UnitPage::showWorker(const station::Worker &worker)
{
    m_worker = worker;
    m_by->setHidden(worker.isAsked);
    m_secret->setVisible(worker.isAsked);
    m_orders->showWorker(worker);
    showSecond({});
    if (m_shown)
        showLife(*m_shown);
}

void UnitPage::showSecond(const std::optional<station::Person> &person)
{
    if (!m_worker.isAsked)
        return; // there the second one is a name that somebody types
    m_second = person;
    m_secret->setEnabled(!person);
    m_with->setReadOnly(person.has_value());
    m_with->setText(person ? u"✓ "_s + person->name : QString());
}

QStringList UnitPage::people() const
{
    if (m_worker.isAsked)
        return m_second ? m_worker.ids() + QStringList{m_second->id} : m_worker.ids();
    QStringList people{m_by->text().trimmed(), m_with->text().trimmed()};
    people.removeAll(QString());
    return people;
}

} // namespace ui
