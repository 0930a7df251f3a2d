// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledger.h"

#include "station/store.h"

#include <QRandomGenerator>
#include <future>

namespace station {

QByteArray systemRandom(int bytes)
{
    QByteArray random(bytes, '\0');
    QRandomGenerator::system()->generate(random.begin(), random.end());
    return random;
}

Ledger::Ledger()
{
    // One thread that never retires: a SQL connection belongs to the thread that opened it.
    m_writer.setMaxThreadCount(1);
    m_writer.setExpiryTimeout(-1);
}

Ledger::~Ledger()
{
    m_writer.start([this] { m_store.reset(); });
    m_writer.waitForDone();
}

Result<std::unique_ptr<Ledger>> Ledger::open(const LedgerPlace &place)
{
    std::unique_ptr<Ledger> ledger(new Ledger);
    std::promise<Result<void>> opened;
    ledger->m_writer.start([&] {
        auto store = Store::open(place);
        if (!store)
            return opened.set_value(std::unexpected(store.error()));
        auto queue = (*store)->queue();
        if (!queue)
            return opened.set_value(std::unexpected(queue.error()));
        for (const Queued &queued : std::as_const(*queue)) {
            const bool isInterrupted = queued.state == Queued::State::Interrupted;
            (isInterrupted ? ledger->m_interrupted : ledger->m_waiting).append(queued);
        }
        ledger->m_store = std::move(*store);
        opened.set_value({});
    });
    if (auto result = opened.get_future().get(); !result)
        return std::unexpected(result.error());
    return ledger;
}

quint64 Ledger::post(std::function<void(Store &, quint64)> job)
{
    const quint64 ticket = ++m_lastTicket;
    m_writer.start([this, ticket, job = std::move(job)] { job(*m_store, ticket); });
    return ticket;
}

quint64 Ledger::enqueue(const QList<Queued> &serials)
{
    return post([this, serials](Store &store, quint64 ticket) {
        Q_EMIT queueWritten(ticket, store.enqueue(serials));
    });
}

quint64 Ledger::begin(const QString &serial, const QString &slot)
{
    return post([this, serial, slot](Store &store, quint64 ticket) {
        Q_EMIT queueWritten(ticket, store.begin(serial, slot));
    });
}

quint64 Ledger::forget(const QString &serial)
{
    return post([this, serial](Store &store, quint64 ticket) {
        Q_EMIT queueWritten(ticket, store.forget(serial));
    });
}

quint64 Ledger::record(const Proposal &proposal)
{
    return post([this, proposal](Store &store, quint64 ticket) {
        Q_EMIT recorded(ticket, store.record(proposal));
    });
}

quint64 Ledger::act(const QByteArray &body)
{
    return post(
        [this, body](Store &store, quint64 ticket) { Q_EMIT acted(ticket, store.act(body)); });
}

Result<qint64> Ledger::intend(const Intent &intent)
{
    std::promise<Result<qint64>> recorded;
    m_writer.start([&] { recorded.set_value(m_store->intend(intent)); });
    return recorded.get_future().get();
}

quint64 Ledger::lookUp(const QStringList &serials)
{
    return post([this, serials](Store &store, quint64 ticket) {
        Q_EMIT lookedUp(ticket, store.lookUp(serials));
    });
}

quint64 Ledger::askRetest(const QString &serial, const RetestRule &rule)
{
    return post([this, serial, rule](Store &store, quint64 ticket) {
        Q_EMIT retestAnswered(ticket, store.mayTest(serial, rule));
    });
}

quint64 Ledger::release(const Release &release)
{
    return post([this, release](Store &store, quint64 ticket) {
        Q_EMIT released(ticket, store.release(release));
    });
}

quint64 Ledger::request(const QString &serial, DeliveryKind kind)
{
    return post([this, serial, kind](Store &store, quint64 ticket) {
        Q_EMIT requested(ticket, store.request(serial, kind));
    });
}

namespace {

Result<QList<Delivery>> deliveriesOf(const Result<Leased> &leased)
{
    if (!leased)
        return std::unexpected(leased.error());
    return leased->deliveries;
}

} // namespace

quint64 Ledger::carryOut(const UnitDeed &deed, const DeedRule &rule)
{
    return post([this, deed, rule](Store &store, quint64 ticket) {
        Q_EMIT carriedOut(ticket, store.carryOut(deed, rule));
    });
}

quint64 Ledger::openOrder(const Order &order, const QStringList &people)
{
    return post([this, order, people](Store &store, quint64 ticket) {
        Q_EMIT orderOpened(ticket, store.openOrder(order, people));
    });
}

quint64 Ledger::closeOrder(const QString &ref, const QStringList &people)
{
    return post([this, ref, people](Store &store, quint64 ticket) {
        Q_EMIT orderClosed(ticket, store.closeOrder(ref, people));
    });
}

quint64 Ledger::logIn(const LogIn &logIn)
{
    return post([this, logIn](
                    Store &store, quint64 ticket) { Q_EMIT loggedIn(ticket, store.logIn(logIn)); });
}

quint64 Ledger::people()
{
    return post(
        [this](Store &store, quint64 ticket) { Q_EMIT peopleListed(ticket, store.people()); });
}

quint64 Ledger::changePerson(const PersonChange &change)
{
    return post([this, change](Store &store, quint64 ticket) {
        Q_EMIT personChanged(ticket, store.changePerson(change));
    });
}

quint64 Ledger::erasePerson(const QString &nameOrId, const QString &by)
{
    return post([this, nameOrId, by](Store &store, quint64 ticket) {
        Q_EMIT personChanged(ticket, store.erasePerson(nameOrId, by));
    });
}

quint64 Ledger::lease(const QString &destination, const QString &owner, int most, int seconds)
{
    return post([this, destination, owner, most, seconds](Store &store, quint64 ticket) {
        const auto result = store.lease(destination, owner, most, seconds);
        Q_EMIT leased(ticket, deliveriesOf(result), result ? result->uncertain : QList<qint64>());
    });
}

quint64 Ledger::leaseAcknowledged(
    const QString &destination, const QString &owner, int most, int seconds)
{
    return post([this, destination, owner, most, seconds](Store &store, quint64 ticket) {
        const auto result = store.leaseAcknowledged(destination, owner, most, seconds);
        Q_EMIT leased(ticket, deliveriesOf(result), {});
    });
}

quint64 Ledger::findAcknowledged(const QString &destination, const QStringList &keys)
{
    return post([this, destination, keys](Store &store, quint64 ticket) {
        Q_EMIT found(ticket, store.acknowledged(destination, keys));
    });
}

quint64 Ledger::settle(const QList<Settlement> &settlements)
{
    return post([this, settlements](Store &store, quint64 ticket) {
        Q_EMIT settled(ticket, store.settle(settlements));
    });
}

quint64 Ledger::count(const QString &destination)
{
    return post([this, destination](Store &store, quint64 ticket) {
        Q_EMIT counted(ticket, store.count(destination));
    });
}

} // namespace station
