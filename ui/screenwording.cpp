// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/screenwording.h"

#include "ui/wording.h"

#include <QCoreApplication>

namespace ui::wording {

using namespace Qt::StringLiterals;
using station::Verdict;

namespace {

QString tr(const char *text, qsizetype count = -1)
{
    return QCoreApplication::translate("wording", text, nullptr, static_cast<int>(count));
}

} // namespace

QString state(SlotState state)
{
    switch (state) {
    case SlotState::Empty:
        return tr("EMPTY");
    case SlotState::Ready:
        return tr("READY");
    case SlotState::Waiting:
        return tr("WAITING");
    case SlotState::Running:
        return tr("TESTING");
    case SlotState::Stopping:
        return tr("STOPPING");
    case SlotState::Pass:
        return verdict(Verdict::Pass);
    case SlotState::Fail:
        return verdict(Verdict::Fail);
    case SlotState::Error:
        return verdict(Verdict::Error);
    case SlotState::Timeout:
        return verdict(Verdict::Timeout);
    case SlotState::Aborted:
        return verdict(Verdict::Aborted);
    }
    return {};
}

QString step(const SlotView &view)
{
    if (view.step == 0)
        return view.check == u"boot" ? tr("starting the unit") : tr("connecting");
    return tr("step %1 of %2: %3").arg(view.step).arg(view.steps).arg(check(view.check));
}

QString attempt(const SlotView &view)
{
    if (view.attempt < 2)
        return {};
    return view.attempts > 0 ? tr("attempt %1 of %2").arg(view.attempt).arg(view.attempts)
                             : tr("attempt %1").arg(view.attempt);
}

QString next(SlotState state, bool isHeld)
{
    switch (state) {
    case SlotState::Empty:
        return tr("Connect a device");
    case SlotState::Ready:
        return tr("Scan its serial");
    case SlotState::Waiting:
    case SlotState::Running:
        return tr("Leave it connected");
    case SlotState::Stopping:
        return tr("Making safe, leave it connected");
    case SlotState::Pass:
        return isHeld ? tr("Remove it: it waits for its release") : tr("Remove and pack it");
    case SlotState::Fail:
        return tr("Set the device aside");
    case SlotState::Error:
        return tr("It is the station, not the device: see to it, then scan again");
    case SlotState::Timeout:
        return tr("Power the device off and on, then scan it again");
    case SlotState::Aborted:
        return tr("Scan it again");
    }
    return {};
}

QString found(const station::Examination &examination)
{
    if (examination.trouble && examination.verdict != Verdict::Timeout)
        return trouble({examination.trouble->code, {}});
    for (const auto &finding : examination.findings)
        if (finding.outcome == station::Outcome::Fail)
            return finding.check == u"uniqueness"
                ? tr("Key already recorded: %1").arg(finding.measured.section(u',', 0, 0))
                : tr("Failed: %1").arg(check(finding.check));
    return examination.verdict == Verdict::Pass ? tr("Proven and recorded") : QString();
}

QString tried(const station::Finding &finding)
{
    switch (finding.outcome) {
    case station::Outcome::Pass:
        return tr("Proven and recorded, and it can provision itself");
    case station::Outcome::Fail:
        return tr("Not so: %1").arg(check(finding.check));
    default:
        return tr("Proven and recorded, but not tried: %1").arg(finding.measured);
    }
}

QString next(const station::Examination &examination, bool isHeld)
{
    for (const auto &finding : examination.findings)
        if (finding.outcome == station::Outcome::Fail)
            if (const QString said = advice(finding.advice); !said.isEmpty())
                return said;
    return next(slotStateOf(examination.verdict), isHeld);
}

QString fault(const station::Error &error)
{
    switch (error.fault) {
    case station::Fault::Syntax:
        return tr("The settings say something that makes no sense");
    case station::Fault::Missing:
        return tr("Something that the station needs is not there");
    case station::Fault::Ledger:
        return tr("The records cannot be opened or written");
    case station::Fault::LedgerNewer:
        return tr("The records were made by a newer version of ekstation; install that one");
    case station::Fault::LedgerBusy:
        return tr("This station runs already");
    case station::Fault::Full:
        return tr("The disk is full; make room, then start again");
    case station::Fault::Damaged:
        return tr("The records contradict themselves; call QA before anything is tested");
    case station::Fault::Purpose:
        return tr("Production and training do not mix");
    case station::Fault::Refused:
        return tr("Refused");
    case station::Fault::Clock:
        return tr("The station's clock cannot be trusted");
    case station::Fault::Down:
        return tr("The factory's system does not answer");
    }
    return {};
}

QString sheetTitle(const QString &station)
{
    return tr("Commands of station %1: scan one as you scan a serial").arg(station);
}

QString interrupted(const QStringList &serials)
{
    return tr("The station was interrupted while it tested %1. Test again.")
        .arg(serials.join(tr(", ")));
}

QString resumed(qsizetype serials)
{
    return tr("%n serial(s) waited when the station ended; they wait again.", serials);
}

QString saved(const QString &file)
{
    return tr("Saved in %1. Language, look and sounds hold at once, the rest from the next start.")
        .arg(file);
}

QString notSaved(const QString &why)
{
    return tr("Not saved, everything is as it was: %1").arg(why);
}

QString trying()
{
    return tr("Trying…");
}

QString exported(qsizetype devices, const QString &file)
{
    return tr("%n device(s) written to %1.", devices).arg(file);
}

QString serviceAnswers()
{
    return tr("The service answers and accepts the credential.");
}

QString enrollment(bool isEnabled)
{
    return isEnabled ? tr("enabled") : tr("disabled");
}

QString registration(const QString &status)
{
    if (status.isEmpty())
        return tr("not yet");
    if (status == u"assigned")
        return tr("assigned");
    if (status == u"assigning" || status == u"unassigned")
        return tr("under way");
    return status == u"disabled" ? tr("refused: disabled") : tr("failed");
}

QString service(qsizetype enrollments, int registered, bool isMore)
{
    const QString all =
        tr("%n enrollment(s)", enrollments) + tr(", ") + tr("%n device(s) registered", registered);
    return isMore ? all + tr("; there are more than these") : all;
}

QString serviceAway(const QString &detail)
{
    return tr("The service does not answer; this is what it held last. (%1)").arg(detail);
}

QString recordsMark(const QString &trouble)
{
    return trouble.isEmpty() ? tr("Records: saved") : tr("Records: NOT saved");
}

QString cloudMark(const station::DeliveryCounts &counts, bool isOffline, bool needsPerson)
{
    const qint64 waiting = counts.pending + counts.sent;
    const qint64 refused = counts.rejected + counts.conflict;
    if (needsPerson)
        return tr("Cloud: refuses this station, %1 waiting").arg(waiting);
    if (isOffline)
        return tr("Cloud: offline, %1 waiting").arg(waiting);
    if (refused > 0)
        return tr("Cloud: %1 refused, %2 waiting").arg(refused).arg(waiting);
    return waiting > 0 ? tr("Cloud: %1 waiting").arg(waiting) : tr("Cloud: all delivered");
}

QString factoryMark(bool needsPerson)
{
    return needsPerson ? tr("Factory: refuses") : tr("Factory: waiting");
}

} // namespace ui::wording
