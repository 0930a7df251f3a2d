// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exportbar.h"

#include "ui/spoken.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;
using upload::handover::Form;

namespace {

constexpr int glove = 48; // px that a gloved finger needs
constexpr int wholeRange = 1000;

struct Choice {
    Form form;
    const char *name;
    const char *pattern;
};
constexpr std::array<Choice, 3> choices{{
    {Form::Csv, QT_TRANSLATE_NOOP("ui::ExportBar", "CSV"), "*.csv"},
    {Form::Xlsx, QT_TRANSLATE_NOOP("ui::ExportBar", "Excel"), "*.xlsx"},
    {Form::Jsonl, QT_TRANSLATE_NOOP("ui::ExportBar", "JSON lines"), "*.jsonl"},
}};

} // namespace

ExportBar::ExportBar(QWidget *parent)
    : QWidget(parent), m_export(new QPushButton(this)), m_stop(new QPushButton(this)),
      m_progress(new QProgressBar(this)), m_message(new QLabel(this))
{
    m_export->setObjectName(u"export"_s);
    m_stop->setObjectName(u"stopExport"_s);
    m_progress->setObjectName(u"exportProgress"_s);
    speak(this, [this] {
        m_export->setText(tr("Export…"));
        m_export->setAccessibleName(tr("Export the proven devices among these"));
        m_export->setToolTip(m_export->accessibleName());
        m_stop->setText(tr("Stop export"));
        m_stop->setAccessibleName(tr("Stop the export"));
        m_progress->setAccessibleName(tr("How far the export is"));
        m_message->clear(); // was said in the language of then
    });
    m_progress->setRange(0, wholeRange);
    m_message->setObjectName(u"exportMessage"_s);
    m_message->setWordWrap(true);
    for (QPushButton *button : {m_export, m_stop})
        button->setMinimumSize(glove, glove);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_export);
    row->addWidget(m_message, 1);
    row->addWidget(m_progress, 1);
    row->addWidget(m_stop);
    m_progress->hide();
    m_stop->hide();
    connect(m_export, &QPushButton::clicked, this, &ExportBar::askWhere);
    connect(m_stop, &QPushButton::clicked, this, &ExportBar::stopAsked);
}

void ExportBar::askWhere()
{
    auto *dialog = new QFileDialog(this, tr("Export to"));
    dialog->setObjectName(u"exportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters;
    for (const Choice &choice : choices)
        filters.append(u"%1 (%2)"_s.arg(tr(choice.name), QLatin1String(choice.pattern)));
    dialog->setNameFilters(filters);
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, filters](QString path) {
        const auto &choice =
            choices.at(std::max<qsizetype>(0, filters.indexOf(dialog->selectedNameFilter())));
        const QString suffix = QString::fromLatin1(choice.pattern).mid(1);
        if (!path.endsWith(suffix, Qt::CaseInsensitive))
            path += suffix;
        Q_EMIT exportAsked(choice.form, path);
    });
    dialog->show(); // not modal: a slot may need the window
}

void ExportBar::begin()
{
    m_export->setEnabled(false);
    m_message->hide();
    m_progress->setValue(0);
    m_progress->show();
    m_stop->show();
}

void ExportBar::showProgress(qint64 done, qint64 all)
{
    m_progress->setValue(static_cast<int>(all == 0 ? 0 : done * wholeRange / all));
}

void ExportBar::end(const QString &message, bool isWell)
{
    m_export->setEnabled(true);
    m_progress->hide();
    m_stop->hide();
    m_message->setText(isWell ? message : tr("Not exported: %1").arg(message));
    m_message->show();
}

} // namespace ui
