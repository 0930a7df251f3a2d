// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/probe.h"

#include "tpm/session.h"

namespace station {

namespace {

constexpr std::chrono::milliseconds patience{2000};
constexpr quint32 firstEndorsementHandle = 0x81010000;

Presence presenceAt(const tpm::Error &error)
{
    switch (error.fault) {
    case tpm::Fault::Target:
    case tpm::Fault::Link:
        return Presence::Absent;
    case tpm::Fault::Busy:
    case tpm::Fault::Cancelled:
        return Presence::Unknown;
    default:
        return Presence::Present; // it answers badly, or it is silent: it is there
    }
}

} // namespace

Presence probe(const QString &target, const std::shared_ptr<tpm::Stop> &stop)
{
    const auto parsed = tpm::parseTarget(target);
    if (!parsed)
        return Presence::Absent;
    const tpm::Budget budget{.command = patience, .creation = patience, .examination = patience};
    const auto session = tpm::Session::open(*parsed, budget, stop);
    if (!session)
        return presenceAt(session.error());
    // Handles, because even a TPM that was not started refuses this without a change of its state.
    const auto answered = (*session)->handles(firstEndorsementHandle, firstEndorsementHandle);
    return answered ? Presence::Present : presenceAt(answered.error());
}

} // namespace station
