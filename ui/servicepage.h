// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/servicemodel.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace ui {

/// In training: what the stand-in holds, as it stands now.
class ServicePage : public QWidget {
    Q_OBJECT
public:
    explicit ServicePage(QWidget *parent = nullptr);

    void show(
        const QList<upload::Enrollment> &enrollments, bool isMore); ///< isMore: not all of them
    void showTrouble(const QString &detail); ///< what was seen last stays
    using QWidget::show;

Q_SIGNALS:
    void shown(); ///< somebody looks at it

protected:
    void showEvent(QShowEvent *event) override;

private:
    ServiceModel m_model;
    QTableView *m_table = nullptr;
    QLabel *m_message = nullptr;
};

} // namespace ui
