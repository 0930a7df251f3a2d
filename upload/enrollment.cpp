// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/enrollment.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr qsizetype longestId = 128;
constexpr qsizetype longestKey = 4096; // base64; an RSA-2048 key takes 424
constexpr qsizetype longestText = 400;
constexpr qsizetype mostItems = 1000;

std::unexpected<Error> malformed(const QString &detail)
{
    return std::unexpected(Error{Fault::Malformed, detail, 0, 0, {}});
}

Result<QJsonDocument> parseJson(const QByteArray &body)
{
    QJsonParseError error;
    QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error == QJsonParseError::NoError) {
        return document;
    }
    if (body.trimmed().startsWith('<')) {
        return malformed(
            u"a web page came instead of JSON; a proxy or a login page may stand in between"_s);
    }
    if (body.trimmed().isEmpty()) {
        return malformed(u"an empty answer came instead of JSON"_s);
    }
    return malformed(
        u"the answer is not JSON (offset %1: %2)"_s.arg(error.offset).arg(error.errorString()));
}

int codeOf(const QJsonValue &value)
{
    return value.isString() ? value.toString().toInt() : value.toInt();
}

/// An optional text: absent and null are empty, anything else but a text is an error.
std::optional<QString> textOf(const QJsonObject &object, const QString &name)
{
    const QJsonValue value = object.value(name);
    if (value.isUndefined() || value.isNull()) {
        return QString();
    }
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

bool isAlphanumeric(QChar c)
{
    return c.unicode() < 0x80 && c.isLetterOrNumber();
}

bool consistsOf(QStringView text, QStringView specials)
{
    return std::ranges::all_of(
        text, [&](QChar c) { return isAlphanumeric(c) || specials.contains(c); });
}

} // namespace

QString tame(QString text)
{
    text.truncate(longestText);
    for (QChar &c : text) {
        if (!c.isPrint()) {
            c = u' ';
        }
    }
    return text.simplified();
}

const BulkItem *BulkAnswer::itemOf(const QString &registrationId) const
{
    for (const BulkItem &item : items) {
        if (item.registrationId.compare(registrationId, Qt::CaseInsensitive) == 0) {
            return &item;
        }
    }
    return nullptr;
}

QJsonObject toJson(const Enrollment &enrollment)
{
    const QJsonObject tpm{{u"endorsementKey"_s, QString::fromLatin1(enrollment.endorsementKey)}};
    QJsonObject record{{u"registrationId"_s, enrollment.registrationId},
        {u"attestation"_s, QJsonObject{{u"type"_s, u"tpm"_s}, {u"tpm"_s, tpm}}},
        {u"provisioningStatus"_s, enrollment.enabled ? u"enabled"_s : u"disabled"_s}};
    if (!enrollment.deviceId.isEmpty()) {
        record.insert(u"deviceId"_s, enrollment.deviceId);
    }
    return record;
}

QByteArray toBody(const Enrollment &enrollment)
{
    return QJsonDocument(toJson(enrollment)).toJson(QJsonDocument::Compact);
}

QByteArray bulkBody(const QByteArray &mode, const QList<QByteArray> &records)
{
    return "{\"mode\":\"" + mode + "\",\"enrollments\":[" + records.join(',') + "]}";
}

namespace {

/// Words for a screen and a comparison: cut and tamed, never a reason to refuse an enrollment.
RegistrationState registrationOf(const QJsonObject &state)
{
    const auto said = [&state](const QString &field) {
        return tame(state.value(field).toString().left(longestId));
    };
    const RegistrationState read{said(u"registrationId"_s), said(u"status"_s),
        said(u"assignedHub"_s), said(u"deviceId"_s), said(u"lastUpdatedDateTimeUtc"_s)};
    return read.registrationId.isEmpty() || read.status.isEmpty() ? RegistrationState() : read;
}

} // namespace

Result<Enrollment> enrollmentOf(const QJsonObject &record)
{
    const auto id = textOf(record, u"registrationId"_s);
    const auto deviceId = textOf(record, u"deviceId"_s);
    const auto status = textOf(record, u"provisioningStatus"_s);
    const auto etag = textOf(record, u"etag"_s);
    if (!id || id->isEmpty() || id->size() > longestId) {
        return malformed(u"an enrollment without registrationId"_s);
    }
    const QJsonObject attestation = record.value(u"attestation"_s).toObject();
    const auto type = textOf(attestation, u"type"_s);
    const auto key = textOf(attestation.value(u"tpm"_s).toObject(), u"endorsementKey"_s);
    if (!type || type->isEmpty() || !key || key->size() > longestKey) {
        return malformed(u"enrollment %1 has no readable attestation"_s.arg(tame(*id)));
    }
    if (!deviceId || deviceId->size() > longestId || !etag || etag->size() > longestText || !status
        || (!status->isEmpty() && *status != u"enabled" && *status != u"disabled")) {
        return malformed(u"enrollment %1 has a field of the wrong kind"_s.arg(tame(*id)));
    }
    return Enrollment{*id, key->toLatin1(), *deviceId, *status != u"disabled", *etag,
        registrationOf(record.value(u"registrationState"_s).toObject())};
}

