// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/store.h"

#include "station/hex.h"

#include <QJsonDocument>

namespace station {

using namespace Qt::StringLiterals;

namespace {

const QString receiptAction = u"receipt-import"_s;

/// What the chain keeps: which receipt, and every rejection with its reason.
QByteArray bodyOf(const SignedReceipt &received)
{
    QJsonArray rejected;
    for (const ReceiptRow &row : received.receipt.rows)
        if (!row.confirmed)
            rejected.append(QJsonObject{{u"registrationId"_s, row.registrationId},
                {u"ekSha256"_s, row.ekSha256}, {u"reason"_s, row.reason}});
    return QJsonDocument(
        QJsonObject{{u"action"_s, receiptAction}, {u"sha256"_s, hex(received.sha256)},
            {u"signer"_s, received.signer}, {u"bundle"_s, received.receipt.bundle},
            {u"made"_s, received.receipt.made}, {u"rows"_s, received.receipt.rows.size()},
            {u"rejected"_s, rejected}})
        .toJson(QJsonDocument::Compact);
}

std::unexpected<Error> refused(const QString &why)
{
    return std::unexpected(Error{Fault::Refused, why});
}

} // namespace

Result<Receipted> Store::takeIn(const SignedReceipt &received)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    if (received.receipt.purpose != m_place.purpose)
        return std::unexpected(Error{Fault::Purpose,
            u"a receipt for %1 and a ledger for %2"_s.arg(
                word(received.receipt.purpose), word(m_place.purpose))});
    return m_database->transact([&]() -> Result<Receipted> {
        if (auto locked = lockHead(); !locked)
            return std::unexpected(locked.error());
        if (auto fresh = checkFresh(received); !fresh)
            return std::unexpected(fresh.error());
        const auto entry = append(u"action"_s, bodyOf(received));
        if (!entry)
            return std::unexpected(entry.error());
        Receipted receipted{.seq = entry->seq};
        for (const ReceiptRow &row : received.receipt.rows)
            if (auto applied = apply(row, receipted); !applied)
                return std::unexpected(applied.error());
        return receipted;
    });
}

/// Refuses what was imported before, and what is older than that.
Result<void> Store::checkFresh(const SignedReceipt &received)
{
    // Few entries are actions, whatever the length of the chain.
    const auto rows = m_database->select(
        u"SELECT seq, body FROM entry WHERE kind = 'action' AND body IS NOT NULL"_s);
    if (!rows)
        return std::unexpected(rows.error());
    for (const QVariantList &row : std::as_const(*rows)) {
        const QByteArray bytes = row.last().toByteArray();
        if (!bytes.contains(receiptAction.toUtf8()))
            continue;
        const QJsonObject body = QJsonDocument::fromJson(bytes).object();
        if (body[u"action"].toString() != receiptAction)
            continue;
        if (body[u"sha256"].toString() == hex(received.sha256))
            return refused(
                u"this receipt was imported before, as entry %1"_s.arg(row.first().toLongLong()));
        if (body[u"bundle"].toString() == received.receipt.bundle
            && body[u"made"].toString() >= received.receipt.made)
            return refused(
                u"a newer receipt for the same bundle was imported before, as entry %1"_s.arg(
                    row.first().toLongLong()));
    }
    return {};
}

Result<void> Store::apply(const ReceiptRow &row, Receipted &receipted)
{
    const auto there = m_database->select(
        u"SELECT d.id, d.state FROM binding b JOIN delivery d ON d.destination = b.service "
        "AND d.key = b.registration_key AND d.kind = 'enroll' WHERE b.state = 'active' "
        "AND b.ek_sha256 = ? AND b.registration_key = ? ORDER BY d.id DESC LIMIT 1"_s,
        {row.ekSha256, row.registrationId.toLower()});
    if (!there)
        return std::unexpected(there.error());
    if (there->isEmpty())
        return refused(
            u"the receipt speaks of %1, which this ledger has not handed over; nothing of it was taken"_s
                .arg(row.registrationId));
    const auto state = deliveryStateOf(there->first().last().toString());
    using enum DeliveryState;
    const DeliveryState wanted = row.confirmed ? Confirmed : Rejected;
    if (state == wanted) {
        ++receipted.known;
        return {};
    }
    const auto changed = m_database->change(
        u"UPDATE delivery SET state = ?, service_code = 0, service_text = ?, lease_owner = '', "
        "lease_until_us = 0 WHERE id = ? AND state IN ('held', 'pending', 'sent', 'acknowledged')"_s,
        {word(wanted), row.reason, there->first().first()});
    if (!changed)
        return std::unexpected(changed.error());
    if (*changed == 0)
        receipted.contradictions.append(row.registrationId);
    else
        ++(row.confirmed ? receipted.confirmed : receipted.rejected);
    return {};
}

} // namespace station
