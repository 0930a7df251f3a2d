// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/disposition.h"
#include "station/error.h"
#include "tpm/secret.h"

#include <QList>
#include <QString>
#include <chrono>

namespace station {

using tpm::Secret;

/// What somebody is here for. Each may do all that those before may.
enum class Role { Operator, Technician, Qa, Administrator };

/// What a station with a login asks for before something happens.
enum class Right {
    Examine, ///< examine, pack and ship: everybody who works here
    Rework, ///< repair, replace a board, take back, allow more attempts
    WorkOrders, ///< open and close orders
    Release, ///< release units and lots, scrap
    HandOver, ///< records and enrollments leave in a file
    Configure, ///< settings, plans, people
};

/// A text that word() does not give counts as an operator's: it gives no more rights.
[[nodiscard]] Role roleOf(QStringView text);
[[nodiscard]] QString word(Role role); ///< "operator", "technician", "qa", "administrator"
[[nodiscard]] QList<Role> everyRole();
[[nodiscard]] bool may(Role role, Right right);
[[nodiscard]] Right rightFor(UnitEvent event);
/// Who may, for people who may not.
[[nodiscard]] Role leastFor(Right right);

/// Somebody whose id stands in entries.
struct Person {
    QString id;
    QString name;
    QString role; ///< a word of Role, or one that only a plan knows
    bool hasPin = false, hasBadge = false;
    qint64 lockedUntilUs = 0; ///< after too many wrong PINs

    [[nodiscard]] bool canLogIn() const { return hasPin || hasBadge; }
    bool operator==(const Person &) const = default;
};

/// Somebody who says who they are: by name or id and a PIN, or by a badge alone.
struct LogIn {
    QString person; ///< empty: `secret` is what a badge says
    Secret secret;
    bool isSecond = false; ///< stands by somebody else who is logged in
};

/// What is changed about a person, or about a new one. What is empty stays as it is.
struct PersonChange {
    QString person; ///< a name or an id; empty: somebody new
    QString name; ///< of somebody new
    QString role = {};
    std::optional<Secret> pin = {}, badge = {}; ///< an empty one is taken away
    bool unlocks = false; ///< as a new PIN does
    QString by = {}; ///< a name or an id: who does it
};

/// How a station asks who works at it.
struct LoginRule {
    bool isRequired = false;
    QString badge; ///< how badges read, a regular expression; empty: there are none
    std::chrono::minutes idle{15}; ///< after which somebody is logged out

    bool operator==(const LoginRule &) const = default;
};

/// Whether a scan is a badge, whatever a plan says of serials.
[[nodiscard]] bool isBadge(const LoginRule &rule, const QString &scan);

/// What a ledger keeps of a PIN or a badge: tpm::stretched(); of an empty one nothing.
[[nodiscard]] Result<QByteArray> keptOf(const Secret &secret, const QByteArray &salt);

} // namespace station
