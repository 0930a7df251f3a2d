// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/certificates.h"
#include "tpm/endorsement.h"
#include "upload/enrollment.h"
#include "upload/handover/chainwalk.h"

#include <QJsonArray>

namespace upload::handover {

using namespace Qt::StringLiterals;

namespace {

/// Hashes and ids of a key are made of the key.
QString wrongInKey(const QJsonValue &ek)
{
    tpm::EndorsementKey key;
    key.publicArea = QByteArray::fromBase64(ek[u"public"].toString().toLatin1());
    if (key.base64() != ek[u"public"].toString().toLatin1() || key.publicArea.isEmpty())
        return u"the endorsement key is no base64"_s;
    if (key.sha256().toHex() != ek[u"sha256"].toString().toLatin1())
        return u"ekSha256 is not that of the endorsement key"_s;
    const QJsonArray certificates = ek[u"certificates"].toArray();
    for (const QJsonValue &one : certificates) {
        const tpm::Certificate certificate{
            .der = QByteArray::fromBase64(one[u"der"].toString().toLatin1())};
        if (certificate.sha256().toHex() != one[u"sha256"].toString().toLatin1())
            return u"a certificate's SHA-256 is not that of the certificate"_s;
        if (one[u"keyMatches"].toBool() && !tpm::certifies(certificate.der, key))
            return u"the certificate is not for the endorsement key"_s;
    }
    return {};
}

/// What the service is told is about this key and this id.
QString wrongInEnrollment(const Row &row)
{
    if (row.enrollment.isEmpty())
        return row.deviceId.isEmpty() ? QString() : u"deviceId without an enrollment"_s;
    const auto enrollment = enrollmentOf(row.enrollment);
    if (!enrollment)
        return enrollment.error().detail;
    if (enrollment->registrationId.compare(row.registrationId, Qt::CaseInsensitive) != 0)
        return u"the enrollment is for another registrationId"_s;
    if (enrollment->deviceId != row.deviceId)
        return u"the enrollment is for another deviceId"_s;
    if (!isSameKey(enrollment->endorsementKey, row.endorsementKey.toLatin1()))
        return u"the enrollment is for another endorsement key"_s;
    return {};
}

} // namespace

QString contradictionIn(
    const Row &row, const station::EntryId &id, qint64 atUs, const QJsonObject &body)
{
    Row expected = rowOf(id, atUs, body);
    expected.deviceId = row.deviceId;
    expected.delivery = row.delivery;
    expected.enrollment = row.enrollment;
    if (row != expected) {
        const QStringList is = cellsOf(row);
        const QStringList should = cellsOf(expected);
        for (qsizetype at = 0; at < is.size(); ++at)
            if (is[at] != should[at])
                return u"%1 is \"%2\", the entry says \"%3\""_s.arg(
                    columns()[at], is[at].left(80), should[at].left(80));
    }
    if (row.verdict != u"pass")
        return u"a device that did not pass"_s;
    const QString wrong = wrongInKey(body[u"ek"]);
    return wrong.isEmpty() ? wrongInEnrollment(row) : wrong;
}

} // namespace upload::handover
