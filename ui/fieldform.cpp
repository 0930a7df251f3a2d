// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fieldform.h"

#include "ui/press.h"
#include "ui/spoken.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString valueOf(QWidget *editor)
{
    if (const auto *box = qobject_cast<QCheckBox *>(editor))
        return box->isChecked() ? u"true"_s : u"false"_s;
    if (const auto *box = qobject_cast<QComboBox *>(editor))
        return box->currentData().toString();
    return qobject_cast<QLineEdit *>(editor)->text().trimmed();
}

} // namespace

QLineEdit *makeLine(const QString &name, const QString &text, QWidget *parent)
{
    auto *line = entry(name, parent);
    line->setMaxLength(2000); // a target, a path
    line->setText(text);
    return line;
}

FieldForm::FieldForm(const std::function<QList<Field>()> &fields, QWidget *parent) : QWidget(parent)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(10);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    const auto first = fields();
    for (const Field &field : first)
        add(form, field);
    speak(this, [this, fields] {
        const auto all = fields();
        for (const Field &field : all)
            speakField(m_rows[field.key], field);
    });
}

QWidget *FieldForm::makeEditor(const Field &field)
{
    if (field.kind == Field::Kind::Truth) {
        auto *box = new QCheckBox(this);
        box->setChecked(field.value == u"true");
        connect(box, &QCheckBox::toggled, this, &FieldForm::edited);
        return box;
    }
    if (field.kind == Field::Kind::Choice) {
        auto *box = new QComboBox(this);
        for (const auto &option : field.options)
            box->addItem(option.label, option.word);
        if (box->findData(field.value) < 0)
            box->addItem(field.value, field.value);
        box->setCurrentIndex(box->findData(field.value));
        box->setItemDelegate(new QStyledItemDelegate(box)); // one that heeds the style sheet
        box->setFocusPolicy(Qt::StrongFocus); // a turn of the wheel over it scrolls the page
        connect(box, &QComboBox::currentIndexChanged, this, &FieldForm::edited);
        return box;
    }
    auto *line = makeLine(field.key, field.value, this);
    connect(line, &QLineEdit::textChanged, this, &FieldForm::edited);
    return line;
}

void FieldForm::add(QFormLayout *form, const Field &field)
{
    Row row{.editor = makeEditor(field),
        .label = new QLabel(this), // empty where a box says itself what it is
        .why = new QLabel(this),
        .complaint = new QLabel(this)};
    row.editor->setObjectName(field.key);
    row.editor->setMinimumHeight(glove);
    row.why->setObjectName(u"explanation"_s);
    row.complaint->setObjectName(u"complaint-"_s + field.key);
    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(row.editor);
    for (QLabel *text : {row.complaint, row.why}) {
        text->setWordWrap(true);
        column->addWidget(text);
    }
    row.complaint->hide();
    form->addRow(row.label, column);
    m_rows[field.key] = row;
}

void FieldForm::speakField(const Row &row, const Field &field)
{
    if (auto *box = qobject_cast<QCheckBox *>(row.editor))
        box->setText(field.label);
    else
        row.label->setText(field.label);
    if (auto *box = qobject_cast<QComboBox *>(row.editor))
        for (const auto &option : field.options)
            box->setItemText(box->findData(option.word), option.label);
    row.editor->setAccessibleName(field.label);
    row.editor->setAccessibleDescription(field.explanation);
    row.why->setText(field.explanation);
    row.why->setVisible(!field.explanation.isEmpty());
}

QMap<QString, QString> FieldForm::values() const
{
    QMap<QString, QString> values;
    for (auto row = m_rows.begin(); row != m_rows.end(); ++row)
        values[row.key()] = valueOf(row->editor);
    return values;
}

bool FieldForm::showComplaint(const QString &key, const QString &text)
{
    for (auto row = m_rows.begin(); row != m_rows.end(); ++row) {
        const bool isMeant = row.key() == key && !text.isEmpty();
        restyle(row->editor, "wrong", isMeant);
        showSaid(row->complaint, isMeant ? text : QString(), false);
    }
    return m_rows.contains(key);
}

} // namespace ui
