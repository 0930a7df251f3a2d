// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/disposition.h"

#include "station/words.h"

#include <QList>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr Word<Disposition> dispositions[] = {
    {Disposition::Held, "held"},
    {Disposition::Released, "released"},
    {Disposition::Shipped, "shipped"},
    {Disposition::Scrapped, "scrapped"},
    {Disposition::Returned, "returned"},
    {Disposition::Replaced, "replaced"},
};
constexpr Word<UnitEvent> events[] = {
    {UnitEvent::Held, "held"},
    {UnitEvent::Passed, "passed"},
    {UnitEvent::Failed, "failed"},
    {UnitEvent::Release, "release"},
    {UnitEvent::Ship, "ship"},
    {UnitEvent::ReplaceBoard, "replace-board"},
    {UnitEvent::Scrap, "scrap"},
    {UnitEvent::Repair, "repair"},
    {UnitEvent::Return, "return"},
    {UnitEvent::Retest, "retest"},
};

/// What may happen to a unit that stands so, and what it is then.
struct Transition {
    UnitEvent event;
    QList<Disposition> from;
    Disposition to;
    const char *need; ///< of a unit that stands otherwise
};

const QList<Transition> &transitions()
{
    using enum Disposition;
    static const QList<Transition> all{
        {UnitEvent::Held, {Held, Released, Returned, Replaced}, Held, ""},
        {UnitEvent::Passed, {Held, Released, Returned, Replaced}, Released, ""},
        {UnitEvent::Failed, {Held, Released}, Held, ""},
        {UnitEvent::Release, {Held}, Released, "only a held unit can be released"},
        // A held one may leave where its plan waits for nothing but that; the store knows.
        {UnitEvent::Ship, {Held, Released}, Shipped, "it cannot leave again"},
        {UnitEvent::ReplaceBoard, {Held, Released, Returned}, Replaced,
            "take it back first (unit return)"},
        {UnitEvent::Scrap, {Held, Released, Returned, Replaced}, Scrapped,
            "take it back first (unit return)"},
        {UnitEvent::Repair, {Held, Returned, Replaced}, Held,
            "only a unit that is held, came back, or has a new board is repaired"},
        {UnitEvent::Return, {Shipped}, Returned, "only a shipped unit comes back"},
        {UnitEvent::Retest, {Held, Released, Returned, Replaced}, Held,
            "take it back first (unit return)"},
    };
    return all;
}

QString needOf(const Transition &transition, Disposition now)
{
    if (now == Disposition::Scrapped)
        return u"scrap stays scrap"_s;
    if (now == Disposition::Replaced)
        return u"examine it with its new board first"_s;
    if (now == Disposition::Returned && transition.event == UnitEvent::Ship)
        return u"examine it first"_s;
    return QString::fromLatin1(transition.need);
}

} // namespace

QString word(Disposition disposition)
{
    return wordIn<Disposition>(dispositions, disposition);
}

QString word(UnitEvent event)
{
    return wordIn<UnitEvent>(events, event);
}

std::optional<Disposition> dispositionOf(QStringView word)
{
    return valueIn<Disposition>(dispositions, word);
}

Result<Disposition> after(UnitEvent event, std::optional<Disposition> now, const QString &serial)
{
    const auto &transition =
        *std::ranges::find(transitions(), event, [](const Transition &one) { return one.event; });
    const bool isExam = event <= UnitEvent::Failed;
    if (!now && isExam)
        return transition.to;
    if (!now)
        return std::unexpected(
            Error{Fault::Missing, u"unit %1 was never examined here"_s.arg(serial)});
    if (transition.from.contains(*now))
        return event == UnitEvent::Repair || event == UnitEvent::Retest ? *now : transition.to;
    if (isExam)
        return *now;
    return std::unexpected(Error{
        Fault::Refused, u"unit %1 is %2: %3"_s.arg(serial, word(*now), needOf(transition, *now))});
}

} // namespace station
