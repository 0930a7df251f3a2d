// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servicemodel.h"

#include "ui/screenwording.h"

#include <QDateTime>
#include <QLocale>

namespace ui {

namespace {

/// As the service compares ids.
QString keyOf(const upload::Enrollment &enrollment)
{
    return enrollment.registrationId.toLower();
}

QString timeOf(const QString &iso)
{
    // Seven decimals are more than Qt reads.
    const QDateTime time = QDateTime::fromString(iso.left(19), Qt::ISODate);
    return QLocale().toString(
        QDateTime(time.date(), time.time(), Qt::UTC).toLocalTime(), QLocale::ShortFormat);
}

} // namespace

void ServiceModel::show(QList<upload::Enrollment> enrollments)
{
    std::ranges::sort(enrollments, {}, keyOf);
    int row = 0;
    for (const auto &wanted : std::as_const(enrollments)) {
        while (row < m_enrollments.size() && keyOf(m_enrollments[row]) < keyOf(wanted))
            remove(row);
        if (row == m_enrollments.size() || keyOf(m_enrollments[row]) != keyOf(wanted))
            insert(row, wanted);
        else
            replace(row, wanted);
        ++row;
    }
    while (row < m_enrollments.size())
        remove(row);
}

void ServiceModel::insert(int row, const upload::Enrollment &enrollment)
{
    beginInsertRows({}, row, row);
    m_enrollments.insert(row, enrollment);
    endInsertRows();
}

void ServiceModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_enrollments.removeAt(row);
    endRemoveRows();
}

void ServiceModel::replace(int row, const upload::Enrollment &enrollment)
{
    if (m_enrollments[row] == enrollment)
        return;
    m_enrollments[row] = enrollment;
    Q_EMIT dataChanged(index(row, 0), index(row, Columns - 1));
}

int ServiceModel::registered() const
{
    return static_cast<int>(std::ranges::count_if(
        m_enrollments, [](const auto &one) { return !one.registration.status.isEmpty(); }));
}

int ServiceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_enrollments.size());
}

int ServiceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant ServiceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)
        || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const auto &enrollment = m_enrollments[index.row()];
    const auto &registration = enrollment.registration;
    switch (index.column()) {
    case Device:
        return enrollment.deviceId.isEmpty() ? enrollment.registrationId : enrollment.deviceId;
    case Enrolled:
        return wording::enrollment(enrollment.enabled);
    case Registration:
        return wording::registration(registration.status);
    case Hub:
        return registration.hub;
    case Since:
        return registration.updated.isEmpty() ? QString() : timeOf(registration.updated);
    case Id:
        return enrollment.registrationId;
    default:
        return {};
    }
}

QVariant ServiceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Device:
        return tr("Device");
    case Enrolled:
        return tr("Enrollment");
    case Registration:
        return tr("Registration");
    case Hub:
        return tr("Hub");
    case Since:
        return tr("Since");
    case Id:
        return tr("Registration id");
    default:
        return {};
    }
}

} // namespace ui
