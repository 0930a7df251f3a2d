// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reconciler.h"

#include <QJsonDocument>

namespace app {

using namespace Qt::StringLiterals;
using station::Expected;
using station::Repair;
using upload::Deviation;
using upload::Discrepancy;
using upload::Enrollment;

namespace {

constexpr int keysAtATime = 500;

upload::Expectation expectationOf(const Expected &expected)
{
    // A payload that cannot be read has no key, so that it never agrees.
    Enrollment wanted = upload::parseEnrollment(expected.payload)
                            .value_or(Enrollment{.registrationId = expected.key});
    wanted.enabled = expected.enabled.value_or(wanted.enabled);
    return {expected.serial, wanted, expected.isUnderWay};
}

Repair::Kind repairOf(Deviation deviation)
{
    switch (deviation) {
    case Deviation::Missing:
        break;
    case Deviation::Extra:
        return Repair::Kind::Remove;
    case Deviation::OtherKey:
    case Deviation::OtherDevice:
        return Repair::Kind::Replace;
    case Deviation::Disabled:
        return Repair::Kind::Enable;
    case Deviation::Enabled:
        return Repair::Kind::Disable;
    }
    return Repair::Kind::Create;
}

/// What is deleted is named by its own bytes, so that it stays if it is another's by then.
bool needsALook(Deviation deviation)
{
    const auto kind = repairOf(deviation);
    return kind == Repair::Kind::Remove || kind == Repair::Kind::Replace;
}

} // namespace

Reconciler::Reconciler(const Parts &parts, ReconcileWish wish, Tell tell)
    : m_parts(parts), m_wish(std::move(wish)), m_tell(std::move(tell)),
      m_listing(parts.client, parts.perMinute,
          [&lists = parts.lists](const QList<Enrollment> &page) { return lists.addFound(page); })
{
    connect(&m_listing, &upload::Listing::ended, this, &Reconciler::listed);
}

void Reconciler::start()
{
    m_fault = addExpected();
    if (!m_fault.isEmpty()) {
        QMetaObject::invokeMethod(this, [this] { Q_EMIT ended(m_fault); }, Qt::QueuedConnection);
        return;
    }
    m_listing.start();
}

QString Reconciler::addExpected()
{
    station::ExpectedPage page;
    do {
        const auto next = m_parts.reader.expectedAfter(m_wish.service, page.last, keysAtATime);
        if (!next)
            return next.error().detail;
        page = *next;
        QList<upload::Expectation> expectations;
        for (const Expected &expected : std::as_const(page.expected))
            if ((m_wish.customer.isEmpty() || expected.customer == m_wish.customer)
                && (m_wish.order.isEmpty() || expected.order == m_wish.order))
                expectations.append(expectationOf(expected));
        if (const auto added = m_parts.lists.addExpected(expectations); !added)
            return added.error().detail;
    } while (!page.last.isEmpty());
    return {};
}

void Reconciler::listed(const upload::Result<qint64> &enrollments)
{
    if (!enrollments)
        return Q_EMIT ended(enrollments.error().detail);
    m_totals.listed = *enrollments;
    const auto compared = m_parts.lists.compare([this](const Discrepancy &one) { judge(one); });
    if (!compared)
        return Q_EMIT ended(compared.error().detail);
    m_totals.agreed = compared->agreed;
    m_totals.underWay += compared->underWay;
    lookAtNext();
}

/// The list took its time, and the line goes on meanwhile: what the ledger says otherwise by now
/// was on its way.
void Reconciler::judge(const Discrepancy &discrepancy)
{
    const bool isExtra = discrepancy.deviation == Deviation::Extra;
    if (isExtra && !(m_wish.customer + m_wish.order).isEmpty())
        return; // nobody can say whose it is
    const auto now = m_parts.reader.expected(m_wish.service, discrepancy.registrationId.toLower());
    if (!now) {
        m_fault = now.error().detail;
        return;
    }
    const bool isOther = now->has_value() == isExtra || (*now && (*now)->isUnderWay)
        || (*now && discrepancy.deviation == Deviation::Disabled
            && !expectationOf(**now).wanted.enabled)
        || (*now && discrepancy.deviation == Deviation::Enabled
            && expectationOf(**now).wanted.enabled);
    if (isOther) {
        ++m_totals.underWay;
        return;
    }
    const bool isFirst =
        std::exchange(m_lastId, discrepancy.registrationId) != discrepancy.registrationId;
    m_totals.deviating += isFirst ? 1 : 0;
    if (!isFirst || !mayRepair(discrepancy)) // the repair of the first sees to the second as well
        m_tell({discrepancy, false, {}});
    else if (needsALook(discrepancy.deviation))
        m_toLookAt.append(discrepancy);
    else
        repair(discrepancy, {});
}

bool Reconciler::mayRepair(const Discrepancy &discrepancy) const
{
    if (m_parts.store == nullptr || !m_wish.repairs.contains(discrepancy.deviation))
        return false;
    return m_wish.ids.isEmpty() ? discrepancy.deviation != Deviation::Extra
                                : m_wish.ids.contains(discrepancy.registrationId.toLower());
}

void Reconciler::repair(const Discrepancy &discrepancy, const QByteArray &found)
{
    const auto queued = m_parts.store->repair({.kind = repairOf(discrepancy.deviation),
        .service = m_wish.service,
        .key = discrepancy.registrationId.toLower(),
        .found = found,
        .why = word(discrepancy.deviation)});
    m_totals.queued += queued ? 1 : 0;
    m_tell({discrepancy, queued.has_value(), queued ? QString() : queued.error().detail});
}

void Reconciler::lookAtNext()
{
    if (m_toLookAt.isEmpty() || !m_fault.isEmpty())
        return Q_EMIT ended(m_fault);
    const Discrepancy next = m_toLookAt.takeFirst();
    m_parts.client.getRecord(next.registrationId,
        [self = QPointer(this), next](const upload::Result<QJsonObject> &record) {
            if (self)
                self->looked(next, record);
        });
}

void Reconciler::looked(const Discrepancy &discrepancy, const upload::Result<QJsonObject> &record)
{
    const auto found = record ? upload::enrollmentOf(*record)
                              : upload::Result<Enrollment>(std::unexpected(record.error()));
    if (found)
        repair(discrepancy, upload::makePayload(m_wish.service, *found).body);
    else
        m_tell({discrepancy, false, found.error().detail});
    lookAtNext();
}

} // namespace app
