// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/diagnosis.h"
#include "upload/enrollment.h"
#include "upload/handover/cell.h"
#include "upload/handover/intake.h"

namespace upload::handover {

using namespace Qt::StringLiterals;
using Fate = Offer::Fate;
using tpm::Diagnosis;

namespace {

void refuse(Offer &offer, const QString &why)
{
    if (offer.fate == Fate::Refused)
        return; // the first reason is the one to look at
    offer.fate = Fate::Refused;
    offer.why = why;
}

void repair(Offer &offer, const QString &what)
{
    if (offer.fate == Fate::Refused)
        return;
    offer.fate = Fate::Repaired;
    offer.why += (offer.why.isEmpty() ? u""_s : u"; "_s) + what;
}

} // namespace

Offer Doctor::judge(qint64 number, const Row &row)
{
    Offer offer{.row = number, .registrationId = row.registrationId, .enrollment = row.enrollment};
    if (!row.verdict.isEmpty() && row.verdict != u"pass")
        refuse(offer, u"the device did not pass: "_s + tame(row.verdict));
    examine(offer, row.endorsementKey, row.deviceId, row.ekSha256);
    return offer;
}

Offer Doctor::judge(qint64 number, const QJsonObject &record)
{
    Offer offer{.row = number,
        .registrationId = record.value(u"registrationId"_s).toString(),
        .enrollment = record};
    const QJsonValue attestation = record.value(u"attestation"_s);
    const QString type = attestation[u"type"].toString();
    if (type != u"tpm")
        refuse(offer,
            type.isEmpty() ? u"no attestation; is this an enrollment?"_s
                           : u"its attestation is %1, and not a TPM"_s.arg(tame(type)));
    examine(offer, attestation[u"tpm"][u"endorsementKey"].toString(),
        record.value(u"deviceId"_s).toString(), {});
    return offer;
}

void Doctor::examine(
    Offer &offer, const QString &key, const QString &deviceId, const QString &sha256)
{
    if (key.isEmpty())
        refuse(offer, u"no endorsement key"_s);
    const Diagnosis seen = tpm::diagnose(key.toUtf8());
    if (!seen.key) {
        refuse(offer, u"the endorsement key cannot be used: "_s + seen.detail);
        return;
    }
    offer.ekSha256 = QString::fromLatin1(seen.key->sha256().toHex());
    if (seen.fitness == Diagnosis::Fitness::Converted
        || seen.encoding != Diagnosis::Encoding::Base64)
        repair(offer, u"the endorsement key came in another form"_s);
    if (seen.fitness == Diagnosis::Fitness::Rebuilt)
        repair(offer, seen.detail);
    if (!sha256.isEmpty() && sha256.toLower() != offer.ekSha256)
        refuse(offer, u"ekSha256 is that of another key"_s);
    if (offer.registrationId.isEmpty()) {
        offer.registrationId = seen.key->registrationId();
        repair(offer, u"no registrationId; the one that SDKs derive of the key was taken"_s);
    }
    if (!isRegistrationId(offer.registrationId))
        refuse(offer, u"\"%1\" is no registrationId"_s.arg(tame(offer.registrationId)));
    if (!deviceId.isEmpty() && !isDeviceId(deviceId))
        refuse(offer, u"\"%1\" is no deviceId"_s.arg(tame(deviceId)));
    const Enrollment enrollment{.registrationId = offer.registrationId,
        .endorsementKey = seen.key->base64(),
        .deviceId = deviceId,
        .enabled = offer.enrollment.value(u"provisioningStatus"_s).toString() != u"disabled"};
    // What the service alone writes stays behind; everything else of the record goes along.
    for (const char *own :
        {"etag", "createdDateTimeUtc", "lastUpdatedDateTimeUtc", "registrationState"})
        offer.enrollment.remove(QLatin1String(own));
    const QJsonObject record = toJson(enrollment);
    for (auto field = record.begin(); field != record.end(); ++field)
        offer.enrollment.insert(field.key(), field.value());
    refuseTwice(offer);
}

void Doctor::refuseTwice(Offer &offer)
{
    if (offer.fate == Fate::Refused)
        return;
    const QString id = offer.registrationId.toLower();
    if (const auto twin = m_keys.constFind(offer.ekSha256); twin != m_keys.constEnd())
        refuse(offer, u"row %1 has the same endorsement key"_s.arg(*twin));
    else if (const auto other = m_ids.constFind(id); other != m_ids.constEnd())
        refuse(offer, u"row %1 has the same registrationId"_s.arg(*other));
    if (offer.fate == Fate::Refused)
        return;
    m_keys.insert(offer.ekSha256, offer.row);
    m_ids.insert(id, offer.row);
}

} // namespace upload::handover
