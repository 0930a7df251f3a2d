// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/people.h"
#include "app/secretinput.h"
#include "app/stationledger.h"

#include <QRegularExpression>

namespace app::commands {

using namespace Qt::StringLiterals;
using station::PersonChange;

namespace {

void describeList(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station whose ledger knows people; its line must not run meanwhile."_s,
            u"FILE"_s},
        {u"json"_s, u"Print one JSON object a person."_s},
    });
}

void describeErase(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"NAME"_s, u"What the person is called, or the person's id."_s);
    describeList(parser);
    parser.addOption({u"by"_s,
        u"The administrator who does this, where the station asks for a login."_s, u"PERSON"_s});
}

void describeSecrets(QCommandLineParser &parser)
{
    describeErase(parser);
    parser.addOptions({
        {u"role"_s,
            u"What the person does: operator, technician, qa, administrator, or a word of the plan's."_s,
            u"ROLE"_s},
        {u"pin"_s, u"Reads the person's new PIN from standard input."_s},
        {u"badge"_s, u"Reads what the person's badge says from standard input, after the PIN."_s},
    });
}

void describeChange(QCommandLineParser &parser)
{
    describeSecrets(parser);
    parser.addOptions({
        {u"no-pin"_s, u"Takes the PIN away."_s},
        {u"no-badge"_s, u"Takes the badge away."_s},
        {u"unlock"_s, u"The person may try PINs again at once."_s},
    });
}

/// The station's ledger, and the administrator who does this.
struct Office {
    StationLedger ledger;
    QString by; ///< an id; empty: nobody was asked
};

std::expected<Office, Exit> openOffice(const QCommandLineParser &parser)
{
    auto ledger = openStationLedger(parser);
    if (!ledger)
        return std::unexpected(ledger.error());
    const auto by = provenPeople(parser, ledger->settings.login, *ledger->store);
    if (!by)
        return std::unexpected(refusedOrTrouble(by.error()));
    return Office{std::move(*ledger), by->value(0)};
}

/// One secret of standard input; nothing where the option is not there, and an empty one where it
/// is taken away.
station::Result<std::optional<station::Secret>> secretOf(
    const QCommandLineParser &parser, const QString &option, const QString &prompt)
{
    if (parser.optionNames().contains(u"no-"_s + option))
        return station::Secret();
    if (!parser.isSet(option))
        return std::nullopt;
    const auto secret = askSecret(prompt);
    if (!secret)
        return std::unexpected(secret.error());
    return *secret;
}

station::Result<void> checkBadge(
    const station::LoginRule &rule, const std::optional<station::Secret> &badge)
{
    if (!badge || badge->isEmpty()
        || isBadge(rule, QString::fromUtf8(badge->bytes().toByteArray())))
        return {};
    return std::unexpected(station::Error{station::Fault::Refused,
        u"this does not read like a badge of this station; [login] badge in its settings says how they do"_s});
}

Exit change(const QCommandLineParser &parser, PersonChange wanted)
{
    auto office = openOffice(parser);
    if (!office)
        return office.error();
    wanted.by = office->by;
    auto pin = secretOf(parser, u"pin"_s, u"New PIN: "_s);
    auto badge = pin ? secretOf(parser, u"badge"_s, u"Badge: "_s) : pin;
    if (!badge)
        return wrongUse(badge.error().detail);
    if (const auto checked = checkBadge(office->ledger.settings.login, *badge); !checked)
        return wrongUse(checked.error().detail);
    wanted.pin = *pin;
    wanted.badge = *badge;
    const auto id = office->ledger.store->changePerson(wanted);
    if (!id)
        return wanted.person.isEmpty() && id.error().fault == station::Fault::Refused
                && office->by.isEmpty()
            ? wrongUse(id.error().detail)
            : refusedOrTrouble(id.error());
    if (parser.isSet(u"json"_s))
        printJson({{u"person"_s, *id}, {u"name"_s, parser.positionalArguments().first()},
            {u"role"_s, wanted.role}});
    else
        printLine(*id);
    return Exit::Good;
}

