// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orderbar.h"

#include "ui/press.h"
#include "ui/spoken.h"
#include "ui/unitwording.h"

#include <QHBoxLayout>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;

OrderBar::OrderBar(QWidget *parent) : QWidget(parent), m_message(new QLabel(this))
{
    setObjectName(u"orderBar"_s);
    m_row = makeRow();
    m_form = makeForm();
    m_message->setObjectName(u"orderMessage"_s);
    m_message->setWordWrap(true);
    m_message->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_row);
    column->addWidget(m_form);
    column->addWidget(m_message);
    m_form->hide();
}

QWidget *OrderBar::makeRow()
{
    auto *row = new QWidget(this);
    auto *across = new QHBoxLayout(row);
    across->setContentsMargins(0, 0, 0, 0);
    m_text = new QLabel(row);
    m_text->setObjectName(u"order"_s);
    m_text->setWordWrap(true);
    m_open = press(u"orderOpen"_s, row);
    m_release = press(u"orderRelease"_s, row);
    m_close = press(u"orderClose"_s, row);
    across->addWidget(m_text, 1);
    across->addWidget(m_release);
    across->addWidget(m_open);
    across->addWidget(m_close);
    speak(row, [this] {
        setWords(m_open, tr("Open an order"));
        setWords(m_release, tr("Release the lot"));
        setWords(m_close, tr("Close the order"));
        showOrder(m_order, m_tally);
    });
    connect(m_open, &QPushButton::clicked, this, [this] { ask(true); });
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (m_order)
            Q_EMIT closeAsked(m_order->ref);
    });
    connect(m_release, &QPushButton::clicked, this, [this] {
        if (m_order)
            Q_EMIT releaseAsked(m_order->ref);
    });
    return row;
}

QWidget *OrderBar::makeForm()
{
    auto *form = new QWidget(this);
    auto *across = new QHBoxLayout(form);
    across->setContentsMargins(0, 0, 0, 0);
    m_ref = entry(u"orderRef"_s, form);
    m_customer = entry(u"orderCustomer"_s, form);
    m_product = entry(u"orderProduct"_s, form);
    m_quantity = entry(u"orderQuantity"_s, form);
    m_quantity->setValidator(new QIntValidator(1, 100'000'000, m_quantity));
    auto *go = press(u"orderGo"_s, form);
    auto *cancel = press(u"orderCancel"_s, form);
    for (QWidget *widget :
        std::initializer_list<QWidget *>{m_ref, m_customer, m_product, m_quantity, go, cancel})
        across->addWidget(widget);
    speak(form, [this, go, cancel] {
        setWords(m_ref, tr("Order"));
        setWords(m_customer, tr("Customer"));
        setWords(m_product, tr("Product"));
        setWords(m_quantity, tr("Quantity"));
        setWords(go, tr("Start"));
        setWords(cancel, tr("Cancel"));
    });
    connect(cancel, &QPushButton::clicked, this, [this] { ask(false); });
    connect(go, &QPushButton::clicked, this, [this] {
        Q_EMIT openAsked({.ref = m_ref->text().trimmed(),
            .customer = m_customer->text().trimmed(),
            .product = m_product->text().trimmed(),
            .quantity = m_quantity->text().toLongLong()});
    });
    return form;
}

void OrderBar::ask(bool isAsking)
{
    m_form->setVisible(isAsking);
    m_row->setVisible(!isAsking);
    m_message->hide();
    if (isAsking)
        m_ref->setFocus();
}

void OrderBar::showOrder(
    const std::optional<station::Order> &order, const station::OrderTally &tally)
{
    const bool isNew = order != m_order;
    m_order = order;
    m_tally = tally;
    m_text->setText(wording::order(order, tally));
    m_text->setAccessibleName(m_text->text());
    m_close->setVisible(order.has_value());
    m_release->setVisible(order && m_isReleasing);
    if (isNew && m_form && m_form->isVisibleTo(this))
        ask(false);
}

void OrderBar::showWorker(const station::Worker &worker)
{
    for (QPushButton *button : {m_open, m_close})
        button->setEnabled(worker.may(station::Right::WorkOrders));
    m_release->setEnabled(worker.may(station::Right::Release));
}

void OrderBar::setReleasing(bool isReleasing)
{
    m_isReleasing = isReleasing;
    showOrder(m_order, m_tally);
}

void OrderBar::showMessage(const QString &text, bool isGood)
{
    showSaid(m_message, text, isGood);
}

} // namespace ui
