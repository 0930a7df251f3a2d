// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/examination.h"
#include "station/leaverule.h"
#include "station/subject.h"
#include "tpm/random.h"
#include "tpm/session.h"

#include <QVariantMap>
#include <memory>
#include <span>

namespace station {

class TomlTable;

/// What a check says of a device that it could examine.
struct Judgement {
    /// Said: neither good nor bad, recorded whatever the severity. Skipped: it was not looked at.
    enum class Ruling { Good, Bad, Said, Skipped };

    Ruling ruling = Ruling::Good;
    QString measured;
    QString limit;
    QString advice; ///< a code, of one that is Bad

    static Judgement good(const QString &measured, const QString &limit)
    {
        return {Ruling::Good, measured, limit, {}};
    }
    static Judgement bad(const QString &measured, const QString &limit, const QString &advice)
    {
        return {Ruling::Bad, measured, limit, advice};
    }
    static Judgement said(const QString &measured) { return {Ruling::Said, measured, {}, {}}; }
    static Judgement skipped(const QString &why) { return {Ruling::Skipped, why, {}, {}}; }
    static Judgement of(
        bool isGood, const QString &measured, const QString &limit, const QString &advice)
    {
        return isGood ? good(measured, limit) : bad(measured, limit, advice);
    }

    bool operator==(const Judgement &) const = default;
};

/// What a check may look at. Checks run one after the other on the examination's thread.
struct Context {
    tpm::Session &session;
    const Subject &subject;
    Examination &examination; ///< so far; a check adds what it has read
    const tpm::Random &random;
    const std::shared_ptr<tpm::Stop> &stop;
    const LeaveRule &leave; ///< the plan's
    QVariantMap limits = {}; ///< the running check's own keys, as its `limits` left them
    std::optional<QList<quint32>> persistent = {}; ///< see persistentHandles()
    std::optional<tpm::State> state = {}; ///< see stateOf()
    std::optional<tpm::Object> storage = {}; ///< see storageKey()
    /// What stands at 0x81010001, where the plan lets it give way to the key that is examined.
    std::optional<tpm::EndorsementKey> outgoing = {};
    std::optional<Trouble> trouble =
        {}; ///< set by a check that the station itself keeps from working
};

// What more than one check wants to know of the TPM is asked for once.
[[nodiscard]] tpm::Result<QList<quint32>> persistentHandles(Context &context);
[[nodiscard]] tpm::Result<tpm::State> stateOf(Context &context);
/// The persisted storage root key, where the SDKs would take it, or a new one of this session.
[[nodiscard]] tpm::Result<tpm::Object> storageKey(Context &context);

/// One check: what a plan names in [[check]]. Each is a file in this folder.
struct Check {
    const char *name;
    const char *proves; ///< one sentence, for whoever writes a plan
    const char *source; ///< part and section of the TCG's or the DPS's text
    QStringList advices; ///< every code that its findings may carry
    /// Reads this check's own keys of its [[check]] table, complaining there; null: it has none.
    void (*limits)(TomlTable &table, QVariantMap &limits) = nullptr;
    /// Fault::Refused and Unsuitable become a bad finding; other faults end the examination.
    tpm::Result<Judgement> (*judge)(Context &context) = nullptr;
};

/// Every check, in the order in which they run.
[[nodiscard]] std::span<const Check *const> allChecks();

/// What the factory leaves in a TPM: such a step is no check of a plan but a part of its [leave],
/// writes to the TPM, and is done only where nothing has failed.
struct Step {
    const Check *check;
    bool LeaveRule::*wanted;
};

/// Every step, in the order in which they are done.
[[nodiscard]] std::span<const Step> allSteps();

} // namespace station
