// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/parcel.h"

#include "upload/alteration.h"
#include "upload/comparison.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace upload {

using station::Delivery;
using station::DeliveryKind;
using station::DeliveryState;

namespace {

constexpr int fewAttempts = 5; // beyond them a record travels alone: it may be what breaks its bulk

/// The service's numbers are an HTTP status and three digits more.
int statusOf(int code)
{
    return code >= 1000 ? code / 1000 : code;
}

/// A record is refused only by the service itself, which gives a number; a proxy's page has none.
bool isVerdict(const Error &error)
{
    return error.errorCode != 0
        && (error.fault == Fault::Refused || error.fault == Fault::Conflict);
}

bool mayHaveActed(const Error &error)
{
    return error.fault == Fault::Down || error.fault == Fault::Timeout
        || error.fault == Fault::Malformed || error.fault == Fault::TooLarge;
}

} // namespace

Parcel::Parcel(Client &client, const QList<Delivery> &deliveries, const QList<qint64> &uncertain,
    QObject *parent)
    : QObject(parent), m_client(client)
{
    for (const Delivery &delivery : deliveries) {
        sort(delivery, uncertain.contains(delivery.id));
    }
}

void Parcel::sort(const Delivery &delivery, bool isUncertain)
{
    Item item{delivery, {}, isUncertain ? Doubt::MayBeSent : Doubt::None};
    if (delivery.kind == DeliveryKind::Report) {
        return giveBack(item, 0, u"'%1' is not offered yet"_s.arg(word(delivery.kind)));
    }
    const auto wanted = parseEnrollment(delivery.payload.body);
    if (!wanted) {
        return settle(item, DeliveryState::Rejected, 0, wanted.error().detail);
    }
    item.wanted = *wanted;
    if (delivery.state == DeliveryState::Acknowledged) {
        item.doubt = Doubt::Acknowledged;
    } else if (delivery.kind != DeliveryKind::Enroll) { // looks first, in doubt or not
        m_toAlter.append(item);
        return;
    }
    (item.doubt == Doubt::None ? m_toSend : m_toRead).append(item);
    m_isSingly = m_isSingly || delivery.attempts > fewAttempts;
}

void Parcel::start()
{
    QMetaObject::invokeMethod(this, &Parcel::step, Qt::QueuedConnection);
}

/// Judges an answer and takes the next step, unless the parcel is gone by then.
template <typename Judge> auto Parcel::then(Judge judge)
{
    return [self = QPointer<Parcel>(this), judge](const auto &answer) {
        if (self) {
            judge(answer);
            self->step();
        }
    };
}

void Parcel::step()
{
    const bool goesOn = !m_isHalted && !m_outcome.fault;
    if (goesOn && !m_toRead.isEmpty()) {
        return read(m_toRead.takeFirst());
    }
    if (goesOn && !m_toAlter.isEmpty()) {
        return alter(m_toAlter.takeFirst());
    }
    if (goesOn && !m_toSend.isEmpty()) {
        return send();
    }
    for (const Item &item : m_toRead + m_toAlter + m_toSend) {
        giveBack(item, 0, {});
        m_outcome.returned.last().settlement.untried = item.delivery.state == DeliveryState::Sent;
    }
    Q_EMIT ended(m_outcome);
}

void Parcel::read(const Item &item)
{
    m_client.get(item.wanted.registrationId,
        then([this, item](const Result<Enrollment> &found) { judgeRead(item, found); }));
}

void Parcel::judgeRead(const Item &item, const Result<Enrollment> &found)
{
    if (found) {
        m_outcome.settled.append(compare(item.delivery, item.wanted, *found));
        return;
    }
    const Error &error = found.error();
    if (error.fault == Fault::NotFound) {
        Item sure = item;
        sure.doubt = Doubt::None;
        if (item.doubt == Doubt::MayBeSent) {
            m_toSend.append(sure);
            return;
        }
        // Not at once: what the service took a moment ago it may not show yet.
        sure.delivery.state = DeliveryState::Pending;
        return giveBack(sure, error.errorCode, error.detail);
    }
    isVerdict(error) ? settle(item, DeliveryState::Rejected, error.errorCode, error.detail)
                     : fail({item}, error);
}

