// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settingspage.h"

#include "ui/spoken.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostSlots = 64;

QWidget *editorOf(const Field &field, QWidget *parent)
{
    if (field.kind == Field::Kind::Truth) {
        auto *box = new QCheckBox(parent);
        box->setChecked(field.value == u"true");
        return box;
    }
    if (field.kind == Field::Kind::Choice) {
        auto *box = new QComboBox(parent);
        box->addItems(field.choices);
        if (!field.choices.contains(field.value))
            box->addItem(field.value);
        box->setCurrentText(field.value);
        return box;
    }
    auto *edit = new QLineEdit(field.value, parent);
    edit->setMaxLength(2000);
    return edit;
}

QString valueOf(QWidget *editor)
{
    if (const auto *box = qobject_cast<QCheckBox *>(editor))
        return box->isChecked() ? u"true"_s : u"false"_s;
    if (const auto *box = qobject_cast<QComboBox *>(editor))
        return box->currentText();
    return qobject_cast<QLineEdit *>(editor)->text().trimmed();
}

QPushButton *button(const QString &name, const char *text, QWidget *parent)
{
    auto *made = new QPushButton(parent);
    made->setObjectName(name);
    speak(made, [made, text] {
        made->setText(SettingsPage::tr(text));
        made->setAccessibleName(SettingsPage::tr(text).remove(u'&'));
    });
    made->setMinimumSize(96, 48);
    return made;
}

