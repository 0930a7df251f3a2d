// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"
#include "upload/standin/enrollments.h"
#include "upload/standin/message.h"

namespace upload::standin {

/// The rules of the DPS service API for individual enrollments, after the door: who comes here has
/// shown a valid token.
class Desk {
public:
    Desk(Enrollments &enrollments, station::Clock clock);

    [[nodiscard]] Response get(const QString &registrationId);
    [[nodiscard]] Response put(const QString &registrationId, const Request &request);
    [[nodiscard]] Response remove(const QString &registrationId, const Request &request);
    [[nodiscard]] Response bulk(const Request &request);
    [[nodiscard]] Response query(const Request &request);

private:
    struct Refusal {
        int code = 0;
        QString text;
    };
    template <typename T> using Ruled = std::expected<T, Refusal>;
    enum class Mode { Create, Update, UpdateIfMatch, Delete };

    /// An absent `ifMatch` creates; any other replaces what it matches.
    [[nodiscard]] Ruled<Stored> keep(const QString &registrationId, const QJsonObject &record,
        const std::optional<QString> &ifMatch);
    [[nodiscard]] Ruled<bool> drop(
        const QString &registrationId, const std::optional<QString> &ifMatch);
    [[nodiscard]] Ruled<std::optional<Stored>> look(const QString &registrationId);
    [[nodiscard]] std::optional<Refusal> change(Mode mode, const QJsonObject &record);
    [[nodiscard]] static std::optional<Refusal> faultOf(
        const QString &registrationId, const QJsonObject &record);

    Enrollments &m_enrollments;
    station::Clock m_clock;
};

} // namespace upload::standin
