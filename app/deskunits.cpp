// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/deedrule.h"
#include "app/desk.h"
#include "app/orderbundle.h"
#include "ui/personwording.h"
#include "ui/screenwording.h"
#include "ui/unitwording.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

// The desk's units and orders: what people do with them, and the gate before the box.

namespace app {

using station::Ledger;
using station::Line;
namespace wording = ui::wording;

void Desk::connectUnits()
{
    auto &page = m_window->unitPage();
    auto &ledger = m_wiring->ledger();
    const auto &plan = m_wiring->line().plan();
    connect(&page, &ui::UnitPage::lifeAsked, m_reader.get(), &station::Reader::tell);
    connect(m_reader.get(), &station::Reader::told, &page,
        [&page](quint64, const auto &life) { page.showLife(life); });
    connect(&page, &ui::UnitPage::deedAsked, this,
        [this, &ledger, &plan](const station::UnitDeed &deed) {
            m_deeds[ledger.carryOut(deed, deedRuleOf(plan, deed.event))] = deed.serial;
        });
    connect(&page, &ui::UnitPage::releaseAsked, this, &Desk::release);
    connect(&ledger, &Ledger::carriedOut, this, &Desk::carriedOut);
    connect(&ledger, &Ledger::released, this, &Desk::released);
}

void Desk::release(station::Release release)
{
    release.persons = m_wiring->line().plan().releasers;
    m_releases[m_wiring->ledger().release(release)] = release;
}

/// As it was scanned: by whoever works here, if one person is enough.
void Desk::releaseLot(const QString &scan)
{
    auto &page = m_window->linePage();
    if (!m_worker.may(station::Right::Release)) {
        page.showScan(scan, wording::mayNot(station::Right::Release), true);
    } else if (!m_order) {
        page.showScan(scan, wording::noOrder(), true);
    } else {
        page.showScan(scan, wording::cue({station::Cue::Kind::Release, {}}), false);
        release({.order = m_order->ref, .serial = {}, .people = m_worker.ids()});
    }
}

void Desk::released(quint64 ticket, const station::Result<qint64> &units)
{
    if (!m_releases.contains(ticket))
        return;
    const auto release = m_releases.take(ticket);
    auto &page = m_window->unitPage();
    const QString said = units ? wording::released(release, *units) : units.error().detail;
    const bool isDone = units && *units > 0;
    if (release.serial.isEmpty()) {
        page.orderBar().showMessage(said, isDone);
        m_window->linePage().showScan({}, said, !isDone);
    } else {
        page.showMessage(said, isDone);
    }
    if (isDone)
        page.showSecond({});
    page.refresh();
    for (auto *outbox : m_wiring->outboxes())
        outbox->wake();
}

void Desk::carriedOut(quint64 ticket, const station::Result<station::UnitDone> &done)
{
    if (!m_deeds.contains(ticket))
        return;
    auto &page = m_window->unitPage();
    const QString serial = m_deeds.take(ticket);
    page.showMessage(done ? wording::done(serial, *done) : done.error().detail, done.has_value());
    if (done)
        page.showSecond({});
    page.refresh();
    for (auto *outbox : m_wiring->outboxes())
        outbox->wake();
    askWork(); // a scrapped unit counts in its order
}

void Desk::connectOrders()
{
    auto &bar = m_window->unitPage().orderBar();
    auto &ledger = m_wiring->ledger();
    connect(&m_wiring->line(), &Line::concluded, this, &Desk::askWork);
    connect(m_reader.get(), &station::Reader::worked, this,
        [this, &bar](quint64 generation, const station::Result<station::Work> &work) {
            if (generation != m_work || !work)
                return;
            m_order = work->order;
            bar.showOrder(work->order, work->tally);
            m_window->linePage().showOrder(work->order, work->tally);
        });
    connect(&bar, &ui::OrderBar::openAsked, this, &Desk::openOrder);
    const auto &enroll = m_wiring->line().plan().enroll;
    bar.setReleasing(enroll.when == station::Moment::Lot);
    connect(&bar, &ui::OrderBar::closeAsked, this, [this, &bar, &ledger](const QString &ref) {
        if (!isCleared())
            return;
        if (const auto ready = checkOrderBundle(m_wiring->settings(), ref); ready)
            m_deeds[ledger.closeOrder(ref, m_worker.ids())] = ref;
        else
            bar.showMessage(ready.error().detail, false);
    });
    connect(&ledger, &Ledger::orderOpened, this,
        [this](quint64 ticket, const station::Result<qint64> &seq) {
            const QString ref = m_deeds.take(ticket);
            changeOver(seq ? wording::opened(ref) : seq.error().detail, seq.has_value());
        });
    connect(&ledger, &Ledger::orderClosed, this,
        [this](quint64 ticket, const station::Result<station::OrderTally> &tally) {
            const QString ref = m_deeds.take(ticket);
            changeOver(
                tally ? wording::closed(ref, *tally) : tally.error().detail, tally.has_value());
            if (tally)
                bundle(ref);
        });
}

/// On a thread: a thousand units take a second.
void Desk::bundle(const QString &ref)
{
    const Settings settings = m_wiring->settings();
    if (settings.orderBundles.isEmpty())
        return;
    QThreadPool::globalInstance()->start([page = QPointer(&m_window->unitPage()), settings, ref] {
        const auto bundled = makeOrderBundle(settings, ref);
        QMetaObject::invokeMethod(qApp, [page, settings, ref, bundled] {
            if (page)
                page->orderBar().showMessage(bundled
                        ? wording::exported(bundled->enrollments, orderBundleOf(settings, ref))
                        : bundled.error().detail,
                    bundled.has_value());
        });
    });
}

void Desk::askWork()
{
    m_work = m_reader->work(m_wiring->settings().stationId);
}

/// Before the next scan, which belongs to what the ledger says now.
void Desk::changeOver(const QString &said, bool isDone)
{
    auto &bar = m_window->unitPage().orderBar();
    bar.showMessage(said, isDone);
    if (!isDone)
        return; // the line goes on with what it was let in for
    if (const auto taken = m_wiring->takeUpOrder(m_wiring->line().plan()); !taken)
        bar.showMessage(taken.error().detail, false);
    askWork();
}

/// A slot with a device on it, and a serial that waits, belong to the order that is.
bool Desk::isCleared()
{
    const auto &line = m_wiring->line();
    QStringList occupied;
    for (int slot = 0; slot < line.slotList().size(); ++slot)
        if (line.stateOf(slot) != Line::State::Empty
            || line.placeAt(slot).presence == station::Presence::Present)
            occupied.append(line.slotList()[slot].name);
    const bool isCleared = occupied.isEmpty() && line.idle();
    if (!isCleared)
        m_window->unitPage().orderBar().showMessage(wording::occupied(occupied), false);
    return isCleared;
}

/// The plan says what the order leaves open.
void Desk::openOrder(station::Order order)
{
    if (!isCleared())
        return;
    const auto &line = m_wiring->line();
    order.plan = line.plan().name;
    order.service = line.plan().enroll.serviceFor(
        {.order = order.ref, .customer = order.customer, .product = order.product});
    m_deeds[m_wiring->ledger().openOrder(order, m_worker.ids())] = order.ref;
}

void Desk::connectPacking()
{
    auto &page = m_window->packPage();
    const auto &line = m_wiring->line();
    m_packing = std::make_unique<Packing>(m_wiring->ledger(),
        ledgerPlace(m_wiring->settings(), station::LedgerPlace::Role::Courier), line.plan());
    connect(&page, &ui::PackPage::packAsked, this, [this, &line](const QString &serial, int slot) {
        if (!isWorking()) {
            m_window->packPage().refuse(wording::logInFirst());
            return;
        }
        m_packing->ask(serial, slot < 0 ? station::Slot{} : line.slotList()[slot]);
    });
    connect(m_packing.get(), &Packing::judged, &page, &ui::PackPage::showJudged);
}

} // namespace app
