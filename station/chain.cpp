// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/chain.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace station {

namespace {

// The closing zero is part of both words: no other message can begin with the same bytes.
constexpr QByteArrayView EntryWord("ekstation-entry-1\0", 18);
constexpr QByteArrayView ChainWord("ekstation-chain-1\0", 18);

template <typename Number> void addBigEndian(QCryptographicHash &hash, Number number)
{
    const Number swapped = qToBigEndian(number);
    hash.addData(QByteArrayView(reinterpret_cast<const char *>(&swapped), sizeof swapped));
}

} // namespace

QByteArray digestOf(const Entry &entry)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(EntryWord);
    hash.addData(entry.salt);
    hash.addData(entry.kind.toUtf8());
    hash.addData(QByteArrayView("\0", 1));
    addBigEndian(hash, entry.atUs);
    addBigEndian(hash, quint32(entry.body.size()));
    hash.addData(entry.body);
    return hash.result();
}

QByteArray hashOf(const QByteArray &prev, qint64 seq, const QByteArray &digest)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(ChainWord);
    hash.addData(prev);
    addBigEndian(hash, quint64(seq));
    hash.addData(digest);
    return hash.result();
}

Entry sealed(Entry entry, const Head &head)
{
    entry.seq = head.seq + 1;
    entry.prev = head.hash;
    entry.digest = digestOf(entry);
    entry.hash = hashOf(entry.prev, entry.seq, entry.digest);
    return entry;
}

std::optional<Break> Chain::add(const Entry &entry)
{
    const qint64 expected = m_head.seq + 1;
    if (entry.seq != expected)
        return Break{expected, Break::What::Order};
    // An archived body cannot be digested again; its digest still hangs in the chain.
    if (!entry.body.isNull() && entry.digest != digestOf(entry))
        return Break{expected, Break::What::Digest};
    if (entry.prev != m_head.hash)
        return Break{expected, Break::What::Link};
    if (entry.hash != hashOf(entry.prev, entry.seq, entry.digest))
        return Break{expected, Break::What::Hash};
    m_head = {entry.seq, entry.hash};
    return std::nullopt;
}

std::optional<Break> Chain::endsAt(const Head &head) const
{
    if (m_head == head)
        return std::nullopt;
    return Break{std::max(m_head.seq, head.seq), Break::What::Tail};
}

} // namespace station
