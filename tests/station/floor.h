// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/line.h"

#include <QTest>

/// What the line's tests share: a line without bench and ledger, and all that it says.
namespace onfloor {

using namespace Qt::StringLiterals;
using namespace station;
using State = Line::State;

inline Plan planOf()
{
    Plan plan;
    plan.name = u"mine"_s;
    plan.version = u"1"_s;
    plan.sha256 = u"ab"_s;
    plan.serialPattern = QRegularExpression(u"\\A(?:[A-Z0-9-]{1,8})\\z"_s);
    plan.enroll.when = Moment::Lot;
    return plan;
}

inline Result<std::optional<Payload>> payload(
    const Plan &, const Device &device, const tpm::EndorsementKey &)
{
    if (device.serial == u"NO-FILL")
        return std::unexpected(Error{Fault::Syntax, u"cannot be filled in"_s});
    return Payload{u"main"_s, device.serial.toLower(), "body"};
}

inline Examination passed()
{
    Examination examination;
    examination.target = u"a"_s;
    examination.verdict = Verdict::Pass;
    examination.key = tpm::EndorsementKey();
    return examination;
}

/// A line of slots "1" … with targets "t1" …, and everything it said, in order.
struct Floor {
    explicit Floor(int places = 2, const GoldenGate &golden = {}, const QString &prompt = {})
        : line(
              [places, prompt] {
                  QList<Slot> all;
                  for (int i = 1; i <= places; ++i)
                      all.append({.name = QString::number(i),
                          .target = u"t%1"_s.arg(i),
                          .prompt = i == 1 ? prompt : QString()});
                  return all;
              }(),
              planOf(), payload, golden)
    {
        const auto note = [this](const QString &text) { heard.append(text); };
        QObject::connect(&line, &Line::admissionAsked, &line,
            [note](const QString &serial) { note(u"admit "_s + serial); });
        QObject::connect(&line, &Line::examinationAsked, &line,
            [note](int slot, const QString &serial, const QString &target) {
                note(u"examine %1 %2 %3"_s.arg(slot).arg(serial, target));
            });
        QObject::connect(
            &line, &Line::recordAsked, &line, [this, note](int slot, const Proposal &proposal) {
                proposed[slot] = proposal;
                note(u"record %1 %2"_s.arg(slot).arg(proposal.device.serial));
            });
        QObject::connect(&line, &Line::stopAsked, &line, [note] { note(u"stop"_s); });
        QObject::connect(
            &line, &Line::concluded, &line, [note](int slot, const Recorded &recorded) {
                note(u"conclude %1 %2 %3"_s.arg(slot).arg(
                    recorded.serial, word(recorded.examination.verdict)));
            });
        QObject::connect(
            &line, &Line::refused, &line, [note](const QString &serial, const Error &error) {
                note(u"refuse %1: %2"_s.arg(serial, error.detail));
            });
        QObject::connect(
            &line, &Line::halted, &line, [this, note](const Recorded &seen, const Error &error) {
                unrecorded = seen;
                note(u"halt %1: %2"_s.arg(seen.serial, error.detail));
            });
        QObject::connect(&line, &Line::becameIdle, &line, [note] { note(u"idle"_s); });
    }
    void admit(const QString &serial) { line.admitted(serial, Device{.serial = serial}); }
    void record(int slot, qint64 atUs = 0)
    {
        const Proposal proposal = proposed.take(slot);
        line.recorded(slot,
            Recorded{.serial = proposal.device.serial,
                .slot = proposal.slot,
                .examination = proposal.examination,
                .seq = 1,
                .atUs = atUs});
    }
    QStringList said() { return std::exchange(heard, {}); }

    Line line;
    QStringList heard;
    QMap<int, Proposal> proposed;
    Recorded unrecorded;
};

} // namespace onfloor
