// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/people.h"

#include "app/secretinput.h"

namespace app::commands {

using namespace Qt::StringLiterals;

void describeWho(QCommandLineParser &parser)
{
    parser.addOption({u"by"_s, u"Who does this: a name or an id (see person add)."_s, u"PERSON"_s});
}

void describePeople(QCommandLineParser &parser)
{
    describeWho(parser);
    parser.addOption(
        {u"with"_s, u"The second person, where the plan asks for two."_s, u"PERSON"_s});
}

station::Result<QStringList> provenPeople(
    const QCommandLineParser &parser, const station::LoginRule &rule, station::Store &store)
{
    QStringList named = parser.values(u"by"_s);
    if (parser.optionNames().contains(u"with"_s))
        named += parser.values(u"with"_s);
    if (!rule.isRequired)
        return named;
    QStringList proven;
    for (const QString &name : std::as_const(named)) {
        const auto pin = askSecret(u"PIN of %1: "_s.arg(name));
        if (!pin)
            return std::unexpected(pin.error());
        const auto person =
            store.logIn({.person = name, .secret = *pin, .isSecond = !proven.isEmpty()});
        if (!person)
            return std::unexpected(person.error());
        proven.append(person->id);
    }
    return proven;
}

station::Result<QStringList> workersOf(
    const QCommandLineParser &parser, const station::LoginRule &rule, station::Store &store)
{
    if (rule.isRequired && !parser.isSet(u"by"_s))
        return std::unexpected(station::Error{station::Fault::Refused,
            u"this station asks who works at it: name yourself with --by, and give your PIN on "
            "standard input"_s});
    return rule.isRequired ? provenPeople(parser, rule, store) : QStringList();
}

std::expected<std::unique_ptr<station::Store>, Exit> openFor(const QCommandLineParser &parser,
    const Settings &settings, const QString &command, station::Right right)
{
    auto store = station::Store::open(ledgerPlace(settings, station::LedgerPlace::Role::Line));
    if (!store)
        return std::unexpected(stationError(store.error()));
    const auto people = provenPeople(parser, settings.login, **store);
    const auto noted =
        people ? (*store)->noteCommand(command, *people, right) : std::unexpected(people.error());
    if (!noted)
        return std::unexpected(refusedOrTrouble(noted.error()));
    return std::move(*store);
}

} // namespace app::commands
