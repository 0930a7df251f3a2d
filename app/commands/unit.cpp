// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/deed.h"

namespace app::commands {

using namespace Qt::StringLiterals;
using station::UnitEvent;

namespace {

void describeShip(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"SERIAL…"_s, u"The units that leave."_s);
    describeDeed(parser);
}

void describeRework(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"SERIAL…"_s, u"The unit, or several for the same reason."_s);
    describeDeed(parser);
    parser.addOption(
        {u"reason"_s, u"A code; the plan's [rework] may say which there are."_s, u"CODE"_s});
}

void describeReplace(QCommandLineParser &parser)
{
    describeRework(parser);
    parser.addOption({u"board"_s, u"The new board's serial, if it has one."_s, u"SERIAL"_s});
}

void describeRepair(QCommandLineParser &parser)
{
    describeRework(parser);
    parser.addOption(
        {u"action"_s, u"What was done, a code; --reason says what was wrong."_s, u"CODE"_s});
}

Exit runShip(const QCommandLineParser &parser)
{
    return runDeed(parser, UnitEvent::Ship);
}

Exit runReplace(const QCommandLineParser &parser)
{
    if (parser.isSet(u"board"_s) && parser.positionalArguments().size() != 1)
        return wrongUse(u"--board is one unit's"_s);
    return runDeed(parser, UnitEvent::ReplaceBoard);
}

Exit runScrap(const QCommandLineParser &parser)
{
    return runDeed(parser, UnitEvent::Scrap);
}

Exit runRepair(const QCommandLineParser &parser)
{
    return runDeed(parser, UnitEvent::Repair);
}

Exit runReturn(const QCommandLineParser &parser)
{
    return runDeed(parser, UnitEvent::Return);
}

void describeRetest(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"SERIAL…"_s, u"The unit, or several for the same reason."_s);
    describeDeed(parser);
    parser.addOption({u"reason"_s, u"A code: why it may be tried again."_s, u"CODE"_s});
}

Exit runRetest(const QCommandLineParser &parser)
{
    return runDeed(parser, UnitEvent::Retest);
}

} // namespace

const Command unitShip{"unit ship", "SERIAL…",
    "Units leave: enrollments that wait for shipment go out, or are enabled.",
    "ekstation-cli unit ship --station station.toml SN-0001 SN-0002", describeShip, runShip};
const Command unitReplaceBoard{"unit replace-board", "SERIAL…",
    "A unit gets another board: the old one's enrollment goes, before the new one's comes.",
    "ekstation-cli unit replace-board --station station.toml --reason no-boot SN-0001",
    describeReplace, runReplace};
const Command unitScrap{"unit scrap", "SERIAL…",
    "A unit will never leave: its enrollment goes, and neither it nor its board comes back.",
    "ekstation-cli unit scrap --station station.toml --reason cracked SN-0001", describeRework,
    runScrap};
const Command unitRepair{"unit repair", "SERIAL…",
    "What was wrong with a unit, and what was done; it is examined again next.",
    "ekstation-cli unit repair --station station.toml --reason no-boot --action reflow SN-0001",
    describeRepair, runRepair};
const Command unitReturn{"unit return", "SERIAL…",
    "A shipped unit came back: its enrollment is disabled until it passes again.",
    "ekstation-cli unit return --station station.toml --reason rma SN-0001", describeRework,
    runReturn};

const Command unitRetest{"unit retest", "SERIAL…",
    "A unit that has failed as often as its plan allows gets as many attempts again.",
    "ekstation-cli unit retest --station station.toml --by \"Ann Example\" SN-0001", describeRetest,
    runRetest};

} // namespace app::commands
