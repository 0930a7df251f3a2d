// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/standin/desk.h"
#include "upload/standin/policies.h"
#include "upload/standin/registrar.h"
#include "upload/standin/trouble.h"

namespace upload::standin {

/// The DPS service API and device API as a function from request to response. One thread.
class Service {
public:
    /// The policies' host is the name that clients' tokens are made out for.
    Service(Books &books, const QList<Policy> &policies, const Terms &terms,
        const station::Clock &clock, const station::Random &random = station::systemRandom);

    [[nodiscard]] Response answer(const Request &request);

private:
    using Path = QList<QByteArray>; ///< decoded segments

    [[nodiscard]] Response meet(Trouble trouble, const Request &request);
    [[nodiscard]] Response admit(const Request &request);
    [[nodiscard]] Response answerDevice(const Request &request, const Path &path);
    [[nodiscard]] Response answerClient(const Request &request, const Path &path);
    [[nodiscard]] Response route(const Request &request, const Path &path);
    [[nodiscard]] Response routeEnrollment(const Request &request, const Path &path);
    [[nodiscard]] Response routeRegistration(const Request &request, const Path &path);
    /// What the token's policy may do; nothing where the token is not good for this path.
    [[nodiscard]] std::optional<Rights> rightsOf(const Request &request, const Path &path) const;
    /// What a request costs of the minute's operations.
    [[nodiscard]] int costOf(const Request &request, const Path &path) const;

    Desk m_desk;
    Registrar m_registrar;
    QList<Policy> m_policies;
    Terms m_terms;
    station::Clock m_clock;
    Quota m_operations;
    Quota m_arrivals;
    Dice m_dice;
    qint64 m_requests = 0;
};

} // namespace upload::standin
