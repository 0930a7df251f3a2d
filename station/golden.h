// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"

#include <QMap>
#include <QStringList>
#include <chrono>

namespace station {

/// Devices of which it is known how they must read, and how long a slot is trusted after it has
/// read them so.
struct GoldenRule {
    QStringList pass; ///< serials of known-good devices; one of them is enough
    QStringList fail; ///< serials of known-bad ones
    std::chrono::hours hours{12};

    bool operator==(const GoldenRule &) const = default;
};

/// Keeps a slot locked until it has read a known-good device as Pass and a known-bad one as Fail:
/// a slot that cannot tell them apart proves nothing. Open where the rule names no device.
class GoldenGate {
public:
    GoldenGate() = default;
    explicit GoldenGate(GoldenRule rule, Clock clock = systemClock)
        : m_rule(std::move(rule)), m_clock(std::move(clock))
    {
    }

    [[nodiscard]] const GoldenRule &rule() const { return m_rule; }
    [[nodiscard]] bool isGolden(const QString &serial) const;
    [[nodiscard]] bool isExpected(const QString &serial, Verdict verdict) const;
    /// A golden device was read; Error and Aborted say nothing of the slot.
    void read(const QString &slot, const QString &serial, Verdict verdict, qint64 atUs);
    /// What the slot still has to read, the known-good first: one list for each, of which one
    /// serial is enough. Empty: it is open.
    [[nodiscard]] QList<QStringList> owed(const QString &slot) const;

private:
    struct Reading {
        qint64 atUs = 0;
        bool isRight = false;
    };

    [[nodiscard]] bool holds(const QString &slot, const QStringList &serials) const;

    GoldenRule m_rule;
    Clock m_clock = systemClock;
    QMap<QString, QMap<QString, Reading>> m_readings; ///< slot → serial → the last
};

class LedgerReader;

/// The gate as this station's records leave it.
[[nodiscard]] Result<GoldenGate> goldenGate(
    LedgerReader &reader, const QString &stationId, const GoldenRule &rule);

} // namespace station
