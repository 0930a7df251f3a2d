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
    const QString stop = u"*EK:STOP:"_s;
    if (scan.startsWith(stop) && scan.endsWith(u'*') && scan.size() > stop.size() + 1)
        return Cue{Cue::Kind::Stop, scan.mid(stop.size()).chopped(1)};
    return Cue{};
}

QString textOf(const Cue &cue)
{
    if (cue.kind == Cue::Kind::GoOn)
        return u"*EK:GO*"_s;
    if (cue.kind == Cue::Kind::Release)
        return u"*EK:RELEASE*"_s;
    return cue.slot.isEmpty() ? u"*EK:STOP*"_s : u"*EK:STOP:%1*"_s.arg(cue.slot);
}

} // namespace station
