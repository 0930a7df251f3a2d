// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"
#include "upload/standin/enrollments.h"
#include "upload/standin/message.h"
#include "upload/standin/registrations.h"
#include "upload/standin/terms.h"

namespace upload::standin {

/// The rules of the DPS service API for individual enrollments and registrations, after the door:
/// who comes here has shown a valid token.
class Desk {
public:
    Desk(Books &books, const Terms &terms, station::Clock clock);

    [[nodiscard]] Response get(const QString &registrationId);
    [[nodiscard]] Response put(const QString &registrationId, const Request &request);
    [[nodiscard]] Response remove(const QString &registrationId, const Request &request);
    [[nodiscard]] Response attestation(const QString &registrationId);
    [[nodiscard]] Response bulk(const Request &request);
    [[nodiscard]] Response query(const Request &request);

    [[nodiscard]] Response registration(const QString &registrationId);
    [[nodiscard]] Response removeRegistration(
        const QString &registrationId, const Request &request);

private:
    enum class Mode { Create, Update, UpdateIfMatch, Delete };

    /// An absent `ifMatch` creates; any other replaces what it matches.
    [[nodiscard]] Ruled<Stored> keep(const QString &registrationId, const QJsonObject &record,
        const std::optional<QString> &ifMatch);
    [[nodiscard]] Ruled<bool> drop(
        const QString &registrationId, const std::optional<QString> &ifMatch);
    [[nodiscard]] Ruled<Stored> look(const QString &registrationId);
    [[nodiscard]] Ruled<Registration> lookRegistered(const QString &registrationId);
    [[nodiscard]] std::optional<Refusal> change(Mode mode, const QJsonObject &record);
    [[nodiscard]] Response change(Mode mode, const QJsonArray &records);
    [[nodiscard]] QJsonObject shown(const Stored &stored);
    [[nodiscard]] qint64 nowMs() const { return m_clock().utcUs / 1000; }

    Books &m_books;
    Enrollments m_enrollments;
    Registrations m_registrations;
    Terms m_terms;
    station::Clock m_clock;
};

} // namespace upload::standin
