// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/loginform.h"

#include "ui/keypad.h"
#include "ui/personwording.h"
#include "ui/press.h"
#include "ui/spoken.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

LoginForm::LoginForm(QWidget *parent)
    : QWidget(parent), m_who(new QLabel(this)), m_names(new QComboBox(this)),
      m_pin(entry(u"pin"_s, this)), m_in(press(u"logIn"_s, this)), m_out(press(u"logOut"_s, this)),
      m_message(new QLabel(this))
{
    setObjectName(u"loginForm"_s);
    m_who->setObjectName(u"worker"_s);
    m_who->setProperty("title", true);
    m_who->setWordWrap(true);
    m_names->setObjectName(u"names"_s);
    m_names->setMinimumHeight(glove);
    m_pin->setEchoMode(QLineEdit::Password);
    m_pin->setMaxLength(64);
    m_message->setObjectName(u"loginMessage"_s);
    m_message->setWordWrap(true);
    m_message->hide();
    auto *keys = new Keypad(this);
    m_keys = keys;
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_in, 1);
    foot->addWidget(m_out, 1);
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    for (QWidget *part : std::initializer_list<QWidget *>{m_who, m_names, m_pin})
        column->addWidget(part);
    column->addLayout(foot);
    column->addWidget(m_message);
    column->addStretch(1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addLayout(column, 1);
    row->addWidget(keys, 1);
    connect(keys, &Keypad::digitPressed, m_pin, [this](QChar digit) { m_pin->insert(digit); });
    connect(keys, &Keypad::backPressed, m_pin, &QLineEdit::backspace);
    connect(m_pin, &QLineEdit::returnPressed, this, &LoginForm::submit);
    connect(m_in, &QPushButton::clicked, this, &LoginForm::submit);
    connect(m_out, &QPushButton::clicked, this, &LoginForm::logOutAsked);
    connect(m_names, &QComboBox::activated, this, [this] { listen(); });
    speak(this, [this] {
        m_names->setAccessibleName(tr("Your name"));
        setWords(m_pin, tr("PIN, or scan your badge"));
        setWords(m_in, tr("Log in"));
        setWords(m_out, tr("Log out"));
        showMessage({}, true);
        showWorker(m_worker);
    });
}

void LoginForm::showPeople(const QList<station::Person> &people)
{
    const QString chosen = m_names->currentData().toString();
    m_names->clear();
    for (const station::Person &person : people)
        if (person.hasPin)
            m_names->addItem(person.name, person.id);
    m_names->setCurrentIndex(std::max(0, m_names->findData(chosen)));
}

void LoginForm::showWorker(const station::Worker &worker)
{
    m_worker = worker;
    m_who->setText(wording::worker(worker));
    m_who->setAccessibleName(m_who->text());
    // Who works here makes room: the next one has a badge, or waits for their leaving.
    for (QWidget *part : std::initializer_list<QWidget *>{m_names, m_pin, m_in, m_keys})
        part->setHidden(worker.person.has_value());
    m_out->setVisible(worker.person.has_value());
}

void LoginForm::showMessage(const QString &text, bool isGood)
{
    showSaid(m_message, text, isGood);
}

void LoginForm::listen()
{
    m_pin->setFocus();
}

void LoginForm::submit()
{
    const QString secret = m_pin->text();
    m_pin->clear();
    listen();
    if (!secret.isEmpty())
        Q_EMIT logInAsked(m_names->currentData().toString(), secret);
}

} // namespace ui
