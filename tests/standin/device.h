// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/standin/counter.h"
#include "upload/deviceanswer.h"

/// The device's side, as far as it can be had without a TPM: the service's randomness is known to
/// the test, and with it the key that only a TPM could unwrap.
namespace device {

using namespace counter;

inline const upload::Secret challengeKey(QByteArray(32, '\x42'));

/// A TPM2B_PUBLIC as an RSA-2048 SRK has it.
inline QByteArray storageRootKey(int number)
{
    const QByteArray modulus = QByteArray::fromBase64(support::endorsementKey(number)).last(256);
    return QByteArray::fromHex("011a0001000b000304720000000600800043001008000000000001"
                               "00")
        + modulus;
}

inline QByteArray body(int number, int key = -1)
{
    return upload::registrationBody(u"dev-%1"_s.arg(number),
        QByteArray::fromBase64(support::endorsementKey(key < 0 ? number : key)),
        storageRootKey(1000 + number));
}

inline QByteArray pathOf(int number)
{
    return "/0ne00000000/registrations/dev-" + QByteArray::number(number);
}

inline QByteArray token(int number, const upload::Secret &key = challengeKey,
    qint64 expiry = now + 2400, const QString &scope = u"0ne00000000"_s,
    const QString &policy = u"registration"_s)
{
    return upload::signToken(scope + u"/registrations/dev-%1"_s.arg(number), key, policy, expiry);
}

/// A device before the counter.
class Device {
public:
    Device(Counter &counter, int number) : m_counter(counter), m_number(number) { }

    Response ask(const QByteArray &verb, const QByteArray &more, const QByteArray &body,
        const QByteArray &authorization)
    {
        return m_counter.ask(
            verb, pathOf(m_number) + more, body, {{"authorization", authorization}}, "2021-06-01");
    }
    Response challenge() { return ask("PUT", "/register", body(m_number), {}); }
    Response redeem(const QByteArray &authorization)
    {
        return ask("PUT", "/register", body(m_number), authorization);
    }
    Response poll(const Response &accepted)
    {
        return ask("GET",
            "/operations/" + json(accepted).value(u"operationId"_s).toString().toUtf8(), {},
            token(m_number));
    }
    /// The whole way: the last answer.
    Response assigned()
    {
        if (challenge().status != 401) {
            qFatal("no challenge");
        }
        return poll(redeem(token(m_number)));
    }

private:
    Counter &m_counter;
    int m_number;
};

/// Puts or replaces the device's enrollment, with more fields; false where that is refused.
inline bool enroll(Counter &counter, int number, const QJsonObject &more = {})
{
    QJsonObject enrollment = QJsonDocument::fromJson(record(number)).object();
    for (auto field = more.begin(); field != more.end(); ++field) {
        enrollment.insert(field.key(), field.value());
    }
    const QByteArray path = "/enrollments/dev-" + QByteArray::number(number);
    const bool isThere = counter.ask("GET", path).status == 200;
    return counter
               .ask("PUT", path, QJsonDocument(enrollment).toJson(),
                   isThere ? QHash<QByteArray, QByteArray>{{"if-match", "*"}}
                           : QHash<QByteArray, QByteArray>{})
               .status
        == 200;
}

} // namespace device
