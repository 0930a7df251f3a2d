// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/enrollment.h"

#include <QAbstractTableModel>

namespace ui {

/// What a provisioning service holds, by registration id: each enrollment, and what became of its
/// device's registration. What stays the same stays where it is, so that a list that is read again
/// and again keeps its place and its selection.
class ServiceModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Device, Enrolled, Registration, Hub, Since, Id, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void show(QList<upload::Enrollment> enrollments); ///< in any order
    [[nodiscard]] int registered() const; ///< how many have registered

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    void insert(int row, const upload::Enrollment &enrollment);
    void remove(int row);
    void replace(int row, const upload::Enrollment &enrollment);

    QList<upload::Enrollment> m_enrollments;
};

} // namespace ui
