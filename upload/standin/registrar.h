// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"
#include "upload/sastoken.h"
#include "upload/standin/enrollments.h"
#include "upload/standin/message.h"
#include "upload/standin/quota.h"
#include "upload/standin/registrations.h"
#include "upload/standin/terms.h"

namespace upload::standin {

/// The DPS device API for TPM attestation: a device shows its EK and SRK, is challenged with a key
/// that only its TPM can unwrap, and comes back with a token signed by that key.
class Registrar {
public:
    Registrar(Books &books, const Terms &terms, station::Clock clock, station::Random random);

    [[nodiscard]] Response enroll(const QString &registrationId, const Request &request);
    [[nodiscard]] Response poll(
        const QString &registrationId, const QString &operationId, const Request &request);
    [[nodiscard]] Response status(const QString &registrationId, const Request &request);

private:
    struct Challenge {
        Secret key;
        QByteArray endorsementKey; ///< decoded
        QByteArray storageRootKey; ///< decoded
        qint64 untilUs = 0; ///< monotonic
    };
    struct Keys {
        QByteArray endorsementKey;
        QByteArray storageRootKey;
    };

    [[nodiscard]] Response challenge(
        const QString &registrationId, const Stored &enrollment, const Keys &keys);
    [[nodiscard]] Response redeem(const QString &registrationId, const Stored &enrollment,
        const Keys &keys, const QByteArray &authorization);
    [[nodiscard]] Response start(
        const Stored &enrollment, const std::optional<Registration> &earlier, const Challenge &met);
    [[nodiscard]] Ruled<Registration> decide(
        const Stored &enrollment, const std::optional<Registration> &earlier, const Challenge &met);
    [[nodiscard]] Response operation(const Registration &registration, int status) const;
    /// The registration whose token key signed this request.
    [[nodiscard]] Ruled<Registration> known(const QString &registrationId, const Request &request);
    [[nodiscard]] bool isFor(const PresentedToken &token, const QString &registrationId) const;
    [[nodiscard]] bool isFresh(const PresentedToken &token) const;
    [[nodiscard]] Ruled<QByteArray> wrap(const Keys &keys, const Secret &key) const;
    [[nodiscard]] qint64 nowMs() const { return m_clock().utcUs / 1000; }
    void makeRoom();

    Books &m_books;
    Enrollments m_enrollments;
    Registrations m_registrations;
    Terms m_terms;
    station::Clock m_clock;
    station::Random m_random;
    Quota m_polls;
    QHash<QString, Challenge> m_challenges; ///< by registrationId in lower case; one each
};

} // namespace upload::standin
