// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recordpage.h"

#include "ui/screenwording.h"
#include "ui/spoken.h"
#include "ui/table.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRecords = 500;

} // namespace

RecordPage::RecordPage(station::Reader &reader, QWidget *parent)
    : QWidget(parent), m_reader(reader), m_search(new QLineEdit(this)), m_message(new QLabel(this)),
      m_exports(new ExportBar(this))
{
    setObjectName(u"recordPage"_s);
    m_search->setObjectName(u"search"_s);
    m_search->setMaxLength(200);
    m_search->setMinimumHeight(48);
    m_message->setObjectName(u"recordMessage"_s);
    m_message->setWordWrap(true);
    m_table = makeTable(u"records"_s, &m_model, this);
    m_detail = new QTextBrowser(this);
    m_detail->setObjectName(u"detail"_s);
    m_detail->setOpenLinks(false);
    auto *clear = new QPushButton(u"✕"_s, this);
    clear->setObjectName(u"searchClear"_s);
    clear->setMinimumSize(48, 48);
    clear->setEnabled(false);
    auto *line = new QHBoxLayout;
    line->addWidget(m_search, 1);
    line->addWidget(clear);
    auto *both = new QHBoxLayout;
    both->addWidget(m_table, 11);
    both->addWidget(m_detail, 10);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(line);
    column->addWidget(m_message);
    column->addLayout(both, 1);
    column->addWidget(m_exports);
    speak(this, [this, clear] {
        clear->setAccessibleName(tr("Clear the search"));
        m_search->setAccessibleName(tr("Search the records"));
        m_search->setPlaceholderText(tr("A part of a serial, order, customer, product…"));
        m_table->setAccessibleName(tr("Records found"));
        m_detail->setAccessibleName(tr("The record"));
        if (isVisible()) // else it is read anew when it is turned to
            refresh();
    });
    connect(m_search, &QLineEdit::textChanged, this, &RecordPage::refresh);
    connect(m_search, &QLineEdit::textChanged, clear,
        [clear](const QString &text) { clear->setEnabled(!text.isEmpty()); });
    connect(clear, &QPushButton::clicked, m_search, &QLineEdit::clear);
    connect(clear, &QPushButton::clicked, m_search, qOverload<>(&QWidget::setFocus));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &row) {
            if (row.isValid())
                m_reader.look(m_model.at(row.row()).id);
        });
    connect(&reader, &station::Reader::found, this, &RecordPage::found);
    connect(&reader, &station::Reader::looked, this, &RecordPage::looked);
}

station::RecordFilter RecordPage::filter() const
{
    station::RecordFilter filter;
    filter.text = m_search->text().trimmed();
    filter.limit = mostRecords;
    return filter;
}

void RecordPage::refresh()
{
    m_generation = m_reader.find(filter());
}

void RecordPage::search(const QString &serial)
{
    if (m_search->text() == serial)
        refresh();
    else
        m_search->setText(serial);
}

void RecordPage::found(
    quint64 generation, const station::Result<QList<station::RecordRow>> &records)
{
    if (generation != m_generation)
        return;
    if (!records) {
        const bool isNone = records.error().fault == station::Fault::Missing;
        m_message->setText(isNone
                ? tr("Nothing is recorded yet.")
                : wording::fault(records.error()) + u": "_s + records.error().detail);
        return;
    }
    m_model.show(*records);
    m_message->setText(records->isEmpty() ? tr("No record matches.")
            : records->size() == mostRecords
            ? tr("The newest %1 of those that match.").arg(mostRecords)
            : tr("%n record(s)", nullptr, static_cast<int>(records->size())));
    m_detail->clear();
    if (!records->isEmpty())
        m_table->selectRow(0);
}

void RecordPage::looked(quint64, const station::Result<station::StoredEntry> &stored)
{
    if (stored)
        m_detail->setHtml(detailOf(*stored));
    else
        m_detail->setPlainText(wording::fault(stored.error()) + u": "_s + stored.error().detail);
}

} // namespace ui
