// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/cue.h"

namespace station {

using namespace Qt::StringLiterals;

std::optional<Cue> cueOf(const QString &scan)
{
    if (!scan.startsWith(u"*EK:"))
        return std::nullopt;
    if (scan == textOf({Cue::Kind::GoOn, {}}))
        return Cue{Cue::Kind::GoOn, {}};
    if (scan == textOf({Cue::Kind::Stop, {}}))
        return Cue{Cue::Kind::Stop, {}};
    if (scan == textOf({Cue::Kind::Release, {}}))
        return Cue{Cue::Kind::Release, {}};
    for (const auto &[kind, begin] :
        {std::pair(Cue::Kind::Stop, u"*EK:STOP:"_s), std::pair(Cue::Kind::Done, u"*EK:DONE:"_s)})
        if (scan.startsWith(begin) && scan.endsWith(u'*') && scan.size() > begin.size() + 1)
            return Cue{kind, scan.mid(begin.size()).chopped(1)};
    return Cue{};
}

QString textOf(const Cue &cue)
{
    if (cue.kind == Cue::Kind::GoOn)
        return u"*EK:GO*"_s;
    if (cue.kind == Cue::Kind::Release)
        return u"*EK:RELEASE*"_s;
    if (cue.kind == Cue::Kind::Done)
        return u"*EK:DONE:%1*"_s.arg(cue.slot);
    return cue.slot.isEmpty() ? u"*EK:STOP*"_s : u"*EK:STOP:%1*"_s.arg(cue.slot);
}

} // namespace station
