// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/admission.h"

#include "station/command.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTimer>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr auto lateProperty = "late";

std::unexpected<Error> down(const QString &why)
{
    return std::unexpected(Error{Fault::Down, u"the factory's system: "_s + why});
}

} // namespace

Admission::Admission(QString stationId, QStringList command, std::chrono::milliseconds deadline)
    : m_stationId(std::move(stationId)), m_command(std::move(command)), m_deadline(deadline)
{
}

Admission::~Admission()
{
    for (auto *process : findChildren<QProcess *>()) {
        process->disconnect(this);
        endGroup(*process);
        process->waitForFinished(1000);
    }
}

void Admission::ask(const QString &serial)
{
    if (m_command.isEmpty()) {
        Q_EMIT answered(serial, Device{.serial = serial});
        return;
    }
    auto *process = new QProcess(this);
    becomeGroup(*process);
    connect(
        process, &QProcess::finished, this, [this, process, serial] { finish(process, serial); });
    connect(process, &QProcess::errorOccurred, this,
        [this, process, serial](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                finish(process, serial);
        });
    // Not only at the end: a command that never stops talking would fill the memory.
    connect(process, &QProcess::readyReadStandardOutput, this, [process] {
        if (process->bytesAvailable() > largestAnswer)
            endGroup(*process);
    });
    QTimer::singleShot(m_deadline, process, [process] {
        process->setProperty(lateProperty, true);
        endGroup(*process);
    });
    process->start(m_command.first(), m_command.mid(1));
    const QJsonObject question{{u"serial"_s, serial}, {u"station"_s, m_stationId}};
    process->write(QJsonDocument(question).toJson(QJsonDocument::Compact) + '\n');
    process->closeWriteChannel();
}

void Admission::finish(QProcess *process, const QString &serial)
{
    process->disconnect(this);
    process->deleteLater();
    const auto answer = answerOf(*process);
    if (process->property(lateProperty).toBool())
        Q_EMIT answered(serial, down(u"no answer within %1 ms"_s.arg(m_deadline.count())));
    else if (!answer)
        Q_EMIT answered(serial, down(answer.error().detail));
    else
        Q_EMIT answered(serial, parseAdmission(serial, *answer));
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
