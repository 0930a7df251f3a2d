// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/delivery.h"
#include "upload/error.h"

#include <QJsonObject>
#include <QList>

namespace upload {

/// The most enrollments that one bulk request may carry (DPS service API, 2021-10-01).
constexpr qsizetype largestBulk = 10;

/// What became of a device's last registration, as the service API tells it.
struct RegistrationState {
    QString registrationId, status, hub, deviceId;
    QString updated; ///< ISO 8601, as the service wrote it

    bool operator==(const RegistrationState &) const = default;
};

/// One individual enrollment of the DPS, with TPM attestation.
struct Enrollment {
    QString registrationId; ///< compared without regard to case
    QByteArray endorsementKey; ///< base64 of the TPM2B_PUBLIC
    QString deviceId; ///< empty: the service takes the registrationId
    bool enabled = true;
    QString etag; ///< as the service wrote it, quotes included; empty when it is not stored yet
    RegistrationState registration; ///< read only; without a status: there is none

    bool operator==(const Enrollment &) const = default;
};

/// What the service says about one enrollment of a bulk that it did not simply take.
struct BulkItem {
    QString registrationId;
    int errorCode = 0;
    QString errorStatus;

    /// Entries with a code of 2xx stand in the error list too, though nothing failed.
    [[nodiscard]] bool isSuccess() const
    {
        return (errorCode >= 200 && errorCode < 300)
            || (errorCode >= 200'000 && errorCode < 300'000);
    }

    bool operator==(const BulkItem &) const = default;
};

/// The answer to a bulk; enrollments that no item names succeeded if `successful`.
struct BulkAnswer {
    bool successful = false;
    QList<BulkItem> items;

    [[nodiscard]] const BulkItem *itemOf(const QString &registrationId) const;

    bool operator==(const BulkAnswer &) const = default;
};

/// The body of an HTTP error.
struct ServiceError {
    int code = 0;
    QString message;

    bool operator==(const ServiceError &) const = default;
};

[[nodiscard]] QJsonObject toJson(const Enrollment &enrollment); ///< without what is read only
[[nodiscard]] QByteArray toBody(
    const Enrollment &enrollment); ///< compact, the same bytes each time

/// {"mode":"create","enrollments":[…]} around records that stay byte for byte as they are.
[[nodiscard]] QByteArray bulkBody(const QByteArray &mode, const QList<QByteArray> &records);

// All of these take untrusted bytes; Fault::Malformed.
[[nodiscard]] Result<Enrollment> parseEnrollment(const QByteArray &body);
[[nodiscard]] Result<Enrollment> enrollmentOf(const QJsonObject &record);
[[nodiscard]] Result<QList<Enrollment>> parseEnrollments(const QByteArray &body);
[[nodiscard]] Result<RegistrationState> parseRegistrationState(const QByteArray &body);
[[nodiscard]] Result<BulkAnswer> parseBulkAnswer(const QByteArray &body);
[[nodiscard]] std::optional<ServiceError> parseServiceError(const QByteArray &body);

/// A service's words, cut and without control characters: they end in logs and on screens.
[[nodiscard]] QString tame(QString text);

[[nodiscard]] bool isRegistrationId(QStringView text);
[[nodiscard]] bool isDeviceId(QStringView text);
/// True for the TPM2B_PUBLIC of an RSA restricted decryption key whose sizes agree.
[[nodiscard]] bool isEndorsementKey(QByteArrayView publicArea);
/// Both decode, and to the same bytes.
[[nodiscard]] bool isSameKey(const QByteArray &base64, const QByteArray &other);

/// What the ledger freezes for one proven device: the enrollment, without its etag, and `more`
/// fields of the service's record as they are.
[[nodiscard]] station::Payload makePayload(
    const QString &service, const Enrollment &enrollment, const QJsonObject &more = {});

} // namespace upload
