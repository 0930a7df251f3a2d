// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/cue.h"
#include "station/delivery.h"
#include "station/error.h"
#include "ui/slotview.h"

/// The words of the window: what ui/wording says of values, and what an operator does next.
namespace ui::wording {

QString state(SlotState state); ///< the word on a slot's tile
QString step(const SlotView &view); ///< "step 2 of 5: the TPM is a chip"
QString left(const SlotView &view); ///< "about 3 s left"; empty: nobody knows
QString attempt(const SlotView &view); ///< "attempt 2 of 3"; empty for the first
QString next(
    SlotState state, bool isHeld = false); ///< what an operator does at a slot in this state
QString found(const station::Examination &examination); ///< what was found, without the advice
QString tried(const station::Finding &finding); ///< of a proven device that was tried
QString next(
    const station::Examination &examination, bool isHeld = false); ///< what an operator does now

QString fault(const station::Error &error); ///< what kind of trouble, in plain words
QString cue(const station::Cue &cue); ///< what a scanned command does, as a title
QString cueUnknown(); ///< a scan that begins as a command
QString cueIdle(bool isDone); ///< a slot was to stop where nothing is tested, or to go on unasked
QString sheetTitle(const QString &station);
QString tooLong(qsizetype characters, int most); ///< of a scan
QString unprintable(); ///< of a scan with control characters
QString mixed(); ///< of two scans that came at once
QString spliced(); ///< of a scan that came after a part of another one
QString passedBefore(qint64 seq); ///< a scan of a proven device
QString interrupted(const QStringList &serials);
QString resumed(qsizetype serials);

QString refused(const station::Error &error); ///< why a scan is not tested
QString held(); ///< of a scan while the line is held
QString notASerial();
QString goldenOwed(const QList<QStringList> &owed); ///< what a locked slot has to read first
QString goldenRead(bool isExpected); ///< what an operator does after a golden device was read
QString noIntroduction(const QString &slot, const QString &why);
QString waitsForDevice();
QString asked(const QString &slot, const QString &prompt);
QString underTest();
QString saved(const QString &file);
QString notSaved(const QString &why);
QString trying();
QString exported(qsizetype devices, const QString &file);
QString serviceAnswers();

QString enrollment(bool isEnabled);
QString registration(const QString &status); ///< the protocol's word; empty: none yet
QString service(qsizetype enrollments, int registered, bool isMore);
QString serviceAway(const QString &detail);

QString recordsMark(const QString &trouble); ///< health of the ledger; empty: nothing is wrong
/// Health of the service: what waits, and whether it can be reached.
QString cloudMark(const station::DeliveryCounts &counts, bool isOffline, bool needsPerson);
/// In place of recordsMark(): all is saved, and the second copy is behind.
QString replicaMark(qint64 entries);
/// In place of recordsMark(): all is saved, and the factory's system is not told of all yet.
QString factoryMark(bool needsPerson);

} // namespace ui::wording
