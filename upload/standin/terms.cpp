// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/terms.h"

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
    if (name == u"bulk-atomic") {
        return set(assumptions.bulkAtomic, value) ? std::nullopt
                                                  : std::optional(u"bulk-atomic is yes or no"_s);
    }
    if (name == u"bulk-counts-items") {
        return set(assumptions.bulkCountsItems, value)
            ? std::nullopt
            : std::optional(u"bulk-counts-items is yes or no"_s);
    }
    if (name == u"expired-token-polls") {
        return set(assumptions.expiredTokenPolls, value)
            ? std::nullopt
            : std::optional(u"expired-token-polls is yes or no"_s);
    }
    if (name == u"challenge-life") {
        return set(assumptions.challengeLife, value)
            ? std::nullopt
            : std::optional(u"challenge-life is a number of seconds"_s);
    }
    int *const code = name == u"no-enrollment" ? &assumptions.noEnrollment
        : name == u"no-registration"           ? &assumptions.noRegistration
        : name == u"unknown-device"            ? &assumptions.unknownDevice
                                               : nullptr;
    if (code == nullptr) {
        return u"there is no assumption \"%1\": bulk-atomic, bulk-counts-items, "
               "expired-token-polls, challenge-life, no-enrollment, no-registration and "
               "unknown-device are known"_s.arg(name);
    }
    return set(*code, value) ? std::nullopt
                             : std::optional(u"%1 is an error number such as 404201"_s.arg(name));
}

} // namespace upload::standin
