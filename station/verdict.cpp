// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/verdict.h"

#include "station/words.h"

namespace station {

namespace {

constexpr Word<Verdict> verdicts[] = {
    {Verdict::Pass, "pass"},
    {Verdict::Fail, "fail"},
    {Verdict::Error, "error"},
    {Verdict::Timeout, "timeout"},
    {Verdict::Aborted, "aborted"},
};
constexpr Word<Outcome> outcomes[] = {
    {Outcome::Pass, "pass"},
    {Outcome::Fail, "fail"},
    {Outcome::Warn, "warn"},
    {Outcome::Record, "record"},
    {Outcome::Skip, "skip"},
};
constexpr Word<Purpose> purposes[] = {
    {Purpose::Production, "production"},
    {Purpose::Rework, "rework"},
    {Purpose::Golden, "golden"},
    {Purpose::Engineering, "engineering"},
    {Purpose::Packout, "packout"},
    {Purpose::Training, "training"},
};

} // namespace

bool claimsKey(Purpose purpose)
{
    return purpose == Purpose::Production || purpose == Purpose::Rework
        || purpose == Purpose::Training;
}

QString word(Verdict verdict)
{
    return wordIn<Verdict>(verdicts, verdict);
}

QString word(Outcome outcome)
{
    return wordIn<Outcome>(outcomes, outcome);
}

QString word(Purpose purpose)
{
    return wordIn<Purpose>(purposes, purpose);
}

std::optional<Verdict> verdictOf(QStringView word)
{
    return valueIn<Verdict>(verdicts, word);
}

std::optional<Outcome> outcomeOf(QStringView word)
{
    return valueIn<Outcome>(outcomes, word);
}

std::optional<Purpose> purposeOf(QStringView word)
{
    return valueIn<Purpose>(purposes, word);
}

} // namespace station
