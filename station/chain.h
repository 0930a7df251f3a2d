// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

namespace station {

/// One link of a station's chain. A null body was archived: its digest stays and still proves it.
struct Entry {
    QString stationId;
    qint64 seq = 0;
    QString kind; ///< exam, action, release, checkpoint, archive
    qint64 atUs = 0;
    qint64 monotonicUs = 0;
    QString clockState; ///< synced, unsynced, unknown
    QByteArray salt; ///< 16 bytes, so that nobody can guess a short body from its digest
    QByteArray body;
    QByteArray digest;
    QByteArray prev;
    QByteArray hash;
    qint64 archivedBy = 0; ///< the entry that says where the body is; not part of the chain

    bool operator==(const Entry &) const = default;
};

/// Where a chain ends. A chain without entries: 0 and 32 zero bytes, which the first entry's prev
/// repeats.
struct Head {
    qint64 seq = 0;
    QByteArray hash = QByteArray(32, '\0');

    bool operator==(const Head &) const = default;
};

[[nodiscard]] QByteArray digestOf(const Entry &entry);
[[nodiscard]] QByteArray hashOf(const QByteArray &prev, qint64 seq, const QByteArray &digest);

/// Makes digest, prev and hash of an entry that is to follow `head`, and gives it its seq.
[[nodiscard]] Entry sealed(Entry entry, const Head &head);

/// The first place where a chain contradicts itself.
struct Break {
    enum class What {
        Order, ///< an entry is missing, or one too many
        Digest, ///< salt, kind, time or body are not what was digested
        Link, ///< prev is not the hash before
        Hash, ///< the hash does not follow from prev, seq and digest
        Tail, ///< the chain does not end where the station's head says
        Lost, ///< the body is gone, and no archive has it
    };
    qint64 seq = 0;
    What what = What::Order;

    bool operator==(const Break &) const = default;
};

/// Walks one chain from its first entry, keeping only the hash before.
class Chain {
public:
    [[nodiscard]] std::optional<Break> add(const Entry &entry);
    [[nodiscard]] std::optional<Break> endsAt(const Head &head) const;
    [[nodiscard]] const Head &head() const { return m_head; }

private:
    Head m_head;
};

} // namespace station
