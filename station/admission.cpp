// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/admission.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTimer>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype largestAnswer = 64 * 1024;

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
        process->kill();
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
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(
        process, &QProcess::finished, this, [this, process, serial] { finish(process, serial); });
    connect(process, &QProcess::errorOccurred, this,
        [this, process, serial](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                finish(process, serial);
        });
    QTimer::singleShot(m_deadline, process, [process] { process->kill(); });
    process->start(m_command.first(), m_command.mid(1));
    const QJsonObject question{{u"serial"_s, serial}, {u"station"_s, m_stationId}};
    process->write(QJsonDocument(question).toJson(QJsonDocument::Compact) + '\n');
    process->closeWriteChannel();
}

void Admission::finish(QProcess *process, const QString &serial)
{
    process->disconnect(this);
    process->deleteLater();
    Result<Device> device = down(u"\"%1\" could not be started"_s.arg(m_command.first()));
    if (process->error() != QProcess::FailedToStart) {
        if (process->exitStatus() == QProcess::CrashExit)
            device = down(u"no answer within %1 ms"_s.arg(m_deadline.count()));
        else if (process->exitCode() != 0)
            device = down(u"it ended with exit code %1"_s.arg(process->exitCode()));
        else
            device = parseAdmission(serial, process->readAllStandardOutput());
    }
    Q_EMIT answered(serial, device);
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
