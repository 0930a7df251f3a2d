// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servicepage.h"

#include "ui/screenwording.h"
#include "ui/spoken.h"
#include "ui/table.h"

#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

ServicePage::ServicePage(QWidget *parent)
    : QWidget(parent), m_table(makeTable(u"enrollments"_s, &m_model, this)),
      m_message(new QLabel(this))
{
    setObjectName(u"servicePage"_s);
    m_message->setObjectName(u"serviceMessage"_s);
    m_message->setWordWrap(true);
    speak(this, [this] {
        m_table->setAccessibleName(tr("What the service holds"));
        m_message->setText(wording::trying()); // until it is asked again, which is soon
    });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_message);
    column->addWidget(m_table, 1);
}

void ServicePage::show(const QList<upload::Enrollment> &enrollments, bool isMore)
{
    m_model.show(enrollments);
    m_message->setText(wording::service(enrollments.size(), m_model.registered(), isMore));
}

void ServicePage::showTrouble(const QString &detail)
{
    m_message->setText(wording::serviceAway(detail));
}

void ServicePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    Q_EMIT shown();
}

} // namespace ui
