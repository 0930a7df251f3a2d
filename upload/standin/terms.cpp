// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/terms.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

bool set(bool &target, const QString &value)
{
    target = value == u"yes";
    return value == u"yes" || value == u"no";
}

bool set(int &target, const QString &value)
{
    bool isNumber = false;
    target = value.toInt(&isNumber);
    return isNumber && target >= 400'000 && target < 600'000;
}

bool set(std::chrono::seconds &target, const QString &value)
{
    bool isNumber = false;
    target = std::chrono::seconds(value.toInt(&isNumber));
    return isNumber && target.count() > 0;
}

} // namespace

std::optional<QString> assume(Assumptions &assumptions, const QString &text)
{
    const QString name = text.section(u'=', 0, 0);
    const QString value = text.section(u'=', 1);
    const QHash<QString, bool *> choices{{u"bulk-atomic"_s, &assumptions.bulkAtomic},
        {u"bulk-counts-items"_s, &assumptions.bulkCountsItems},
        {u"expired-token-polls"_s, &assumptions.expiredTokenPolls},
        {u"ecc-keys"_s, &assumptions.eccKeys}};
    const QHash<QString, int *> codes{{u"no-enrollment"_s, &assumptions.noEnrollment},
        {u"no-registration"_s, &assumptions.noRegistration},
        {u"unknown-device"_s, &assumptions.unknownDevice}};
    if (bool *choice = choices.value(name)) {
        return set(*choice, value) ? std::nullopt : std::optional(u"%1 is yes or no"_s.arg(name));
    }
    if (int *code = codes.value(name)) {
        return set(*code, value)
            ? std::nullopt
            : std::optional(u"%1 is an error number such as 404201"_s.arg(name));
    }
    if (name == u"challenge-life") {
        return set(assumptions.challengeLife, value)
            ? std::nullopt
            : std::optional(u"challenge-life is a number of seconds"_s);
    }
    QStringList known = choices.keys() + codes.keys() + QStringList{u"challenge-life"_s};
    known.sort();
    return u"there is no assumption \"%1\"; there are %2"_s.arg(name, known.join(u", "_s));
}

} // namespace upload::standin
