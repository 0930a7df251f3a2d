// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/person.h"

#include <QRegularExpression>

namespace station {

using namespace Qt::StringLiterals;

QList<Role> everyRole()
{
    return {Role::Operator, Role::Technician, Role::Qa, Role::Administrator};
}

Role roleOf(QStringView text)
{
    for (const Role role : everyRole())
        if (text == word(role))
            return role;
    return Role::Operator;
}

QString word(Role role)
{
    switch (role) {
    case Role::Operator:
        return u"operator"_s;
    case Role::Technician:
        return u"technician"_s;
    case Role::Qa:
        return u"qa"_s;
    case Role::Administrator:
        return u"administrator"_s;
    }
    return {};
}

Role leastFor(Right right)
{
    switch (right) {
    case Right::Examine:
        return Role::Operator;
    case Right::Rework:
    case Right::WorkOrders:
        return Role::Technician;
    case Right::Release:
    case Right::HandOver:
        return Role::Qa;
    case Right::Configure:
        return Role::Administrator;
    }
    return Role::Administrator;
}

bool may(Role role, Right right)
{
    return role >= leastFor(right);
}

Right rightFor(UnitEvent event)
{
    switch (event) {
    case UnitEvent::Release:
    case UnitEvent::Scrap:
        return Right::Release;
    case UnitEvent::ReplaceBoard:
    case UnitEvent::Repair:
    case UnitEvent::Return:
    case UnitEvent::Retest:
        return Right::Rework;
    case UnitEvent::Ship:
    case UnitEvent::Held:
    case UnitEvent::Passed:
    case UnitEvent::Failed:
        break;
    }
    return Right::Examine;
}

Result<QByteArray> keptOf(const Secret &secret, const QByteArray &salt)
{
    if (secret.isEmpty())
        return QByteArray("");
    QByteArray kept = tpm::stretched(secret, salt);
    if (kept.isEmpty())
        return std::unexpected(Error{Fault::Ledger, u"no memory to judge a PIN or a badge"_s});
    return kept;
}

bool isBadge(const LoginRule &rule, const QString &scan)
{
    return !rule.badge.isEmpty()
        && QRegularExpression(QRegularExpression::anchoredPattern(rule.badge))
               .match(scan)
               .hasMatch();
}

} // namespace station
