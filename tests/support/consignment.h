// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/store.h"

namespace support {

class StandIn;

/// A station with devices to hand over: real endorsement keys of template L-1, real records, a
/// ledger, a signer. Made without TPMs, so that a thousand take a moment.
class Consignment {
public:
    /// A ledger in the folder, or the one that `url` names.
    explicit Consignment(QString folder, station::Purpose purpose = station::Purpose::Production,
        const QString &url = {});

    /// An L-1 key (TPM2B_PUBLIC) that differs by its number; the same number, the same key.
    [[nodiscard]] static QByteArray keyOf(int number);
    /// A device that passed, ready to be recorded.
    [[nodiscard]] station::Proposal passed(int number) const;
    /// Records devices `first` to `last`; ORDER-1 and ACME unless told otherwise.
    void record(int first, int last, const QString &order = QStringLiteral("ORDER-1"),
        const QString &customer = QStringLiteral("ACME"));
    void record(const station::Proposal &proposal);

    [[nodiscard]] const station::LedgerPlace &place() const { return m_place; }
    [[nodiscard]] QString ledgerUrl() const;
    [[nodiscard]] QString path(const QString &name) const { return m_folder + u'/' + name; }

    /// Its SQLite ledger as the version before this one left it: what the newest migration made
    /// goes.
    void makeOlder() const;

    /// station.toml of a station with this ledger; it delivers to the service, if there is one.
    void writeStation(const QByteArray &id, const StandIn *service) const;
    /// From now on it asks who works there.
    void askWhoWorks() const;

    /// A P-256 key NAME.key (mode 0600) and its certificate NAME.pem.
    void makeSigner(const QString &name) const;
    /// --key and --certificate of one.
    [[nodiscard]] QStringList signer(const QString &name) const;

private:
    [[nodiscard]] std::unique_ptr<station::Store> open() const;

    QString m_folder;
    station::LedgerPlace m_place;
};

} // namespace support
