// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/record.h"

#include "tpm/endorsement.h"
#include "upload/enrollment.h"
#include "upload/standin/codes.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

const QStringList readOnlyFields{
    u"etag"_s, u"createdDateTimeUtc"_s, u"lastUpdatedDateTimeUtc"_s, u"registrationState"_s};

/// A field of a known form; what is absent or null is fine.
struct Field {
    QString name;
    QJsonValue::Type type = QJsonValue::String;
    QStringList words; ///< the only values; empty: any
};

const QList<Field> fields{
    {u"deviceId"_s, QJsonValue::String, {}},
    {u"provisioningStatus"_s, QJsonValue::String, {u"enabled"_s, u"disabled"_s}},
    {u"allocationPolicy"_s, QJsonValue::String,
        {u"hashed"_s, u"geoLatency"_s, u"static"_s, u"custom"_s}},
    {u"iotHubHostName"_s, QJsonValue::String, {}},
    {u"iotHubs"_s, QJsonValue::Array, {}},
    {u"initialTwin"_s, QJsonValue::Object, {}},
    {u"capabilities"_s, QJsonValue::Object, {}},
    {u"reprovisionPolicy"_s, QJsonValue::Object, {}},
    {u"customAllocationDefinition"_s, QJsonValue::Object, {}},
    {u"optionalDeviceInformation"_s, QJsonValue::Object, {}},
};

std::optional<QString> faultOfFields(const QJsonObject &record)
{
    for (const Field &field : fields) {
        const QJsonValue value = record.value(field.name);
        if (value.isUndefined() || value.isNull()) {
            continue;
        }
        if (value.type() != field.type) {
            return u"%1 has the wrong type"_s.arg(field.name);
        }
        if (!field.words.isEmpty() && !field.words.contains(value.toString())) {
            return u"%1 is one of %2"_s.arg(field.name, field.words.join(u", "_s));
        }
    }
    for (const QJsonValue &hub : record.value(u"iotHubs"_s).toArray()) {
        if (!hub.isString()) {
            return u"iotHubs holds names"_s;
        }
    }
    for (const QJsonValue &choice : record.value(u"reprovisionPolicy"_s).toObject()) {
        if (!choice.isBool()) {
            return u"reprovisionPolicy holds true and false"_s;
        }
    }
    const QString deviceId = record.value(u"deviceId"_s).toString();
    return deviceId.isEmpty() || isDeviceId(deviceId) ? std::nullopt
                                                      : std::optional(u"deviceId is not valid"_s);
}

bool isBase64(const QByteArray &text)
{
    return bool(QByteArray::fromBase64Encoding(
        text, QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors));
}

} // namespace

std::optional<Refusal> faultOf(
    const QString &registrationId, const QJsonObject &record, bool takesEcc)
{
    const auto enrollment = enrollmentOf(record);
    if (!isRegistrationId(registrationId)) {
        return Refusal{code::badRequest, u"registrationId is not valid"_s};
    }
    if (record.value(u"attestation"_s).toObject().value(u"type"_s).toString() != u"tpm") {
        return Refusal{code::badRequest, u"only TPM attestation is offered here"_s};
    }
    if (!enrollment) {
        return Refusal{code::badRequest, enrollment.error().detail};
    }
    if (const auto fault = faultOfFields(record)) {
        return Refusal{code::badRequest, *fault};
    }
    const auto key = QByteArray::fromBase64Encoding(enrollment->endorsementKey,
        QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    const bool isKey = key
        && (isEndorsementKey(key.decoded) || (takesEcc && tpm::parseEndorsementKey(key.decoded)));
    if (!isKey) {
        return Refusal{
            code::badKey, u"Endorsement key is invalid, or does not match the Enrollment."_s};
    }
    const QJsonObject tpm = record.value(u"attestation"_s).toObject().value(u"tpm"_s).toObject();
    if (!isBase64(tpm.value(u"storageRootKey"_s).toString().toLatin1())) {
        return Refusal{code::badRequest, u"storageRootKey is not base64"_s};
    }
    return std::nullopt;
}

QJsonObject cleaned(const QString &registrationId, const QJsonObject &record)
{
    QJsonObject kept;
    for (auto field = record.begin(); field != record.end(); ++field) {
        if (!field.value().isNull() && !readOnlyFields.contains(field.key())) {
            kept.insert(field.key(), field.value());
        }
    }
    kept.insert(u"registrationId"_s, registrationId);
    if (!kept.contains(u"provisioningStatus"_s)) {
        kept.insert(u"provisioningStatus"_s, u"enabled"_s);
    }
    return kept;
}

QByteArray endorsementKeyOf(const QJsonObject &record)
{
    return record.value(u"attestation"_s)
        .toObject()
        .value(u"tpm"_s)
        .toObject()
        .value(u"endorsementKey"_s)
        .toString()
        .toLatin1();
}

} // namespace upload::standin
