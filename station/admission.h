// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/device.h"
#include "station/error.h"

#include <QObject>
#include <QStringList>
#include <chrono>

namespace station {

/// Asks the factory's own system whether a device may be tested, before any TPM command is sent.
/// The command reads {"serial","station"} as JSON on stdin and prints {"allow":true,…} or
/// {"allow":false,"reason":"…"}; without a command everything is admitted.
class Admission : public QObject {
    Q_OBJECT
public:
    Admission(QString stationId, QStringList command, std::chrono::milliseconds deadline);

    void ask(const QString &serial);

Q_SIGNALS:
    /// Fault::Refused with the reason, or Fault::Down where the system gave no usable answer.
    void answered(const QString &serial, const station::Result<station::Device> &device);

private:
    QString m_stationId;
    QStringList m_command;
    std::chrono::milliseconds m_deadline;
};

/// Takes apart what the factory's system said about a serial.
[[nodiscard]] Result<Device> parseAdmission(const QString &serial, const QByteArray &json);

} // namespace station
