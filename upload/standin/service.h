// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/credential.h"
#include "upload/standin/desk.h"

namespace upload::standin {

/// What goes wrong on purpose, for tests and training; 0: never. Counted in requests.
struct Mischief {
    int throttleEvery = 0; ///< answers 429
    int retryAfter = 1; ///< seconds, in those answers; 0: without the header
    int failEvery = 0; ///< answers 500 and does nothing
    int dropEvery = 0; ///< does the work, then closes without an answer
    std::chrono::milliseconds latency{0}; ///< before every answer
    bool disguised = false; ///< does not say that it is a stand-in

    bool operator==(const Mischief &) const = default;
};

/// The DPS service API as a function from request to response. One thread.
class Service {
public:
    /// `credential.host` is the name that tokens are made out for.
    Service(Enrollments &enrollments, const Credential &credential, const Mischief &mischief,
        const station::Clock &clock);

    [[nodiscard]] Response answer(const Request &request);

private:
    [[nodiscard]] Response admit(const Request &request);
    [[nodiscard]] Response route(const Request &request, const QList<QByteArray> &segments);
    [[nodiscard]] bool isAuthorized(
        const Request &request, const QList<QByteArray> &segments) const;

    Desk m_desk;
    Credential m_credential;
    Mischief m_mischief;
    station::Clock m_clock;
    qint64 m_requests = 0;
};

} // namespace upload::standin
