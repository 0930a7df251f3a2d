// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/admission.h"

#include "station/command.h"
#include "station/errand.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<Error> down(const QString &why)
{
    return std::unexpected(Error{Fault::Down, u"the factory's system: "_s + why});
}

} // namespace

Admission::Admission(QString stationId, QStringList command, std::chrono::milliseconds deadline)
    : m_stationId(std::move(stationId)), m_command(std::move(command)), m_deadline(deadline)
{
}

void Admission::ask(const QString &serial)
{
    if (m_command.isEmpty()) {
        Q_EMIT answered(serial, Device{.serial = serial});
        return;
    }
    auto *errand = new Errand(m_command, m_deadline, this);
    connect(errand, &Errand::ended, this, [this, errand, serial](const auto &answer) {
        errand->deleteLater();
        Q_EMIT answered(
            serial, answer ? parseAdmission(serial, *answer) : down(answer.error().detail));
    });
    const QJsonObject question{{u"serial"_s, serial}, {u"station"_s, m_stationId}};
    errand->start(QJsonDocument(question).toJson(QJsonDocument::Compact) + '\n');
}

Result<Device> parseAdmission(const QString &serial, const QByteArray &json)
{
    if (json.size() > largestAnswer)
        return down(u"its answer is longer than 64 KiB"_s);
    QJsonParseError error;
    const QJsonObject answer = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError || !answer[u"allow"].isBool())
        return down(u"its answer is no JSON object with \"allow\": true or false"_s);
    if (!answer[u"allow"].toBool())
        return std::unexpected(
            Error{Fault::Refused, answer[u"reason"].toString(u"refused without a reason"_s)});
    if (answer.contains(u"serial") && answer[u"serial"].toString() != serial)
        return down(u"its answer is about another serial"_s);
    // Left out silently, an order that came as a number would be missing in every record.
    for (const QString &key : {u"boardSerial"_s, u"order"_s, u"customer"_s, u"product"_s})
        if (!answer[key].isString() && !answer[key].isUndefined() && !answer[key].isNull())
            return down(u"its answer's \"%1\" is no text"_s.arg(key));
    Device device{.serial = serial,
        .boardSerial = answer[u"boardSerial"].toString(),
        .order = answer[u"order"].toString(),
        .customer = answer[u"customer"].toString(),
        .product = answer[u"product"].toString()};
    for (const QString &key : answer.keys())
        if (answer[key].isString())
            device.facts[key] = answer[key].toString();
    return device;
}

} // namespace station
