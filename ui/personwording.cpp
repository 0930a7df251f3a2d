// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/personwording.h"

#include "ui/phrase.h"

namespace ui::wording {

using namespace Qt::StringLiterals;
using station::Person;
using station::Right;

namespace {

constexpr Phrase roles[] = {
    {"operator", QT_TRANSLATE_NOOP("wording", "operator")},
    {"technician", QT_TRANSLATE_NOOP("wording", "technician")},
    {"qa", QT_TRANSLATE_NOOP("wording", "QA")},
    {"administrator", QT_TRANSLATE_NOOP("wording", "administrator")},
};

constexpr qsizetype longest = 9; ///< letters on a tab

} // namespace

QString role(const QString &word)
{
    return phrase(roles, word, word);
}

QString person(const Person &person, qint64 nowUs)
{
    QStringList ways;
    if (person.hasPin)
        ways.append(tr("PIN"));
    if (person.hasBadge)
        ways.append(tr("badge"));
    if (ways.isEmpty())
        ways.append(tr("cannot log in"));
    if (person.lockedUntilUs > nowUs)
        ways.append(tr("locked after wrong PINs"));
    return u"%1 (%2): %3"_s.arg(person.name, role(person.role), ways.join(u", "_s));
}

QString worker(const station::Worker &worker)
{
    return worker.person
        ? tr("%1 works here, as %2.").arg(worker.person->name, role(worker.person->role))
        : tr("Nobody is logged in.");
}

QString workerShort(const station::Worker &worker)
{
    if (!worker.isAsked)
        return tr("People");
    if (!worker.person)
        return tr("Log in");
    const QString &name = worker.person->name;
    return name.size() <= longest ? name : name.left(longest - 1) + u'…';
}

QString logInFirst()
{
    return tr("Log in first: scan your badge, or press \"Log in\"");
}

QString loggedIn(const Person &person)
{
    return tr("%1 works here now").arg(person.name);
}

QString loginRefused(const station::Error &error)
{
    const QString code = error.detail.section(u':', 0, 0);
    if (code == u"unknown")
        return tr("Nobody here has this badge, or this name with a PIN");
    if (code == u"wrong")
        return tr("The PIN is wrong. A few more, and it is locked.");
    if (code == u"locked")
        return tr("Locked after too many wrong PINs: try again in five minutes, or let an "
                  "administrator unlock it");
    return error.detail; // the ledger's trouble
}

QString loggedOut()
{
    return tr("Logged out. What runs goes on.");
}

QString unknownBadge()
{
    return tr("That is a badge, and this station asks nobody to log in");
}

QString noBadge(const QString &pattern)
{
    return pattern.isEmpty()
        ? tr("This station has no badges; its settings say how they read, as [login] badge")
        : tr("This does not read like a badge of this station (%1)").arg(pattern);
}

QString standsBy(const Person &person)
{
    return tr("%1 stands by, for the next deed").arg(person.name);
}

QString personSaved()
{
    return tr("Saved");
}

QString mayNot(Right right)
{
    return tr("This takes the role %1, or one above it").arg(role(word(leastFor(right))));
}

} // namespace ui::wording
