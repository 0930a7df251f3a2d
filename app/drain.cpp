// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/drain.h"

namespace app {

namespace {

constexpr std::chrono::seconds patience{60};
constexpr int mostTries = 4; // in a row that bring nothing

} // namespace

Drain::Drain(upload::Carrier &carrier) : m_carrier(carrier)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&carrier, &upload::Carrier::rested, this, &Drain::rested);
    connect(&carrier, &upload::Carrier::settled, this, &Drain::settled);
    connect(&m_patience, &QTimer::timeout, this, [this] { end(m_last); });
}

void Drain::start()
{
    m_started = true;
    m_tries = 0;
    m_last = {};
    m_patience.start();
    m_carrier.wake();
}

void Drain::settled(const station::Settlement &settlement)
{
    using enum station::DeliveryState;
    const auto state = settlement.state;
    // What goes back to be sent or read again comes by here too, and is no progress.
    if (!m_started || state == Pending || state == Sent)
        return;
    m_patience.start();
    if (state != Acknowledged)
        m_tries = 0;
}

void Drain::rested(const upload::Rest &rest)
{
    if (!m_started)
        return;
    // A try that finds nothing due yet has nothing to say; what was wrong before still is.
    const bool saysNothing = rest.state == upload::Rest::State::Waiting && rest.detail.isEmpty();
    m_last = {rest.state, saysNothing ? m_last.detail : rest.detail};
    if (rest.state != upload::Rest::State::Waiting || ++m_tries == mostTries)
        end(m_last);
}

void Drain::end(const upload::Rest &rest)
{
    m_started = false;
    m_patience.stop();
    Q_EMIT done(rest);
}

} // namespace app
