// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/trouble.h"

#include "upload/standin/codes.h"

#include <QJsonDocument>

#include <array>

using namespace Qt::StringLiterals;

namespace upload::standin {

Dice::Dice(int perThousand, quint32 seed)
    : m_perThousand(static_cast<unsigned int>(perThousand)), m_numbers(seed)
{
}

// The distributions of the standard library differ from one library to the next; remainders do not.
Trouble Dice::roll()
{
    constexpr std::array troubles{Trouble::Throttled, Trouble::Broken, Trouble::Unheard,
        Trouble::Unanswered, Trouble::Partly};
    const bool isStruck = m_numbers() % 1000 < m_perThousand;
    const auto which = m_numbers() % troubles.size();
    return isStruck ? troubles.at(which) : Trouble::None;
}

bool Dice::toss()
{
    return m_numbers() % 2 == 0;
}

std::optional<Part> partOf(const Request &request, Dice &dice)
{
    QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const QJsonArray records = body.value(u"enrollments"_s).toArray();
    if (records.size() < 2) {
        return std::nullopt;
    }
    Part part{request, {}};
    QJsonArray kept;
    for (const QJsonValue &record : records) {
        if (kept.isEmpty() || dice.toss()) {
            kept.append(record);
        } else {
            part.errors.append(QJsonObject{{u"registrationId"_s, record[u"registrationId"]},
                {u"errorCode"_s, code::broken}, {u"errorStatus"_s, u"Internal server error"_s}});
        }
    }
    body[u"enrollments"_s] = kept;
    part.request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return part;
}

Response wholeOf(Response response, const QJsonArray &errors)
{
    QJsonObject body = QJsonDocument::fromJson(response.body).object();
    if (response.status != 200) {
        return response;
    }
    QJsonArray all = body.value(u"errors"_s).toArray();
    for (const QJsonValue &error : errors) {
        all.append(error);
    }
    body[u"errors"_s] = all;
    body[u"isSuccessful"_s] = all.isEmpty();
    response.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return response;
}

} // namespace upload::standin
