// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/slotform.h"

#include "ui/fieldform.h"
#include "ui/press.h"
#include "ui/spoken.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

SlotForm::SlotForm(int number, const station::Slot &slot, QWidget *parent)
    : QWidget(parent), m_number(number), m_slot(slot), m_result(new QLabel(this))
{
    setObjectName(u"slot-%1"_s.arg(number));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    addLine(column);
    addSsh(column);
    m_result->setObjectName(u"slotResult-%1"_s.arg(number));
    m_result->setWordWrap(true);
    m_result->hide();
    column->addWidget(m_result);
}

void SlotForm::addLine(QVBoxLayout *column)
{
    const QString number = QString::number(m_number);
    m_name = makeLine(u"slotName-"_s + number, m_slot.name, this);
    m_name->setMaximumWidth(120);
    m_target = makeLine(u"slotTarget-"_s + number, m_slot.target, this);
    auto *ssh = press(u"slotSsh-"_s + number, this);
    auto *test = press(u"slotTest-"_s + number, this);
    auto *remove = press(u"slotRemove-"_s + number, this);
    auto *line = new QHBoxLayout;
    line->addWidget(m_name);
    line->addWidget(m_target, 1);
    for (QPushButton *button : {ssh, test, remove})
        line->addWidget(button);
    column->addLayout(line);
    for (QLineEdit *edit : {m_name, m_target})
        connect(edit, &QLineEdit::textChanged, this, &SlotForm::edited);
    connect(ssh, &QPushButton::clicked, this, [this] { m_ssh->setVisible(m_ssh->isHidden()); });
    connect(test, &QPushButton::clicked, this, &SlotForm::testAsked);
    connect(remove, &QPushButton::clicked, this, &SlotForm::removeAsked);
    speak(this, [this, number, ssh, test, remove] {
        ssh->setText(tr("ssh…"));
        ssh->setAccessibleName(tr("Reach slot %1 by ssh").arg(number));
        test->setText(tr("Test"));
        test->setAccessibleName(tr("Test slot %1").arg(number));
        remove->setText(tr("Remove"));
        remove->setAccessibleName(tr("Remove slot %1").arg(number));
        m_name->setAccessibleName(tr("Name of slot %1").arg(number));
        m_target->setAccessibleName(tr("Target of slot %1").arg(number));
        m_target->setPlaceholderText(tr("device:/dev/tpmrm0, or what tpm2-tools take with -T"));
    });
}

void SlotForm::addSsh(QVBoxLayout *column)
{
    const QString number = QString::number(m_number);
    m_ssh = new QWidget(this);
    m_ssh->setObjectName(u"ssh-"_s + number);
    auto *host = entry(u"sshHost-"_s + number, m_ssh);
    auto *user = entry(u"sshUser-"_s + number, m_ssh);
    auto *key = entry(u"sshKey-"_s + number, m_ssh);
    auto *make = press(u"sshMake-"_s + number, m_ssh);
    user->setText(u"root"_s);
    auto *line = new QHBoxLayout(m_ssh);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(host, 2);
    line->addWidget(user, 1);
    line->addWidget(key, 2);
    line->addWidget(make);
    m_ssh->hide();
    column->addWidget(m_ssh);
    const auto ask = [this, host, user, key] {
        Q_EMIT sshAsked({host->text().trimmed(), user->text().trimmed(), key->text().trimmed()});
    };
    connect(make, &QPushButton::clicked, this, ask);
    for (QLineEdit *edit : {host, user, key})
        connect(edit, &QLineEdit::returnPressed, this, ask);
    speak(m_ssh, [host, user, key, make] {
        setWords(host, tr("Host, a name or an address"));
        setWords(user, tr("User"));
        setWords(key, tr("Private key, a file; empty: ssh's own"));
        setWords(make, tr("Use and test"));
    });
}

station::Slot SlotForm::slot() const
{
    station::Slot slot = m_slot;
    slot.name = m_name->text().trimmed();
    slot.target = m_target->text().trimmed();
    return slot;
}

void SlotForm::setTarget(const QString &target)
{
    m_target->setText(target);
    m_ssh->hide();
}

void SlotForm::showResult(const QString &text, bool isGood)
{
    showSaid(m_result, text, isGood);
}

void SlotForm::showComplaint(const QString &key, const QString &text)
{
    const bool wasMeant =
        m_name->property("wrong").toBool() || m_target->property("wrong").toBool();
    restyle(m_name, "wrong", key == u"name");
    restyle(m_target, "wrong", key == u"target");
    if (!key.isEmpty() || wasMeant) // else a test's result may stand there
        showResult(key.isEmpty() ? QString() : text, false);
}

} // namespace ui
