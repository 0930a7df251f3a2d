// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a comparison with the service's list has shown to be wrong goes right by the outbox.
#include "station/expected.h"
#include "station/ornull.h"
#include "station/store.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

namespace {

QByteArray bodyOf(const Repair &repair, const QString &serial)
{
    return QJsonDocument(QJsonObject{{u"action"_s, u"reconcile"_s}, {u"repair"_s, repair.why},
                             {u"service"_s, repair.service}, {u"registrationId"_s, repair.key},
                             {u"serial"_s, orNull(serial)}})
        .toJson(QJsonDocument::Compact);
}

/// The words for the service, in their order.
QList<std::pair<DeliveryKind, QByteArray>> wordsOf(const Repair &repair, const Expected &expected)
{
    using enum DeliveryKind;
    using Kind = Repair::Kind;
    switch (repair.kind) {
    case Kind::Enable:
        return {{Enable, expected.payload}};
    case Kind::Disable:
        return {{Disable, expected.payload}};
    case Kind::Remove:
        return {{Delete, repair.found}};
    case Kind::Create:
    case Kind::Replace:
        break;
    }
    QList<std::pair<DeliveryKind, QByteArray>> words{{Enroll, expected.payload}};
    if (repair.kind == Kind::Replace)
        words.prepend({Delete, repair.found});
    if (expected.enabled)
        words.append({*expected.enabled ? Enable : Disable, expected.payload});
    return words;
}

} // namespace

Result<qint64> Store::repair(const Repair &repair)
{
    if (auto allowed = lineOnly(); !allowed)
        return std::unexpected(allowed.error());
    return m_database->transact([&] { return repairNow(repair); });
}

Result<qint64> Store::repairNow(const Repair &repair)
{
    // The lock first: what is expected now must still be when the words are queued.
    if (auto locked = lockHead(); !locked)
        return std::unexpected(locked.error());
    const auto expected = expectedOf(*m_database, repair.service, repair.key);
    if (!expected)
        return std::unexpected(expected.error());
    const auto refused = [](const QString &why) {
        return std::unexpected(Error{Fault::Refused, why});
    };
    if (*expected && (*expected)->isUnderWay)
        return refused(u"%1 is on its way to the service"_s.arg(repair.key));
    if (expected->has_value() == (repair.kind == Repair::Kind::Remove))
        return refused((*expected ? u"the ledger expects %1 at the service"_s
                                  : u"the ledger does not expect %1 at the service"_s)
                .arg(repair.key));
    const Expected wanted = expected->value_or(Expected{});
    const auto entry = append(u"action"_s, bodyOf(repair, wanted.serial));
    if (!entry)
        return std::unexpected(entry.error());
    for (const auto &[kind, body] : wordsOf(repair, wanted)) {
        const Payload payload{repair.service, repair.key, body};
        if (auto queued = queueDelivery(*entry, kind, payload, DeliveryState::Pending); !queued)
            return std::unexpected(queued.error());
    }
    return entry->seq;
}

} // namespace station
