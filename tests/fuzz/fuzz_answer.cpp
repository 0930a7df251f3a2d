// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "upload/answer.h"
#include "upload/enrollment.h"

#include <algorithm>

namespace {

constexpr qsizetype longestWords = 4096; // whatever a service says has to fit on a screen

/// Words that go to logs and terminals: bounded, and nothing a terminal would obey.
bool isTame(const QString &words)
{
    return words.size() <= longestWords
        && std::ranges::all_of(words, [](QChar c) { return c.isPrint(); });
}

/// A body of any status: a decision about an enrollment needs the service's own number.
void judgeAs(int status, const QByteArray &input)
{
    upload::Answer answer;
    answer.status = status;
    answer.body = input;
    answer.retryAfter = input;
    answer.date = input;
    answer.location = input;
    const auto judged = upload::judge(answer, QDateTime::fromSecsSinceEpoch(1'700'000'000));
    if (status >= 200 && status < 300) {
        return fuzz::require(judged.has_value());
    }
    fuzz::require(!judged);
    const upload::Error &error = judged.error();
    fuzz::require(error.httpStatus == status);
    fuzz::require(!error.detail.isEmpty() && isTame(error.detail));
    if (error.fault == upload::Fault::NotFound || error.fault == upload::Fault::Conflict) {
        fuzz::require(error.errorCode != 0);
    }
    if (error.retryAfter) {
        fuzz::require(*error.retryAfter >= std::chrono::seconds(0));
        fuzz::require(*error.retryAfter <= std::chrono::hours(1));
    }
}

void readEnrollments(const QByteArray &input)
{
    if (const auto enrollment = upload::parseEnrollment(input)) {
        fuzz::require(!enrollment->registrationId.isEmpty());
        // What was read can be written and read again.
        const auto again = upload::parseEnrollment(upload::toBody(*enrollment));
        fuzz::require(again && again->registrationId == enrollment->registrationId
            && again->endorsementKey == enrollment->endorsementKey
            && again->enabled == enrollment->enabled);
    } else {
        fuzz::require(enrollment.error().fault == upload::Fault::Malformed);
    }
    if (const auto state = upload::parseRegistrationState(input)) {
        fuzz::require(!state->status.isEmpty() && isTame(state->status) && isTame(state->hub));
    }
    if (const auto page = upload::parseEnrollments(input); !page) {
        fuzz::require(page.error().fault == upload::Fault::Malformed);
    }
}

void readBulk(const QByteArray &input)
{
    const auto bulk = upload::parseBulkAnswer(input);
    if (!bulk) {
        return fuzz::require(bulk.error().fault == upload::Fault::Malformed);
    }
    for (const upload::BulkItem &item : bulk->items) {
        fuzz::require(item.errorCode != 0 && !item.registrationId.isEmpty());
        fuzz::require(bulk->itemOf(item.registrationId) != nullptr);
        fuzz::require(isTame(item.errorStatus));
    }
}

} // namespace

/// What a service, or whatever stands in its place, answers.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    for (const int status : {0, 200, 302, 400, 401, 404, 409, 429, 503}) {
        judgeAs(status, input);
    }
    readEnrollments(input);
    readBulk(input);
    if (const auto said = upload::parseServiceError(input)) {
        fuzz::require(said->code != 0 && isTame(said->message));
    }
    return 0;
}
