// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/allocation.h"

#include "upload/standin/codes.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

QStringList candidatesOf(const QJsonObject &enrollment, const QStringList &linkedHubs)
{
    QStringList wanted;
    if (const QString host = enrollment.value(u"iotHubHostName"_s).toString(); !host.isEmpty()) {
        wanted.append(host);
    }
    for (const QJsonValue &hub : enrollment.value(u"iotHubs"_s).toArray()) {
        wanted.append(hub.toString());
    }
    if (wanted.isEmpty()) {
        return linkedHubs;
    }
    wanted.removeIf(
        [&](const QString &hub) { return !linkedHubs.contains(hub, Qt::CaseInsensitive); });
    return wanted;
}

Ruled<QString> hubFor(const QJsonObject &enrollment, const QStringList &linkedHubs)
{
    const QStringList hubs = candidatesOf(enrollment, linkedHubs);
    const QString policy = enrollment.value(u"allocationPolicy"_s).toString(u"hashed"_s);
    if (policy == u"custom") {
        return std::unexpected(
            Refusal{code::allocationFailed, u"Custom allocation failed: no function runs here"_s});
    }
    if (hubs.isEmpty()) {
        return std::unexpected(Refusal{
            code::noHub, u"IotHub not found: the enrollment names no hub that is linked"_s});
    }
    if (policy != u"hashed") {
        return hubs.first();
    }
    const QByteArray digest = QCryptographicHash::hash(
        enrollment.value(u"registrationId"_s).toString().toLower().toUtf8(),
        QCryptographicHash::Sha256);
    return hubs.at(qsizetype(qFromBigEndian<quint32>(digest.constData()) % quint32(hubs.size())));
}

} // namespace

Ruled<Allocation> allocate(const QJsonObject &enrollment, const QStringList &linkedHubs,
    const std::optional<Registration> &earlier)
{
    const QString id = enrollment.value(u"registrationId"_s).toString();
    QString deviceId = enrollment.value(u"deviceId"_s).toString();
    deviceId = deviceId.isEmpty() ? id : deviceId;
    const QJsonObject again = enrollment.value(u"reprovisionPolicy"_s).toObject();
    const bool wasAssigned = earlier && earlier->status == u"assigned";
    if (wasAssigned && !again.value(u"updateHubAssignment"_s).toBool(true)) {
        return Allocation{earlier->hub, earlier->deviceId, u"reprovisionedToInitialAssignment"_s};
    }
    const auto hub = hubFor(enrollment, linkedHubs);
    if (!hub) {
        return std::unexpected(hub.error());
    }
    const QString substatus = !wasAssigned                 ? u"initialAssignment"_s
        : earlier->hub == *hub                             ? u"reprovisionedToInitialAssignment"_s
        : again.value(u"migrateDeviceData"_s).toBool(true) ? u"deviceDataMigrated"_s
                                                           : u"deviceDataReset"_s;
    return Allocation{*hub, deviceId, substatus};
}

} // namespace upload::standin