Exit runAdd(const QCommandLineParser &parser)
{
    const QStringList names = parser.positionalArguments();
    if (!parser.isSet(u"station"_s) || !parser.isSet(u"role"_s) || names.size() != 1)
        return wrongUse(u"person add needs --station FILE, --role ROLE and one name"_s);
    return change(parser, {.person = {}, .name = names.first(), .role = parser.value(u"role"_s)});
}

Exit runChange(const QCommandLineParser &parser)
{
    const QStringList names = parser.positionalArguments();
    if (!parser.isSet(u"station"_s) || names.size() != 1 || names.first().isEmpty())
        return wrongUse(u"person change needs --station FILE and one name or id"_s);
    for (const QString &what : {u"pin"_s, u"badge"_s})
        if (parser.isSet(what) && parser.isSet(u"no-"_s + what))
            return wrongUse(u"--%1 and --no-%1 exclude each other"_s.arg(what));
    return change(parser,
        {.person = names.first(),
            .name = {},
            .role = parser.value(u"role"_s),
            .unlocks = parser.isSet(u"unlock"_s)});
}

Exit runErase(const QCommandLineParser &parser)
{
    const QStringList names = parser.positionalArguments();
    if (!parser.isSet(u"station"_s) || names.size() != 1)
        return wrongUse(u"person erase needs --station FILE and one name or id"_s);
    const auto office = openOffice(parser);
    if (!office)
        return office.error();
    const auto id = office->ledger.store->erasePerson(names.first(), office->by);
    if (!id)
        return id.error().fault == station::Fault::Refused ? refusedOrTrouble(id.error())
                                                           : stationError(id.error());
    if (parser.isSet(u"json"_s))
        printJson({{u"person"_s, *id}});
    else
        printLine(u"%1: the name is erased, what the person did stays under this id"_s.arg(*id));
    return Exit::Good;
}

Exit runList(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"station"_s) || !parser.positionalArguments().isEmpty())
        return wrongUse(u"person list needs --station FILE"_s);
    const auto ledger = openStationLedger(parser);
    if (!ledger)
        return ledger.error();
    const auto people = ledger->store->people();
    if (!people)
        return stationError(people.error());
    for (const station::Person &person : *people) {
        const bool isLocked = person.lockedUntilUs > station::systemClock().utcUs;
        if (parser.isSet(u"json"_s)) {
            printJson({{u"person"_s, person.id}, {u"name"_s, person.name}, {u"role"_s, person.role},
                {u"pin"_s, person.hasPin}, {u"badge"_s, person.hasBadge}, {u"locked"_s, isLocked}});
            continue;
        }
        QStringList ways;
        for (const auto &[has, way] : {std::pair(person.hasPin, u"PIN"_s),
                 std::pair(person.hasBadge, u"badge"_s), std::pair(isLocked, u"locked"_s)})
            if (has)
                ways.append(way);
        printLine(u"%1  %2  %3  %4"_s.arg(
            person.id, person.role.leftJustified(13), person.name, ways.join(u", "_s)));
    }
    return Exit::Good;
}

} // namespace

const Command personAdd{"person add", "NAME",
    "Writes down a person; entries carry the id that it prints, and never the name.",
    "ekstation-cli person add --station station.toml --role qa --pin \"Ann Example\"",
    describeSecrets, runAdd};

const Command personChange{"person change", "NAME|ID",
    "Gives a person another role, PIN or badge, or unlocks one who typed too many wrong PINs.",
    "ekstation-cli person change --station station.toml --pin \"Ann Example\"", describeChange,
    runChange};

const Command personErase{"person erase", "NAME|ID",
    "A person's name leaves the ledger; entries keep the id, and no chain breaks.",
    "ekstation-cli person erase --station station.toml \"Ann Example\"", describeErase, runErase};

const Command personList{"person list", "",
    "Who is known, what each is here for, and how they log in.",
    "ekstation-cli person list --station station.toml", describeList, runList};

} // namespace app::commands
