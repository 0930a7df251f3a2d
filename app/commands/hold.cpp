// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive.h"
#include "app/commands/people.h"
#include "app/commands/storedjson.h"
#include "app/selection.h"
#include "app/stationledger.h"
#include "station/ornull.h"

namespace app::commands {

using namespace Qt::StringLiterals;
using station::Hold;

namespace {

void describeDoing(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station whose ledger it is; its line must not run meanwhile."_s,
            u"FILE"_s},
        {u"reason"_s, u"Why; it stays in the ledger."_s, u"TEXT"_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
    describeWho(parser);
}

void describeAdd(QCommandLineParser &parser)
{
    describeDoing(parser);
    parser.addOptions({
        {u"serial"_s, u"Of this unit."_s, u"SERIAL"_s},
        {u"order"_s, u"Of this order."_s, u"ORDER"_s},
        {u"customer"_s, u"Of this customer."_s, u"NAME"_s},
    });
    describeSpan(parser);
}

void describeRemove(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"ID"_s, u"As `ledger hold list` names it."_s);
    describeDoing(parser);
}

void describeList(QCommandLineParser &parser)
{
    describeArchive(parser);
    parser.addOption({u"json"_s, u"Print one JSON object a hold."_s});
}

QString nameOf(const Hold &hold)
{
    return u"%1/%2"_s.arg(hold.stationId).arg(hold.seq);
}

QJsonValue momentOf(std::optional<qint64> us)
{
    return us ? QJsonValue(timeOf(*us)) : QJsonValue();
}

QJsonObject toJson(const Hold &hold)
{
    return {{u"hold"_s, nameOf(hold)}, {u"serial"_s, station::orNull(hold.serial)},
        {u"order"_s, station::orNull(hold.order)}, {u"customer"_s, station::orNull(hold.customer)},
        {u"from"_s, momentOf(hold.fromUs)}, {u"to"_s, momentOf(hold.toUs)},
        {u"reason"_s, hold.reason}, {u"person"_s, hold.personId},
        {u"name"_s, station::orNull(hold.personName)}};
}

QString inWords(const Hold &hold)
{
    QStringList about;
    for (const auto &[what, text] : {std::pair{u"serial"_s, hold.serial}, {u"order"_s, hold.order},
             {u"customer"_s, hold.customer}, {u"from"_s, momentOf(hold.fromUs).toString()},
             {u"to"_s, momentOf(hold.toUs).toString()}})
        if (!text.isEmpty())
            about.append(what + u' ' + text);
    return u"%1  %2: %3 (%4)"_s.arg(nameOf(hold), about.join(u", "_s), hold.reason,
        hold.personName.isEmpty() ? hold.personId : hold.personName);
}

std::optional<QString> missingIn(const QCommandLineParser &parser)
{
    for (const QString &needed : {u"station"_s, u"reason"_s, u"by"_s})
        if (parser.value(needed).isEmpty())
            return u"a hold needs --station FILE, --reason TEXT and --by PERSON"_s;
    return {};
}

Exit runAdd(const QCommandLineParser &parser)
{
    if (const auto missing = missingIn(parser))
        return wrongUse(*missing);
    if (!parser.positionalArguments().isEmpty())
        return wrongUse(u"a hold is about --serial, --order, --customer, --from or --to"_s);
    const auto span = spanOf(parser);
    if (!span)
        return wrongUse(span.error().detail);
    const auto ledger = openStationLedger(parser);
    if (!ledger)
        return ledger.error();
    Hold hold{.serial = parser.value(u"serial"_s),
        .order = parser.value(u"order"_s),
        .customer = parser.value(u"customer"_s),
        .fromUs = span->first,
        .toUs = span->second,
        .reason = parser.value(u"reason"_s)};
    const auto people = provenPeople(parser, ledger->settings.login, *ledger->store);
    if (!people)
        return refusedOrTrouble(people.error());
    const auto done = ledger->store->addHold(hold, people->first());
    if (!done && done.error().fault == station::Fault::Refused)
        return wrongUse(done.error().detail);
    if (!done)
        return stationError(done.error());
    if (done->archived != 0)
        say(u"of these %L1 were archived before; `show` names the bundle of each"_s.arg(
            done->archived));
    hold.stationId = ledger->settings.stationId;
    hold.seq = done->seq;
    if (parser.isSet(u"json"_s))
        printJson({{u"hold"_s, nameOf(hold)}, {u"records"_s, done->records},
            {u"archived"_s, done->archived}});
    else
        printLine(u"%1: no archive takes these %L2 examinations, or others that come and fit"_s
                .arg(nameOf(hold))
                .arg(done->records));
    return Exit::Good;
}

Exit runRemove(const QCommandLineParser &parser)
{
    if (const auto missing = missingIn(parser))
        return wrongUse(*missing);
    const QString name = parser.positionalArguments().value(0);
    bool isNumber = false;
    const qsizetype slash = name.lastIndexOf(u'/');
    const qint64 seq = name.mid(slash + 1).toLongLong(&isNumber);
    if (parser.positionalArguments().size() != 1 || !isNumber)
        return wrongUse(u"ledger hold remove needs one ID, such as 17 or line1-a/17"_s);
    const auto ledger = openStationLedger(parser);
    if (!ledger)
        return ledger.error();
    const QString station = slash < 0 ? ledger->settings.stationId : name.left(slash);
    const auto people = provenPeople(parser, ledger->settings.login, *ledger->store);
    if (!people)
        return refusedOrTrouble(people.error());
    const auto entry =
        ledger->store->removeHold(station, seq, parser.value(u"reason"_s), people->first());
    if (!entry)
        return stationError(entry.error());
    const QString hold = u"%1/%2"_s.arg(station).arg(seq);
    if (parser.isSet(u"json"_s))
        printJson({{u"hold"_s, hold}, {u"entry"_s, *entry}});
    else
        printLine(u"%1: the hold has ended, entry %2"_s.arg(hold).arg(*entry));
    return Exit::Good;
}

Exit runList(const QCommandLineParser &parser)
{
    if (!parser.positionalArguments().isEmpty())
        return wrongUse(u"ledger hold list takes no argument"_s);
    auto archive = openArchive(parser);
    if (!archive)
        return stationError(archive.error());
    const auto holds = archive->reader.holds();
    if (!holds)
        return stationError(holds.error());
    for (const Hold &hold : *holds) {
        if (parser.isSet(u"json"_s))
            printJson(toJson(hold));
        else
            printLine(inWords(hold));
    }
    if (holds->isEmpty())
        say(u"there are no holds"_s);
    return Exit::Good;
}

} // namespace

const Command ledgerHoldAdd{"ledger hold add", "",
    "From now on no archive takes these examinations.",
    "ekstation-cli ledger hold add --station station.toml --order 4711 --reason \"claim 12\" --by "
    "\"Ann Example\"",
    describeAdd, runAdd};
const Command ledgerHoldList{"ledger hold list", "",
    "Which examinations no archive may take, and why.",
    "ekstation-cli ledger hold list --station station.toml", describeList, runList};
const Command ledgerHoldRemove{"ledger hold remove", "ID", "A hold ends.",
    "ekstation-cli ledger hold remove --station station.toml 17 --reason \"claim settled\" --by "
    "\"Ann Example\"",
    describeRemove, runRemove};

} // namespace app::commands
