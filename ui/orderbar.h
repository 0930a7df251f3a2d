// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/order.h"
#include "station/worker.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

/// What the line works for, and the changeover to another order: a row, in whose place the
/// questions of a new order stand while somebody answers them.
class OrderBar : public QWidget {
    Q_OBJECT
public:
    explicit OrderBar(QWidget *parent = nullptr);

    /// Whether units of this plan wait for their lot.
    void setReleasing(bool isReleasing);

    void showWorker(const station::Worker &worker); ///< who may do what
    void showOrder(const std::optional<station::Order> &order, const station::OrderTally &tally);
    void showMessage(const QString &text, bool isGood);

Q_SIGNALS:
    void openAsked(const station::Order &order); ///< without plan and service
    void closeAsked(const QString &ref);
    void releaseAsked(const QString &ref); ///< of the whole lot

private:
    QWidget *makeRow();
    QWidget *makeForm();
    void ask(bool isAsking);

    bool m_isReleasing = false;
    std::optional<station::Order> m_order;
    station::OrderTally m_tally;
    QWidget *m_row = nullptr;
    QWidget *m_form = nullptr;
    QLabel *m_text = nullptr;
    QLabel *m_message = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_close = nullptr;
    QPushButton *m_release = nullptr;
    QLineEdit *m_ref = nullptr;
    QLineEdit *m_customer = nullptr;
    QLineEdit *m_product = nullptr;
    QLineEdit *m_quantity = nullptr;
};

} // namespace ui
