// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/phrase.h"
#include "ui/screenwording.h"

// What is said of a scan.

namespace ui::wording {

using namespace Qt::StringLiterals;

QString cue(const station::Cue &cue)
{
    if (cue.kind == station::Cue::Kind::GoOn)
        return tr("Start all: testing goes on");
    if (cue.kind == station::Cue::Kind::Done)
        return tr("Done on slot %1").arg(cue.slot);
    if (cue.kind == station::Cue::Kind::Release)
        return tr("Release the lot of this line's order");
    return cue.slot.isEmpty() ? tr("Stop all tests") : tr("Stop slot %1").arg(cue.slot);
}

QString cueUnknown()
{
    return tr("This station does not know the command. Print a new sheet.");
}

QString cueIdle(bool isDone)
{
    if (isDone)
        return tr("Nothing is asked there.");
    return tr("Nothing is tested there.");
}

QString tooLong(qsizetype characters, int most)
{
    return tr("This scan has %1 characters, a serial has %2 at most. Scan the label of the device.")
        .arg(characters)
        .arg(most);
}

QString unprintable()
{
    return tr("This scan holds characters that are no text. Scan the label of the device.");
}

QString mixed()
{
    return tr("Two scans came at once. Scan both again, one after the other.");
}

QString spliced()
{
    return tr("A part of something else stood before this scan. Scan again.");
}

QString passedBefore(qint64 seq)
{
    return tr("Has passed already, see record %1. Nothing to do.").arg(seq);
}

QString refused(const station::Error &error)
{
    return error.fault == station::Fault::Refused ? tr("Not tested: %1").arg(error.detail)
                                                  : fault(error) + u": "_s + error.detail;
}

QString held()
{
    return tr("Testing is stopped. Press Go on, then scan again.");
}

QString notASerial()
{
    return tr("This is no serial of this line. Scan the label of the device.");
}

QString waitsForDevice()
{
    return tr("Waits for a device. Connect it.");
}

QString underTest()
{
    return tr("Is being tested.");
}

QString asked(const QString &slot, const QString &prompt)
{
    return tr("Slot %1 asks: %2").arg(slot, prompt);
}

QString noIntroduction(const QString &slot, const QString &why)
{
    return tr("The unit on slot %1 does not say its serial: scan it. (%2)").arg(slot, why);
}

} // namespace ui::wording