void Parcel::send()
{
    const QList<Item> items = m_toSend.first(m_isSingly ? 1 : m_toSend.size());
    m_toSend.remove(0, items.size());
    QList<QByteArray> records;
    for (const Item &item : items) {
        records.append(item.delivery.payload.body);
    }
    m_client.bulkCreate(records,
        then([this, items](const Result<BulkAnswer> &answer) { judgeSent(items, answer); }));
}

void Parcel::judgeSent(const QList<Item> &items, const Result<BulkAnswer> &answer)
{
    if (!answer) {
        return judgeUnsent(items, answer.error());
    }
    for (const Item &item : items) {
        const BulkItem *said = answer->itemOf(item.wanted.registrationId);
        if (said == nullptr || said->isSuccess()) {
            settle(item, DeliveryState::Acknowledged);
        } else {
            judgeCode(item, said->errorCode, said->errorStatus);
        }
    }
}

void Parcel::judgeUnsent(const QList<Item> &items, const Error &error)
{
    if (isVerdict(error) && items.size() > 1) {
        m_isSingly = true; // one bad record must not hold nine good ones
        m_toSend = items + m_toSend;
    } else if (isVerdict(error)
        || (m_isSingly && error.httpStatus >= 500 && error.errorCode != 0)) {
        judgeCode(items.first(), error.errorCode, error.detail);
    } else {
        fail(items, error);
    }
}

void Parcel::judgeCode(const Item &item, int code, const QString &text)
{
    switch (const int status = statusOf(code)) {
    case 409:
    case 412: {
        Item present = item;
        present.doubt = Doubt::Exists;
        m_toRead.append(present);
        return;
    }
    case 429: // throttled in the midst of a bulk is throttled
        m_outcome.fault = Error{Fault::Throttled, text, 0, code, {}};
        return giveBack(item, code, text);
    case 401:
    case 403:
    case 408:
        return giveBack(item, code, text);
    default:
        return status >= 400 && status < 500 ? settle(item, DeliveryState::Rejected, code, text)
                                             : giveBack(item, code, text);
    }
}

void Parcel::alter(const Item &item)
{
    const auto judge = [this, item](const Result<station::Settlement> &altered) {
        if (altered && altered->state == DeliveryState::Pending) {
            giveBack(item, altered->serviceCode, altered->serviceText);
        } else if (altered) {
            m_outcome.settled.append(*altered);
        } else if (isVerdict(altered.error())) {
            settle(
                item, DeliveryState::Rejected, altered.error().errorCode, altered.error().detail);
        } else {
            fail({item}, altered.error());
        }
    };
    upload::alter(m_client, item.delivery, item.wanted, then(judge));
}

void Parcel::settle(const Item &item, DeliveryState state, int code, const QString &text)
{
    m_outcome.settled.append({item.delivery.id, state, 0, code, text});
}

void Parcel::giveBack(const Item &item, int code, const QString &text)
{
    const bool isAcknowledged = item.delivery.state == DeliveryState::Acknowledged;
    const DeliveryState state = isAcknowledged ? DeliveryState::Acknowledged
        : item.doubt != Doubt::None            ? DeliveryState::Sent // to be read back
                                               : DeliveryState::Pending;
    m_outcome.returned.append({{item.delivery.id, state, 0, code, text}, item.delivery.attempts});
}

void Parcel::fail(const QList<Item> &items, const Error &error)
{
    m_outcome.fault = error;
    for (Item item : items) {
        if (item.doubt == Doubt::None && mayHaveActed(error)) {
            item.doubt = Doubt::MayBeSent;
        }
        giveBack(item, error.errorCode, error.detail);
    }
}

} // namespace upload
