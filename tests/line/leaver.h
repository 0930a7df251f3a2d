// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"
#include "tests/line/verdicts.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/activation.h"
#include "tpm/handles.h"
#include "tpm/session.h"
#include "tpm/templates.h"

/// What the tests of plans that write to TPMs share: devices that somebody else was at before, and
/// a ledger that is asked first.
namespace leaver {

using namespace verdicts;
using support::Swtpm;

inline std::unique_ptr<tpm::Session> sessionAt(const Swtpm &tpm)
{
    auto session = tpm::Session::open(tpm.target(), {}, std::make_shared<tpm::Stop>());
    if (!session)
        qFatal("%s", qPrintable(session.error().detail));
    return std::move(*session);
}

template <typename T> T must(const tpm::Result<T> &result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().detail));
    return *result;
}

/// The TPM2B_PUBLIC at a handle; empty where nothing is.
inline QByteArray publicAt(const Swtpm &tpm, quint32 handle)
{
    const auto object = sessionAt(tpm)->readPublic(handle);
    return object ? object->publicArea : QByteArray();
}

/// A key that was created in this TPM, as somebody else would leave it.
inline void persist(
    const Swtpm &tpm, tpm::Hierarchy hierarchy, const QByteArray &area, quint32 handle)
{
    const auto session = sessionAt(tpm);
    must(session->persist(must(session->createPrimary(hierarchy, area)), handle));
}

inline void persistTheSdksKey(const Swtpm &tpm)
{
    persist(tpm, tpm::Hierarchy::Endorsement, tpm::templateArea(tpm::Template::SdkEmptyUnique),
        tpm::endorsementHandle);
}

/// The identity key of a registration, as a service sends it and the SDKs keep it.
inline void registerWithDps(const Swtpm &tpm)
{
    const auto session = sessionAt(tpm);
    const auto key = must(tpm::createEndorsementKey(*session, tpm::Template::TcgL1));
    const auto storage = must(session->createPrimary(tpm::Hierarchy::Owner, tpm::storageArea()));
    const auto blob = must(tpm::makeActivation(
        key.publicArea, storage.publicArea, QByteArray(32, 'k'), tpm::secureRandom));
    const auto identity =
        must(tpm::activate(*session, {key.reference, 0, key.publicArea}, storage, blob));
    must(session->persist(identity, tpm::identityHandle));
}

inline void tool(const Swtpm &tpm, const QString &name, const QStringList &arguments)
{
    if (const auto ran = tpm.tool(name, arguments); ran.exit != 0)
        qFatal("%s", ran.said().constData());
}

/// The shipped training plan with another [leave].
inline Plan planWith(const std::function<void(LeaveRule &)> &change)
{
    Plan plan = planOf(u"training"_s);
    change(plan.leave);
    return plan;
}

/// What swtpm_setup persists besides: another EK.
inline constexpr quint32 makersSecondKey = 0x81010016;

inline void allowClear(LeaveRule &rule)
{
    rule.clear = true;
    rule.allow = {makersSecondKey};
}

/// A line's ledger, and devices that are examined for it.
class Factory {
public:
    explicit Factory(const QString &folder)
        : m_place{.url = u"sqlite:ledger.db"_s,
              .folder = folder,
              .stationId = u"line1-a"_s,
              .purpose = Purpose::Training}
    {
        auto ledger = Ledger::open(m_place);
        if (!ledger)
            qFatal("%s", qPrintable(ledger.error().detail));
        m_ledger = std::move(*ledger);
    }

    [[nodiscard]] Ledger &ledger() const { return *m_ledger; }
    [[nodiscard]] const LedgerPlace &place() const { return m_place; }
    [[nodiscard]] Examination examined(const QString &target, const Plan &plan) const
    {
        return examine(
            {.target = target,
                .slot = u"1"_s,
                .device = {.serial = u"UNIT-1"_s},
                .intend = [this](const Intent &intent) { return m_ledger->intend(intent); }},
            plan, std::make_shared<tpm::Stop>());
    }
    /// The bodies of all entries of kind action.
    [[nodiscard]] QList<QJsonObject> actions() const
    {
        QList<QJsonObject> bodies;
        auto reader = LedgerReader::open(m_place);
        const auto report = reader->verifyChain(m_place.stationId);
        for (qint64 seq = 1; report && seq <= report->entries; ++seq)
            if (const auto stored = reader->entry({m_place.stationId, seq});
                stored->entry.kind == u"action")
                bodies.append(QJsonDocument::fromJson(stored->entry.body).object());
        return bodies;
    }

private:
    LedgerPlace m_place;
    std::unique_ptr<Ledger> m_ledger;
};

} // namespace leaver
