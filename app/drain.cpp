// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/drain.h"

namespace app {

namespace {

constexpr std::chrono::seconds patience{60};

} // namespace

Drain::Drain(upload::Outbox &outbox) : m_outbox(outbox)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&outbox, &upload::Outbox::rested, this, &Drain::rested);
    connect(&outbox, &upload::Outbox::settled, this, [this] {
        if (m_started)
            m_patience.start();
    });
    connect(&m_patience, &QTimer::timeout, this, [this] { end(m_last); });
}

void Drain::start()
{
    m_started = true;
    m_patience.start();
    m_outbox.wake();
}

void Drain::rested(const upload::Rest &rest)
{
    if (!m_started)
        return;
    m_last = rest;
    if (rest.state != upload::Rest::State::Waiting)
        end(rest);
}

void Drain::end(const upload::Rest &rest)
{
    m_started = false;
    m_patience.stop();
    Q_EMIT done(rest);
}

} // namespace app
