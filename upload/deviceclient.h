// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"
#include "upload/deviceanswer.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>
#include <memory>

namespace upload {

/// Where a device registers, and as what.
struct DeviceEndpoint {
    QUrl url; ///< https, without a path
    QString caFile; ///< PEM: the only trusted roots; empty: the system's
    QString idScope;
    std::chrono::milliseconds silence = std::chrono::seconds(15);
    std::chrono::milliseconds deadline = std::chrono::seconds(40); ///< of one exchange
    int attempts = 10; ///< of one request that meets 429, 5xx, or a lost answer
};

/// The DPS device API over HTTPS (2021-06-01). Like the SDKs it waits as it is told and asks again
/// after 429, 5xx and lost answers. Main thread; one request at a time; a client that goes says
/// nothing more.
class DeviceClient : public QObject {
    Q_OBJECT
public:
    /// Fault::Wrong for an unusable URL, CA file or scope.
    [[nodiscard]] static Result<std::unique_ptr<DeviceClient>> open(
        const DeviceEndpoint &endpoint, const station::Clock &clock = station::systemClock);

    ~DeviceClient() override;

    /// `token` is empty the first time.
    void enroll(const QString &registrationId, const QByteArray &body, const QByteArray &token);
    void poll(const QString &registrationId, const QString &operationId, const QByteArray &token);

    /// What a token of this device is made out for.
    [[nodiscard]] QString resource(const QString &registrationId) const;

Q_SIGNALS:
    void answered(const upload::Result<upload::DeviceAnswer> &answer);
    void waiting(std::chrono::milliseconds time, const upload::Error &because);

private:
    struct Call {
        QByteArray verb;
        QByteArray path; ///< encoded
        QByteArray body;
        QByteArray token;
    };

    DeviceClient(const DeviceEndpoint &endpoint, const station::Clock &clock);
    void submit(const Call &call);
    void send();
    void settle(const Result<Answer> &answer);

    DeviceEndpoint m_endpoint;
    station::Clock m_clock;
    QSslConfiguration m_tls;
    QNetworkAccessManager m_network;
    QTimer m_pause;
    Call m_call;
    int m_attempt = 0;
};

} // namespace upload
