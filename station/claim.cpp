// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/claim.h"

#include "station/moments.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace station {

using namespace Qt::StringLiterals;

namespace {

Finding conflict(const QVariantList &row, const QString &limit, const QString &advice)
{
    Finding finding;
    finding.check = u"uniqueness"_s;
    finding.outcome = Outcome::Fail;
    finding.measured = u"serial %1, %2, station %3"_s.arg(
        row.at(2).toString(), isoTime(row.at(6).toLongLong()), row.at(5).toString());
    finding.limit = limit;
    finding.advice = advice;
    return finding;
}

/// A scrapped unit, and a board that was scrapped with one, do not come back.
Result<QList<Finding>> conflictsWithScrap(Database &database, const ClaimKeys &keys)
{
    auto rows = database.select(
        u"SELECT u.serial, u.station_id, e.at_us FROM unit u JOIN entry e "
        "ON e.station_id = u.station_id AND e.seq = u.seq WHERE u.disposition = 'scrapped' "
        "AND (u.serial = ? OR u.serial IN (SELECT b.serial FROM binding b "
        "WHERE b.ek_sha256 = ? AND b.state = 'scrapped')) ORDER BY u.serial"_s,
        {keys.serial, keys.ekSha256});
    if (!rows)
        return std::unexpected(rows.error());
    QList<Finding> findings;
    for (const QVariantList &row : std::as_const(*rows))
        findings.append({u"uniqueness"_s, Outcome::Fail,
            u"serial %1, scrapped %2, station %3"_s.arg(
                row.at(0).toString(), isoTime(row.at(2).toLongLong()), row.at(1).toString()),
            u"no scrap"_s, u"scrapped"_s, 0});
    return findings;
}

/// What other lines told of this key.
Result<QList<Finding>> conflictsElsewhere(Database &database, const QString &ekSha256)
{
    auto rows = database.select(
        u"SELECT s.line, s.made_at_us FROM elsewhere e JOIN ekset s ON s.line = e.line "
        "WHERE e.ek_sha256 = ? ORDER BY s.line"_s,
        {ekSha256});
    if (!rows)
        return std::unexpected(rows.error());
    QList<Finding> findings;
    for (const QVariantList &row : std::as_const(*rows))
        findings.append({u"uniqueness"_s, Outcome::Fail,
            u"line %1, its keys of %2"_s.arg(row.at(0).toString(), isoTime(row.at(1).toLongLong())),
            u"one device per EK"_s, u"duplicate-ek-elsewhere"_s, 0});
    return findings;
}

/// A file has brought this key under another registrationId, and it was enrolled so.
Result<QList<Finding>> conflictsWithImports(Database &database, const ClaimKeys &keys)
{
    auto rows = database.select(
        u"SELECT DISTINCT i.key, i.station_id, e.at_us FROM imported i "
        "JOIN entry e ON e.station_id = i.station_id AND e.seq = i.seq "
        "JOIN delivery d ON d.destination = i.destination AND d.key = i.key AND d.kind = 'enroll' "
        "WHERE i.ek_sha256 = ? AND NOT (i.destination = ? AND lower(i.key) = ?) "
        "AND d.state NOT IN ('rejected', 'conflict', 'withdrawn') ORDER BY i.key"_s,
        {keys.ekSha256, keys.service, keys.registrationKey});
    if (!rows)
        return std::unexpected(rows.error());
    QList<Finding> findings;
    for (const QVariantList &row : std::as_const(*rows))
        findings.append({u"uniqueness"_s, Outcome::Fail,
            u"registration %1, imported %2, station %3"_s.arg(
                row.at(0).toString(), isoTime(row.at(2).toLongLong()), row.at(1).toString()),
            u"one device per EK"_s, u"duplicate-ek"_s, 0});
    return findings;
}

} // namespace

Result<Claim> claimOf(Database &database, const ClaimKeys &keys)
{
    Claim claim;
    const QString select = u"SELECT b.id, b.ek_sha256, b.serial, b.service, b.registration_key, "
                           "b.station_id, e.at_us FROM binding b JOIN entry e "
                           "ON e.station_id = b.station_id AND e.seq = b.seq "
                           "WHERE b.state = 'active' AND "_s;
    // One look per index: an OR of the three would read every binding.
    auto rows =
        database.select(select + u"b.ek_sha256 = ? UNION "_s + select + u"b.serial = ? UNION "_s
                + select + u"b.service = ? AND b.registration_key = ? ORDER BY 1"_s,
            {keys.ekSha256, keys.serial, keys.service, keys.registrationKey});
    if (!rows)
        return std::unexpected(rows.error());
    for (const QVariantList &row : std::as_const(*rows)) {
        const bool sameEk = row.at(1).toString() == keys.ekSha256;
        const bool sameSerial = row.at(2).toString() == keys.serial;
        if (sameEk && sameSerial)
            claim.renews = row.at(0).toLongLong();
        else if (sameEk)
            claim.conflicts.append(conflict(row, u"one device per EK"_s, u"duplicate-ek"_s));
        else if (sameSerial)
            claim.conflicts.append(
                conflict(row, u"one EK per serial"_s, u"new-ek-needs-release"_s));
        else
            claim.conflicts.append(
                conflict(row, u"one device per registration"_s, u"duplicate-registration"_s));
    }
    auto scrapped = conflictsWithScrap(database, keys);
    if (!scrapped)
        return std::unexpected(scrapped.error());
    claim.conflicts += *scrapped;
    auto elsewhere = conflictsElsewhere(database, keys.ekSha256);
    if (!elsewhere)
        return std::unexpected(elsewhere.error());
    claim.conflicts += *elsewhere;
    auto imported = conflictsWithImports(database, keys);
    if (!imported)
        return std::unexpected(imported.error());
    claim.conflicts += *imported;
    return claim;
}

QStringList unitsNamedIn(const QByteArray &body)
{
    // Most examinations clash with nobody, and reading a million bodies as JSON takes minutes.
    if (!body.contains("\"measured\":\"serial "))
        return {};
    static const QRegularExpression named(
        u"^serial (.+), (scrapped )?\\d{4}-\\d\\d-\\d\\dT\\S+, station "_s);
    QStringList serials;
    for (const QJsonValue &finding : QJsonDocument::fromJson(body)[u"findings"].toArray())
        if (const auto match = named.match(finding[u"measured"].toString());
            finding[u"check"].toString() == u"uniqueness" && match.hasMatch())
            serials.append(match.captured(1));
    return serials;
}

} // namespace station
