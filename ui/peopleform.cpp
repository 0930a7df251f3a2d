// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/peopleform.h"

#include "ui/personwording.h"
#include "ui/press.h"
#include "ui/spoken.h"

#include <QComboBox>
#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

std::optional<station::Secret> typed(const QLineEdit *field)
{
    if (field->text().isEmpty())
        return std::nullopt;
    return station::Secret(field->text().toUtf8());
}

} // namespace

PeopleForm::PeopleForm(QWidget *parent)
    : QWidget(parent), m_list(new QListWidget(this)), m_name(entry(u"personName"_s, this)),
      m_role(new QComboBox(this)), m_pin(entry(u"personPin"_s, this)),
      m_badge(entry(u"personBadge"_s, this)), m_save(press(u"personSave"_s, this)),
      m_unlock(press(u"personUnlock"_s, this)), m_erase(press(u"personErase"_s, this)),
      m_message(new QLabel(this))
{
    setObjectName(u"peopleForm"_s);
    m_list->setObjectName(u"people"_s);
    m_role->setObjectName(u"personRole"_s);
    m_role->setMinimumHeight(glove);
    for (const station::Role role : station::everyRole())
        m_role->addItem(QString(), word(role));
    for (QLineEdit *secret : {m_pin, m_badge})
        secret->setEchoMode(QLineEdit::Password);
    m_message->setObjectName(u"peopleMessage"_s);
    m_message->setWordWrap(true);
    m_message->hide();
    auto *who = new QHBoxLayout;
    who->addWidget(m_name, 2);
    who->addWidget(m_role, 1);
    auto *how = new QHBoxLayout;
    how->addWidget(m_pin, 1);
    how->addWidget(m_badge, 1);
    auto *foot = new QHBoxLayout;
    for (QPushButton *button : {m_save, m_unlock, m_erase})
        foot->addWidget(button, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_list, 1);
    for (QHBoxLayout *row : {who, how, foot})
        column->addLayout(row);
    column->addWidget(m_message);
    connect(m_list, &QListWidget::currentRowChanged, this, &PeopleForm::showChosen);
    connect(m_save, &QPushButton::clicked, this, &PeopleForm::submit);
    connect(m_erase, &QPushButton::clicked, this, &PeopleForm::erase);
    connect(m_unlock, &QPushButton::clicked, this, [this] {
        if (const auto person = chosen())
            Q_EMIT changeAsked({.person = person->id, .name = {}, .unlocks = true});
    });
    speak(this, [this] { speakList(); });
}

void PeopleForm::speakList()
{
    m_list->setAccessibleName(tr("Who is written down"));
    setWords(m_name, tr("Name"));
    m_role->setAccessibleName(tr("Role"));
    for (int at = 0; at < m_role->count(); ++at)
        m_role->setItemText(at, wording::role(m_role->itemData(at).toString()));
    setWords(m_pin, tr("New PIN, at least 4 digits"));
    setWords(m_badge, tr("Scan a badge here"));
    setWords(m_unlock, tr("Unlock"));
    showMessage({}, true);
    showPeople(m_people);
}

void PeopleForm::showPeople(const QList<station::Person> &people)
{
    const auto before = chosen();
    m_people = people;
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    m_list->addItem(tr("Somebody new"));
    int row = 0;
    const qint64 nowUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    for (const station::Person &person : people) {
        m_list->addItem(wording::person(person, nowUs));
        if (before && before->id == person.id)
            row = m_list->count() - 1;
    }
    m_list->setCurrentRow(row);
    if (before && row == 0)
        showChosen(); // who was chosen is gone
    showButtons();
}

std::optional<station::Person> PeopleForm::chosen() const
{
    const int row = m_list->currentRow();
    return row >= 1 && row <= m_people.size() ? std::optional(m_people[row - 1]) : std::nullopt;
}

void PeopleForm::showChosen()
{
    const auto person = chosen();
    m_name->setText(person ? person->name : QString());
    m_name->setReadOnly(person.has_value()); // a name is never given to somebody else's deeds
    if (person && m_role->findData(person->role) < 0)
        m_role->addItem(wording::role(person->role), person->role);
    m_role->setCurrentIndex(person ? m_role->findData(person->role) : 0);
    m_pin->clear();
    m_badge->clear();
    showButtons();
}

void PeopleForm::showButtons()
{
    const auto person = chosen();
    m_isSure = false;
    setWords(m_save, person ? tr("Save") : tr("Add"));
    setWords(m_erase, tr("Erase"));
    m_unlock->setEnabled(person && person->lockedUntilUs > 0);
    m_erase->setEnabled(person.has_value());
}

void PeopleForm::clear()
{
    if (!chosen())
        m_name->clear();
    m_pin->clear();
    m_badge->clear();
}

void PeopleForm::submit()
{
    const auto person = chosen();
    const QString role = m_role->currentData().toString();
    const bool isRoleNew = !person || person->role != role;
    if (!person && m_name->text().trimmed().isEmpty()) {
        showMessage(tr("Somebody new needs a name."), false);
        m_name->setFocus();
        return;
    }
    if (!isRoleNew && m_pin->text().isEmpty() && m_badge->text().isEmpty()) {
        showMessage(
            tr("Nothing is changed: choose another role, or give a PIN or a badge."), false);
        return;
    }
    Q_EMIT changeAsked({.person = person ? person->id : QString(),
        .name = m_name->text().trimmed(),
        .role = isRoleNew ? role : QString(),
        .pin = typed(m_pin),
        .badge = typed(m_badge)});
}

void PeopleForm::erase()
{
    const auto person = chosen();
    if (!person)
        return;
    if (!m_isSure) {
        m_isSure = true;
        setWords(m_erase, tr("Press again: erase"));
        return;
    }
    Q_EMIT eraseAsked(person->id);
}

void PeopleForm::showMessage(const QString &text, bool isGood)
{
    showSaid(m_message, text, isGood);
}

} // namespace ui
