// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/device.h"
#include "station/error.h"

#include <QObject>
#include <QStringList>
#include <chrono>
#include <functional>
#include <optional>

namespace station {

/// How the factory's system is asked: the question as JSON on one line, and who hears the answer.
/// Never answers before it returns, once at the most, and never when what it rests on is gone.
using AskFactory = std::function<void(
    const QByteArray &question, std::function<void(const Result<QByteArray> &)>)>;

/// Asks the factory's own system whether a device may be tested, before any TPM command is sent.
/// It reads {"serial","station"} as JSON and says {"allow":true,…} or
/// {"allow":false,"reason":"…"}; where nobody is asked everything is admitted.
class Admission : public QObject {
    Q_OBJECT
public:
    Admission(QString stationId, AskFactory askFactory);
    /// Asks a command, which reads stdin and prints its answer.
    Admission(QString stationId, const QStringList &command, std::chrono::milliseconds deadline);

    /// Where no usable answer comes, devices are admitted with order, customer and product of
    /// `order`, and with the fact "admission": "cached-order". Every answer that allows renews it.
    void fallBackOn(const Device &order);

    void ask(const QString &serial);

Q_SIGNALS:
    /// Fault::Refused with the reason, or Fault::Down where the system gave no usable answer.
    void answered(const QString &serial, const station::Result<station::Device> &device);

private:
    void answer(const QString &serial, const Result<Device> &device);

    QString m_stationId;
    AskFactory m_askFactory;
    std::optional<Device> m_cached; ///< whom to take where there is no answer; none: nobody
};

/// Takes apart what the factory's system said about a serial. Fault::Refused: it says no, or speaks
/// of another unit; Fault::Down for what is no answer.
[[nodiscard]] Result<Device> parseAdmission(const QString &serial, const QByteArray &json);

} // namespace station
