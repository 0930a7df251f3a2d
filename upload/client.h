// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/answer.h"
#include "upload/enrollment.h"
#include "upload/proxy.h"
#include "upload/tokensource.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QUrl>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace upload {

class Exchange;

/// Where a provisioning service is and how much of it is believed.
struct Endpoint {
    QUrl url; ///< https, without a path
    QString caFile; ///< PEM: the only trusted roots; empty: the system's
    Proxy proxy;
    bool test = false; ///< a stand-in may answer
    bool requireStandIn = false; ///< nothing but a stand-in may answer (a training ledger)
    /// Requests at a time. Each has a connection of its own; those of a slow service stay open.
    int inFlight = 20;
    std::chrono::milliseconds silence =
        std::chrono::seconds(15); ///< longest pause within an exchange
    std::chrono::milliseconds deadline = std::chrono::seconds(40); ///< of a whole exchange
    qsizetype largestAnswer = 1 << 20;
};

/// One page of a query.
struct Page {
    QList<Enrollment> enrollments;
    QByteArray continuation; ///< empty: the last page

    bool operator==(const Page &) const = default;
};

/// What a client has asked so far; the service's owner pays for each call.
struct Tally {
    qint64 calls = 0;
    qint64 throttled = 0; ///< of them, refused with HTTP 429

    bool operator==(const Tally &) const = default;
};

/// The DPS service API (2021-10-01) for individual enrollments and registrations. Main thread; each
/// call ends in its callback, never before the call returned, and never after the client is gone.
class Client : public QObject {
    Q_OBJECT
public:
    template <typename T> using Then = std::function<void(const Result<T> &)>;

    /// Fault::Wrong for an unusable URL or CA file.
    [[nodiscard]] static Result<std::unique_ptr<Client>> open(const Endpoint &endpoint,
        const Credential &credential, const station::Clock &clock = station::systemClock);
    ~Client() override;

    /// At most `largestBulk` records, each the body of an enrollment; sent byte for byte.
    void bulkCreate(const QList<QByteArray> &records, const Then<BulkAnswer> &then);
    void get(const QString &registrationId, const Then<Enrollment> &then);
    /// With every field that the service keeps, those that are nobody's here too.
    void getRecord(const QString &registrationId, const Then<QJsonObject> &then);
    void putRecord(
        const QJsonObject &record, const QByteArray &ifMatch, const Then<Enrollment> &then);
    /// Without an etag it creates; with one (or "*") it replaces.
    void put(const Enrollment &enrollment, const QByteArray &ifMatch, const Then<Enrollment> &then);
    void remove(const QString &registrationId, const QByteArray &ifMatch, const Then<bool> &then);
    /// What became of a device's last registration.
    void registration(const QString &registrationId, const Then<RegistrationState> &then);
    void removeRegistration(const QString &registrationId, const Then<bool> &then);
    void query(int most, const QByteArray &continuation, const Then<Page> &then);

    [[nodiscard]] bool standIn() const { return m_standIn; } ///< the last answer came from one
    [[nodiscard]] const Tally &tally() const { return m_tally; }
    [[nodiscard]] const Endpoint &endpoint() const { return m_endpoint; }

private:
    using Done = std::function<void(const Result<Answer> &)>;
    struct Call {
        QByteArray verb;
        QByteArray path; ///< encoded
        QByteArray body;
        QList<std::pair<QByteArray, QByteArray>> headers;
        Done done;
    };
    enum class Identity { Unknown, Asking, Known };
    /// An access manager opens at most six connections to one host, and queues what is more: a
    /// distant service gets as many managers as it takes. The first ones are used first, so that
    /// a station with little to say keeps one connection.
    struct Lane {
        std::unique_ptr<QNetworkAccessManager> network;
        int running = 0;
    };

    Client(const Endpoint &endpoint, const Credential &credential, const station::Clock &clock);
    void submit(const Call &call);
    void pump();
    void goOn(const Result<bool> &outcome); ///< of asking for a token
    void askIdentity();
    void start(const Call &call);
    void settle(const Done &done, const Result<Answer> &answer);
    void failWaiting(const Error &error);
    [[nodiscard]] size_t freeLane();
    [[nodiscard]] QNetworkRequest requestFor(const Call &call);
    [[nodiscard]] std::optional<Error> identityFault(bool standIn) const;

    Endpoint m_endpoint;
    station::Clock m_clock;
    TokenSource m_tokens;
    QSslConfiguration m_tls;
    std::vector<Lane> m_lanes;
    std::deque<Call> m_waiting;
    Tally m_tally;
    int m_running = 0;
    bool m_standIn = false;
    Identity m_identity = Identity::Unknown;
};

} // namespace upload
