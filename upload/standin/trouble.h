// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/standin/message.h"

#include <QJsonArray>

#include <random>

namespace upload::standin {

/// What may go wrong with a request, at random.
enum class Trouble {
    None,
    Throttled, ///< 429, with or without a time
    Broken, ///< 500, and nothing is done
    Unheard, ///< closed without an answer, and nothing is done
    Unanswered, ///< done, and closed without an answer
    Partly, ///< a bulk of which some enrollments are refused; for another request none
};

/// Troubles that follow from a seed. One thread.
class Dice {
public:
    /// Of a thousand requests, so many meet one.
    Dice(int perThousand, quint32 seed);

    [[nodiscard]] Trouble roll();
    [[nodiscard]] bool toss(); ///< heads or tails

private:
    unsigned int m_perThousand;
    std::mt19937 m_numbers;
};

/// A bulk without some of its enrollments, and what the answer says of those.
struct Part {
    Request request;
    QJsonArray errors;
};
/// Nothing where it is no bulk, or a bulk of one.
[[nodiscard]] std::optional<Part> partOf(const Request &request, Dice &dice);
/// The answer to a part, as the answer to the whole.
[[nodiscard]] Response wholeOf(Response response, const QJsonArray &errors);

} // namespace upload::standin