Result<RegistrationState> parseRegistrationState(const QByteArray &body)
{
    const auto document = parseJson(body);
    if (!document) {
        return std::unexpected(document.error());
    }
    const auto state = registrationOf(document->object());
    if (state.status.isEmpty()) {
        return malformed(u"no registration, or none with a status"_s);
    }
    return state;
}

Result<Enrollment> parseEnrollment(const QByteArray &body)
{
    const auto document = parseJson(body);
    if (!document) {
        return std::unexpected(document.error());
    }
    if (!document->isObject()) {
        return malformed(u"an enrollment is not a JSON object"_s);
    }
    return enrollmentOf(document->object());
}

Result<QList<Enrollment>> parseEnrollments(const QByteArray &body)
{
    const auto document = parseJson(body);
    if (!document) {
        return std::unexpected(document.error());
    }
    if (!document->isArray() || document->array().size() > mostItems) {
        return malformed(u"a page of enrollments is not a JSON array of fitting size"_s);
    }
    QList<Enrollment> enrollments;
    for (const QJsonValue &value : document->array()) {
        const auto enrollment = enrollmentOf(value.toObject());
        if (!enrollment) {
            return std::unexpected(enrollment.error());
        }
        enrollments.append(*enrollment);
    }
    return enrollments;
}

Result<BulkAnswer> parseBulkAnswer(const QByteArray &body)
{
    const auto document = parseJson(body);
    if (!document) {
        return std::unexpected(document.error());
    }
    const QJsonObject object = document->object();
    const QJsonValue errors = object.value(u"errors"_s);
    if (!object.value(u"isSuccessful"_s).isBool()
        || !(errors.isArray() || errors.isNull() || errors.isUndefined())
        || errors.toArray().size() > mostItems) {
        return malformed(u"the answer to a bulk lacks isSuccessful or a list of errors"_s);
    }
    BulkAnswer answer{object.value(u"isSuccessful"_s).toBool(), {}};
    for (const QJsonValue &value : errors.toArray()) {
        const QJsonObject item = value.toObject();
        const QString id = item.value(u"registrationId"_s).toString();
        const int code = codeOf(item.value(u"errorCode"_s));
        if (id.isEmpty() || id.size() > longestId || code == 0) {
            return malformed(u"an entry of the bulk's answer names no enrollment or no code"_s);
        }
        answer.items.append({id, code, tame(item.value(u"errorStatus"_s).toString())});
    }
    return answer;
}

std::optional<ServiceError> parseServiceError(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    // Gateways in front of the service write code and message, the service itself errorCode.
    const QJsonValue named = object.value(u"errorCode"_s);
    const int code = codeOf(named.isUndefined() ? object.value(u"code"_s) : named);
    if (code == 0) {
        return std::nullopt;
    }
    return ServiceError{code, tame(object.value(u"message"_s).toString())};
}

bool isRegistrationId(QStringView text)
{
    return !text.isEmpty() && text.size() <= longestId && consistsOf(text, u"-._:")
        && isAlphanumeric(text.front()) && (isAlphanumeric(text.back()) || text.back() == u'-');
}

bool isDeviceId(QStringView text)
{
    return !text.isEmpty() && text.size() <= longestId && consistsOf(text, u"-.+%_#*?!(),=@$':");
}

bool isEndorsementKey(QByteArrayView publicArea)
{
    // TPM2B_PUBLIC: size, type, nameAlg, objectAttributes, …; 58 is the shortest RSA template.
    constexpr quint32 restrictedDecrypt = 0x00030000;
    constexpr quint32 sign = 0x00040000;
    if (publicArea.size() < 60 || publicArea.size() > 2048
        || qFromBigEndian<quint16>(publicArea.data()) != publicArea.size() - 2) {
        return false;
    }
    const auto type = qFromBigEndian<quint16>(publicArea.data() + 2);
    const auto attributes = qFromBigEndian<quint32>(publicArea.data() + 6);
    return type == 0x0001 && (attributes & (restrictedDecrypt | sign)) == restrictedDecrypt;
}

bool isSameKey(const QByteArray &base64, const QByteArray &other)
{
    constexpr auto strict = QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors;
    const auto one = QByteArray::fromBase64Encoding(base64, strict);
    const auto two = QByteArray::fromBase64Encoding(other, strict);
    return one && two && !one.decoded.isEmpty() && one.decoded == two.decoded;
}

station::Payload makePayload(
    const QString &service, const Enrollment &enrollment, const QJsonObject &more)
{
    QJsonObject record = toJson(enrollment);
    for (auto field = more.begin(); field != more.end(); ++field)
        record[field.key()] = field.value();
    return {service, enrollment.registrationId.toLower(),
        QJsonDocument(record).toJson(QJsonDocument::Compact)};
}

} // namespace upload
