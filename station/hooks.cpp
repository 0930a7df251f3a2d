// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/hooks.h"

#include "station/command.h"

#include <QElapsedTimer>

namespace station {

using namespace Qt::StringLiterals;

namespace {

Result<QByteArray> runHook(const Hook &hook, const Subject &subject, const tpm::Stop &stop)
{
    return run(hook.command, hook.deadline, stop,
        {{u"EKSTATION_SLOT"_s, subject.slot}, {u"EKSTATION_SERIAL"_s, subject.device.serial}});
}

QString limitOf(const Hook &hook)
{
    return u"%1 s"_s.arg(hook.deadline.count());
}

} // namespace

std::variant<std::monostate, Finding, Trouble> hooks::start(
    const Subject &subject, const tpm::Stop &stop)
{
    const Hook &hook = subject.hooks.before;
    if (hook.command.isEmpty())
        return {};
    QElapsedTimer timer;
    timer.start();
    const auto done = runHook(hook, subject, stop);
    if (done)
        return {};
    if (stop.requested())
        return Trouble{u"stopped"_s, u"before the unit had started"_s};
    if (timer.elapsed() >= std::chrono::milliseconds(hook.deadline).count())
        return Finding{u"boot"_s, Outcome::Fail, u"not ready after "_s + limitOf(hook),
            limitOf(hook), u"boot-late"_s, timer.elapsed()};
    return Trouble{u"before"_s, done.error().detail};
}

std::optional<Finding> hooks::rest(const Subject &subject, bool wasStopped)
{
    const bool isStop = wasStopped && !subject.hooks.stop.command.isEmpty();
    const Hook &hook = isStop ? subject.hooks.stop : subject.hooks.after;
    if (hook.command.isEmpty())
        return std::nullopt;
    QElapsedTimer timer;
    timer.start();
    const tpm::Stop nobody; // a unit is brought to rest above all when the line is stopped
    const auto done = runHook(hook, subject, nobody);
    if (done)
        return std::nullopt;
    return Finding{u"rest"_s, Outcome::Warn, done.error().detail, limitOf(hook), u"still-powered"_s,
        timer.elapsed()};
}

} // namespace station