void say(QLabel *label, const QString &text, bool isGood)
{
    label->setText((isGood ? u"✓ "_s : u"✗ "_s) + text);
    label->setProperty("good", isGood);
    label->setAccessibleName(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

SettingsPage::SettingsPage(const std::function<QList<Field>()> &fields,
    const QList<station::Slot> &slotList, QWidget *parent)
    : QWidget(parent), m_message(new QLabel(this))
{
    setObjectName(u"settingsPage"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto *area = new QScrollArea(this);
    area->setObjectName(u"settingsArea"_s);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto *content = new QWidget(area);
    content->setObjectName(u"settingsContent"_s);
    auto *inside = new QVBoxLayout(content);
    auto *form = new QFormLayout;
    form->setVerticalSpacing(10);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    const auto first = fields();
    for (const Field &field : first)
        addField(form, field);
    inside->addLayout(form);
    auto *title = new QLabel(content);
    title->setObjectName(u"slotsTitle"_s);
    inside->addWidget(title);
    speak(this, [this, fields, title] {
        title->setText(tr("Slots"));
        m_message->clear(); // was said in the language of then
        const auto all = fields();
        for (const Field &field : all)
            speakField(m_editors[field.key], field);
    });
    m_slots = new QVBoxLayout;
    inside->addLayout(m_slots);
    for (const auto &slot : slotList)
        addSlot(slot);
    auto *more = button(u"addSlot"_s, QT_TR_NOOP("&Add a slot"), content);
    connect(more, &QPushButton::clicked, this, [this] {
        if (m_rows.size() < mostSlots)
            addSlot({QString::number(m_rows.size() + 1), {}});
    });
    inside->addWidget(more, 0, Qt::AlignLeft);
    inside->addStretch(1);
    area->setWidget(content);
    column->addWidget(area, 1);
    addFoot(column);
}

void SettingsPage::addField(QFormLayout *form, const Field &field)
{
    QWidget *editor = editorOf(field, this);
    editor->setObjectName(field.key);
    editor->setMinimumHeight(48);
    auto *both = new QVBoxLayout;
    both->setSpacing(2);
    both->addWidget(editor);
    auto *why = new QLabel(this);
    why->setObjectName(u"explanation"_s);
    why->setWordWrap(true);
    both->addWidget(why);
    auto *label = new QLabel(this); // empty where a box says itself what it is
    m_editors[field.key] = {editor, label, why};
    form->addRow(label, both);
}

void SettingsPage::speakField(const Editor &one, const Field &field)
{
    if (auto *box = qobject_cast<QCheckBox *>(one.editor))
        box->setText(field.label);
    else
        one.label->setText(field.label);
    one.editor->setAccessibleName(field.label);
    one.editor->setAccessibleDescription(field.explanation);
    one.why->setText(field.explanation);
}

void SettingsPage::addSlot(const station::Slot &slot)
{
    const QString number = QString::number(m_rows.size() + 1);
    Row row{.whole = new QWidget(this)};
    row.name = new QLineEdit(slot.name, row.whole);
    row.target = new QLineEdit(slot.target, row.whole);
    row.slot = slot;
    row.result = new QLabel(row.whole);
    row.name->setObjectName(u"slotName-"_s + number);
    row.name->setMaximumWidth(120);
    row.target->setObjectName(u"slotTarget-"_s + number);
    speak(row.whole, [row, number] {
        row.name->setAccessibleName(tr("Name of slot %1").arg(number));
        row.target->setAccessibleName(tr("Target of slot %1").arg(number));
        row.target->setPlaceholderText(tr("device:/dev/tpmrm0, or what tpm2-tools take with -T"));
    });
    row.result->setObjectName(u"slotResult-"_s + number);
    row.result->setWordWrap(true);
    row.result->hide();
    for (QLineEdit *edit : {row.name, row.target})
        edit->setMinimumHeight(48);
    auto *test = button(u"slotTest-"_s + number, QT_TR_NOOP("Test"), row.whole);
    auto *remove = button(u"slotRemove-"_s + number, QT_TR_NOOP("Remove"), row.whole);
    auto *line = new QHBoxLayout;
    line->addWidget(row.name);
    line->addWidget(row.target, 1);
    line->addWidget(test);
    line->addWidget(remove);
    auto *both = new QVBoxLayout(row.whole);
    both->setContentsMargins(0, 0, 0, 0);
    both->addLayout(line);
    both->addWidget(row.result);
    m_slots->addWidget(row.whole);
    m_rows.append(row);
    connect(test, &QPushButton::clicked, this, [this, row] {
        Q_EMIT slotTestAsked({row.name->text().trimmed(), row.target->text().trimmed(), {}});
    });
    connect(remove, &QPushButton::clicked, this, [this, whole = row.whole] {
        m_rows.removeIf([whole](const Row &one) { return one.whole == whole; });
        whole->deleteLater();
    });
}

void SettingsPage::addFoot(QVBoxLayout *column)
{
    m_message->setObjectName(u"settingsMessage"_s);
    m_message->setWordWrap(true);
    auto *test = button(u"serviceTest"_s, QT_TR_NOOP("Test the s&ervice"), this);
    auto *save = button(u"save"_s, QT_TR_NOOP("Sa&ve"), this);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_message, 1);
    foot->addWidget(test);
    foot->addWidget(save);
    column->addLayout(foot);
    connect(test, &QPushButton::clicked, this, &SettingsPage::serviceTestAsked);
    connect(save, &QPushButton::clicked, this, &SettingsPage::saveAsked);
}

QMap<QString, QString> SettingsPage::values() const
{
    QMap<QString, QString> values;
    for (auto editor = m_editors.begin(); editor != m_editors.end(); ++editor)
        values[editor.key()] = valueOf(editor->editor);
    return values;
}

QList<station::Slot> SettingsPage::slotList() const
{
    QList<station::Slot> all;
    for (const Row &row : m_rows) {
        station::Slot slot = row.slot;
        slot.name = row.name->text().trimmed();
        slot.target = row.target->text().trimmed();
        all.append(slot);
    }
    return all;
}

void SettingsPage::showMessage(const QString &text, bool isGood)
{
    say(m_message, text, isGood);
}

void SettingsPage::showSlotTest(const QString &slot, const QString &text, bool isGood)
{
    for (const Row &row : m_rows)
        if (row.name->text().trimmed() == slot)
            say(row.result, text, isGood);
}

} // namespace ui
