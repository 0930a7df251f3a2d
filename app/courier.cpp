// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/courier.h"
#include "station/ornull.h"

namespace app {

using namespace Qt::StringLiterals;
using upload::Rest;

namespace {

QString word(Rest::State state)
{
    switch (state) {
    case Rest::State::Delivered:
        return u"delivered"_s;
    case Rest::State::Waiting:
        return u"waiting"_s;
    case Rest::State::Offline:
        return u"offline"_s;
    case Rest::State::NeedsPerson:
        return u"needs-person"_s;
    case Rest::State::NoLedger:
        return u"no-ledger"_s;
    }
    return {};
}

} // namespace

Courier::Courier(
    station::Ledger &ledger, const QString &destination, std::unique_ptr<upload::Carrier> carrier)
    : m_ledger(ledger), m_destination(destination), m_carrier(std::move(carrier)),
      m_drain(*m_carrier)
{
    connect(&m_drain, &Drain::done, this, [this](const Rest &rest) {
        m_rest = rest;
        m_ticket = m_ledger.count(m_destination);
    });
    connect(&m_ledger, &station::Ledger::counted, this,
        [this](quint64 ticket, const station::Result<station::DeliveryCounts> &counts) {
            if (m_ticket == 0 || ticket != m_ticket)
                return;
            m_ticket = 0;
            if (counts)
                m_counts = *counts;
            else
                m_rest = {Rest::State::NoLedger, counts.error().detail};
            Q_EMIT done();
        });
}

void Courier::start()
{
    m_drain.start();
}

Exit Courier::exit() const
{
    if (m_rest.state != Rest::State::Delivered)
        return Exit::StationError;
    return m_counts.rejected + m_counts.conflict > 0 ? Exit::DeviceFailed : Exit::Good;
}

QString Courier::toText() const
{
    return u"%1: %2; %3 waiting, %4 acknowledged, %5 confirmed, %6 rejected, %7 in conflict, %8 held"_s
        .arg(m_destination, word(m_rest.state))
        .arg(m_counts.pending + m_counts.sent)
        .arg(m_counts.acknowledged)
        .arg(m_counts.confirmed)
        .arg(m_counts.rejected)
        .arg(m_counts.conflict)
        .arg(m_counts.held);
}

QJsonObject Courier::toJson() const
{
    return {{u"service"_s, m_destination}, {u"state"_s, word(m_rest.state)},
        {u"detail"_s, station::orNull(m_rest.detail)}, {u"held"_s, m_counts.held},
        {u"pending"_s, m_counts.pending}, {u"sent"_s, m_counts.sent},
        {u"acknowledged"_s, m_counts.acknowledged}, {u"confirmed"_s, m_counts.confirmed},
        {u"rejected"_s, m_counts.rejected}, {u"conflict"_s, m_counts.conflict}};
}

} // namespace app
