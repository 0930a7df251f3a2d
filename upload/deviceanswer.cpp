// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/deviceanswer.h"

#include "upload/enrollment.h"

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr qsizetype longestName = 256;

std::unexpected<Error> malformed(const Answer &answer, const QString &detail)
{
    return std::unexpected(Error{Fault::Malformed, detail, answer.status, 0, {}});
}

QByteArray decoded(const QJsonValue &base64)
{
    const auto bytes = QByteArray::fromBase64Encoding(base64.toString().toLatin1(),
        QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    return bytes ? bytes.decoded : QByteArray();
}

QString nameOf(const QJsonValue &value)
{
    return tame(value.toString()).left(longestName);
}

/// Where it is one: 401 with a key, and the name under which a token says so.
std::optional<DeviceAnswer> challengeOf(const Answer &answer, const QJsonObject &body)
{
    DeviceAnswer challenge;
    challenge.kind = DeviceAnswer::Kind::Challenge;
    challenge.authenticationKey = decoded(body.value(u"authenticationKey"_s));
    challenge.keyName = nameOf(body.value(u"keyName"_s));
    const bool isOne = answer.status == 401 && !challenge.authenticationKey.isEmpty()
        && !challenge.keyName.isEmpty();
    return isOne ? std::optional(challenge) : std::nullopt;
}

Result<DeviceAnswer> assignedOf(
    const Answer &answer, DeviceAnswer assigned, const QJsonObject &state)
{
    assigned.kind = DeviceAnswer::Kind::Assigned;
    assigned.hub = nameOf(state.value(u"assignedHub"_s));
    assigned.deviceId = nameOf(state.value(u"deviceId"_s));
    assigned.substatus = nameOf(state.value(u"substatus"_s));
    assigned.authenticationKey =
        decoded(state.value(u"tpm"_s).toObject().value(u"authenticationKey"_s));
    if (assigned.hub.isEmpty() || assigned.deviceId.isEmpty()) {
        return malformed(answer, u"assigned, but without a hub or a deviceId"_s);
    }
    if (assigned.authenticationKey.isEmpty()) {
        return malformed(answer, u"assigned, but without a key for the hub"_s);
    }
    return assigned;
}

} // namespace

Result<DeviceAnswer> parseDeviceAnswer(const Answer &answer, const QDateTime &now)
{
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    if (const auto challenge = challengeOf(answer, body)) {
        return *challenge;
    }
    if (const auto judged = judge(answer, now); !judged) {
        return std::unexpected(judged.error());
    }
    const QJsonObject state = body.value(u"registrationState"_s).toObject();
    const QString status = body.value(u"status"_s).toString();
    DeviceAnswer said;
    said.operationId = nameOf(body.value(u"operationId"_s));
    said.registrationId = nameOf(state.value(u"registrationId"_s));
    said.retryAfter = parseRetryAfter(answer.retryAfter, now);
    said.errorCode = state.value(u"errorCode"_s).toInt();
    said.errorMessage = tame(state.value(u"errorMessage"_s).toString());
    if (status == u"assigned") {
        return assignedOf(answer, said, state);
    }
    if (status == u"assigning" || status == u"unassigned") {
        said.kind = DeviceAnswer::Kind::Assigning;
        if (said.operationId.isEmpty()) {
            return malformed(answer, u"assigning, but without an operationId"_s);
        }
        return said;
    }
    if (status == u"disabled" || status == u"failed") {
        said.kind =
            status == u"disabled" ? DeviceAnswer::Kind::Disabled : DeviceAnswer::Kind::Failed;
        return said;
    }
    return malformed(answer, u"no status of a registration: '%1'"_s.arg(nameOf(status)));
}

QByteArray registrationBody(const QString &registrationId, const QByteArray &endorsementKey,
    const QByteArray &storageRootKey)
{
    const QJsonObject tpm{{u"endorsementKey"_s, QString::fromLatin1(endorsementKey.toBase64())},
        {u"storageRootKey"_s, QString::fromLatin1(storageRootKey.toBase64())}};
    return QJsonDocument(QJsonObject{{u"registrationId"_s, registrationId}, {u"tpm"_s, tpm}})
        .toJson(QJsonDocument::Compact);
}

} // namespace upload
