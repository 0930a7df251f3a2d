// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/training.h"
#include "station/ledgerreader.h"
#include "tests/support/program.h"
#include "upload/client.h"

namespace support {

/// A training station with simulated devices and a service, ready for ekstation-cli run.
class LinePlace {
public:
    LinePlace(int devices, const QString &folder);

    [[nodiscard]] const app::Training &training() const { return *m_training; }
    [[nodiscard]] QString station() const { return m_folder + QStringLiteral("/station.toml"); }
    [[nodiscard]] QString path(const QString &name) const { return m_folder + u'/' + name; }
    [[nodiscard]] pid_t pidOf(int device) const { return m_training->simulator().pidOf(device); }

    /// Replaces text in a file of this place; the text must be there.
    void edit(const QString &file, const QString &before, const QString &after) const;
    void write(const QString &file, const QByteArray &text) const;
    /// A copy of the shipped training plan, which the station then uses.
    void usePlan(const QString &before, const QString &after) const;

    /// Slots beyond the devices' own, for serials that bring their target.
    void addSlots(int count) const;
    /// Enrolls elsewhere from now on.
    void useService(const QUrl &url, const QString &caFile) const;

    /// ekstation-cli run --station --serials … --json, to its end.
    [[nodiscard]] Ran run(const QStringList &serials, const QStringList &more = {},
        const QByteArray &input = {}) const;

    [[nodiscard]] QStringList runArguments(
        const QStringList &serials, const QStringList &more = {}) const;

    /// The ledger as it stands; it must be there.
    [[nodiscard]] station::LedgerReader ledger() const;

    /// The arguments of a command about this station: its name, --station, and what follows.
    [[nodiscard]] QStringList command(const QString &words, const QStringList &more = {}) const;

    /// What the service holds now, by registrationId.
    [[nodiscard]] QMap<QString, upload::Enrollment> enrollments() const;
    /// EK (base64) by registrationId.
    [[nodiscard]] QMap<QString, QByteArray> enrolled() const;

private:
    QString m_folder;
    std::unique_ptr<app::Training> m_training;
};

/// TPMs as they leave their maker: no EK persisted, no certificate. Cheaper than a LinePlace's by a
/// second each.
[[nodiscard]] station::Simulator blankDevices(int count, const QString &folder);

/// The persisted EK as tpm2-tools read it: a TPM2B_PUBLIC.
[[nodiscard]] QByteArray readPublic(const QString &target);

} // namespace support
