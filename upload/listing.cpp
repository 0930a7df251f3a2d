// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/listing.h"

#include <QPointer>

namespace upload {

namespace {

constexpr int usualPage = 200; // of records of 4 KB, below the client's bound for an answer
constexpr int mostTries = 6; // of one page

bool passes(Fault fault)
{
    return fault == Fault::Unreachable || fault == Fault::Down || fault == Fault::Timeout
        || fault == Fault::Throttled;
}

} // namespace

Listing::Listing(Client &client, int perMinute, Take take, station::Clock clock, QObject *parent)
    : QObject(parent), m_client(client), m_pace(perMinute), m_take(std::move(take)),
      m_clock(std::move(clock)), m_pageSize(usualPage)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Listing::step);
}

void Listing::start()
{
    m_timer.start(0);
}

void Listing::step()
{
    using namespace std::chrono_literals;
    if (const auto wait = m_pace.wait(m_clock().monotonicUs); wait > 0ms) {
        return m_timer.start(wait);
    }
    m_pace.spend(1);
    m_client.query(
        m_pageSize, m_continuation, [self = QPointer<Listing>(this)](const Result<Page> &page) {
            if (self) {
                self->turned(page);
            }
        });
}

void Listing::turned(const Result<Page> &page)
{
    if (!page) {
        return retry(page.error());
    }
    m_failures = 0;
    if (const auto taken = m_take(page->enrollments); !taken) {
        return Q_EMIT ended(std::unexpected(taken.error()));
    }
    m_enrollments += page->enrollments.size();
    if (page->continuation.isEmpty()) {
        return Q_EMIT ended(m_enrollments);
    }
    m_continuation = page->continuation;
    step();
}

void Listing::retry(const Error &error)
{
    if (error.fault == Fault::TooLarge && m_pageSize > 1) { // its records are large ones
        m_pageSize /= 2;
        return step();
    }
    if (!passes(error.fault) || ++m_failures == mostTries) {
        return Q_EMIT ended(std::unexpected(error));
    }
    if (error.fault == Fault::Throttled) {
        m_pace.slow(m_clock().monotonicUs);
    }
    const std::chrono::milliseconds asked = error.retryAfter.value_or(std::chrono::seconds(0));
    m_timer.start(std::max(asked, backoff(m_failures)));
}

} // namespace upload
