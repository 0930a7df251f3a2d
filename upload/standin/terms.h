// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <chrono>
#include <optional>

namespace upload::standin {

/// What goes wrong on purpose, for tests and training; 0: never. Counted in requests.
struct Mischief {
    int throttleEvery = 0; ///< answers 429
    int retryAfter = 1; ///< seconds, in those answers; 0: without the header
    int failEvery = 0; ///< answers 500 and does nothing
    int dropEvery = 0; ///< does the work, then closes without an answer
    int perThousand = 0; ///< requests that meet one of the troubles, at random
    quint32 seed = 1; ///< of that randomness
    std::chrono::milliseconds latency{0}; ///< before every answer
    QStringList lockedHubs; ///< linked, but they do not let the service in
    bool disguised = false; ///< does not say that it is a stand-in

    bool operator==(const Mischief &) const = default;
};

/// How much is served; 0: no limit.
struct Quotas {
    int operations = 0; ///< a minute, of the service API
    int registrations = 0; ///< a minute, of the device API
    int polls = 0; ///< in ten seconds, of one device

    static constexpr Quotas real() { return {1000, 1000, 5}; } ///< those of the real service

    bool operator==(const Quotas &) const = default;
};

/// What nobody could verify about the real service; each can be changed, so that a client can be
/// tried against either answer.
struct Assumptions {
    bool bulkAtomic = false; ///< one bad enrollment undoes its whole bulk
    bool bulkCountsItems = false; ///< a bulk of ten spends ten operations, not one
    bool expiredTokenPolls = true; ///< a device may poll on with the token that began the operation
    bool eccKeys = false; ///< an ECC endorsement key can be enrolled
    int noEnrollment = 404201;
    int noRegistration = 404202;
    int unknownDevice = 401002; ///< who registers without an enrollment
    std::chrono::seconds challengeLife{600}; ///< after it a token for the nonce is too late

    bool operator==(const Assumptions &) const = default;
};

/// "name=value" changes one of them; otherwise what is wrong with the text.
[[nodiscard]] std::optional<QString> assume(Assumptions &assumptions, const QString &text);

/// How a stand-in behaves towards devices and clients.
struct Terms {
    QString idScope = QStringLiteral("0ne00000000");
    QStringList hubs{
        QStringLiteral("hub.ekstation.test")}; ///< linked; devices are assigned to these
    std::chrono::milliseconds assignment{0}; ///< how long "assigning" takes
    int pollAfter = 3; ///< seconds, in Retry-After
    qint64 mostEnrollments = 1'000'000;
    Quotas quotas;
    Assumptions assumptions;
    Mischief mischief;

    bool operator==(const Terms &) const = default;
};

} // namespace upload::standin
