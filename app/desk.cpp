// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk.h"

#include "app/checkup.h"
#include "ui/look.h"
#include "ui/screenwording.h"

namespace app {

using namespace Qt::StringLiterals;
using station::Ledger;
using station::Line;
namespace wording = ui::wording;

station::Result<std::unique_ptr<Desk>> Desk::open(
    const Settings &settings, const QString &file, std::unique_ptr<Classroom> classroom)
{
    std::unique_ptr<Desk> desk(new Desk);
    desk->m_file = file;
    desk->m_classroom = std::move(classroom);
    auto wiring = Wiring::open(settings);
    if (!wiring)
        return std::unexpected(wiring.error());
    desk->m_wiring = std::move(*wiring);
    auto &line = desk->m_wiring->line();
    auto &bench = desk->m_wiring->bench();
    desk->m_discovery = std::make_unique<station::Discovery>(line, bench);
    desk->m_reader = std::make_unique<station::Reader>(
        ledgerPlace(settings, station::LedgerPlace::Role::Courier));
    ui::look::wear(ui::look::themeOf(settings.theme));
    desk->m_window = std::make_unique<ui::Window>(ui::WindowParts{.line = line,
        .bench = bench,
        .reader = *desk->m_reader,
        .station = settings.stationId,
        .isTraining = settings.purpose == station::Purpose::Training});
    desk->connectLine();
    desk->connectCloud();
    desk->connectRecords();
    desk->connectSettings();
    desk->connectExports();
    desk->connectSounds();
    desk->connectUnits();
    desk->connectOrders();
    desk->connectPacking();
    desk->connectPeople();
    if (desk->m_classroom) {
        desk->connectTraining();
        desk->connectService();
    }
    return desk;
}

void Desk::connectLine()
{
    auto &line = m_wiring->line();
    auto &page = m_window->linePage();
    connect(&page.scanField(), &ui::ScanField::scanned, this,
        [this](const QString &serial) { scan({serial}); });
    connect(m_discovery.get(), &station::Discovery::introduced, this, &Desk::introduced);
    connect(
        &page, &ui::LinePage::againAsked, this, [this](const QString &serial) { admit({serial}); });
    connect(&page, &ui::LinePage::stopAsked, this, [this, &line] {
        line.hold();
        tell(u"stop"_s);
    });
    connect(&page, &ui::LinePage::slotStopAsked, this, &Desk::stopSlot);
    connect(&page, &ui::LinePage::promptDone, this, [this](int slot) {
        if (isWorking())
            confirm(slot);
    });
    connect(&page, &ui::LinePage::resumeAsked, this, [this, &line] {
        if (!isWorking())
            return;
        line.resume();
        tell(u"go-on"_s);
    });
    connect(&m_wiring->ledger(), &Ledger::lookedUp, this, &Desk::lookedUp);
    connect(
        &line, &Line::refused, this, [this](const QString &serial, const station::Error &error) {
            m_window->linePage().showScan(serial, wording::refused(error), true);
        });
    connect(&line, &Line::placeChanged, this, [this, &line](int slot) {
        if (line.stateOf(slot) == Line::State::Asking)
            m_window->linePage().showScan(line.placeAt(slot).device.serial,
                wording::asked(line.slotList()[slot].name, line.slotList()[slot].prompt), false);
    });
    connect(m_window.get(), &ui::Window::closeAsked, this, &Desk::leave);
    connect(
        &line, &Line::becameIdle, this,
        [this] {
            if (m_isLeaving)
                leave();
        },
        Qt::QueuedConnection);
}

void Desk::connectTraining()
{
    auto *bar = m_window->linePage().trainingBar();
    auto *room = m_classroom.get();
    const auto say = [this](const station::Result<void> &done) {
        if (!done)
            m_window->linePage().showScan({}, done.error().detail, true);
    };
    connect(bar, &ui::TrainingBar::plugAsked, room, [room, say](ui::TrainingBar::Kind kind) {
        say(room->plug(static_cast<Classroom::Kind>(kind)));
    });
    connect(bar, &ui::TrainingBar::unplugAsked, room, &Classroom::unplug);
    connect(room, &Classroom::changed, bar, &ui::TrainingBar::showDevice);
    connect(bar, &ui::TrainingBar::labelScanned, &m_window->linePage().scanField(),
        &ui::ScanField::take);
    connect(bar, &ui::TrainingBar::cloudAsked, room, [this, room, say](bool isOn) {
        if (!isOn) {
            room->cutCloud();
        } else {
            say(room->restoreCloud());
        }
        for (auto *outbox : m_wiring->outboxes())
            outbox->wake();
    });
    for (int slot = 0; slot < Classroom::places; ++slot)
        bar->showDevice(slot, room->labelAt(slot));
}

void Desk::connectService()
{
    auto *page = new ui::ServicePage;
    m_window->setServicePage(page);
    const Settings &settings = m_wiring->settings();
    if (auto client = openClient(settings, settings.services.first()))
        m_lookout = std::make_unique<Lookout>(std::move(*client), *page);
    else
        page->showTrouble(client.error().detail);
}

void Desk::begin()
{
    auto &page = m_window->linePage();
    const auto &ledger = m_wiring->ledger();
    QStringList interrupted;
    for (const auto &queued : ledger.interrupted())
        interrupted.append(queued.serial);
    if (!interrupted.isEmpty())
        page.showNote(wording::interrupted(interrupted));
    page.slotModel().showInterrupted(ledger.interrupted());
    for (const auto &queued : ledger.waiting())
        if (const auto scanned = m_wiring->line().scan(queued.serial); !scanned)
            page.showScan(queued.serial, wording::refused(scanned.error()), true);
    if (!ledger.waiting().isEmpty())
        page.showNote(wording::resumed(ledger.waiting().size()));
    m_discovery->start();
    m_count = m_reader->count();
    recallShift();
    askWork();
    if (!m_wiring->outboxes().isEmpty())
        for (const QString &warning : credentialWarnings(m_wiring->settings()))
            page.showNote(warning);
    for (upload::Carrier *carrier : m_wiring->carriers())
        carrier->wake();
}

void Desk::leave()
{
    if (!m_isLeaving) {
        m_isLeaving = true;
        m_wiring->line().stop();
        if (!m_wiring->line().idle())
            return;
    }
    m_window->allowClose();
    m_window->close();
}

/// A unit that says its serial itself needs no scan; one that cannot is scanned as any other.
void Desk::introduced(int slot, const station::Result<QString> &serial)
{
    const QString &name = m_wiring->line().slotList()[slot].name;
    if (!serial)
        m_window->linePage().showScan(
            {}, wording::noIntroduction(name, serial.error().detail), true);
    else if (station::cueOf(*serial))
        m_window->linePage().showScan(*serial, wording::notASerial(), true);
    else
        scan({*serial, slot});
}

void Desk::scan(const Scan &scan)
{
    const QString &serial = scan.serial;
    if (const auto cue = station::cueOf(serial)) {
        obey(serial, *cue);
        return;
    }
    if (!isWorking())
        return;
    auto &line = m_wiring->line();
    auto &page = m_window->linePage();
    if (const auto checked = line.check(serial); !checked) {
        const bool isForeign = !line.plan().serialPattern.match(serial).hasMatch();
        page.showScan(serial,
            line.isHeld()   ? wording::held()
                : isForeign ? wording::notASerial()
                            : wording::refused(checked.error()),
            true);
        return;
    }
    m_lookUps[m_wiring->ledger().lookUp({serial})] = scan;
}

/// A command that was scanned in place of a serial.
void Desk::obey(const QString &scan, const station::Cue &cue)
{
    auto &line = m_wiring->line();
    auto &page = m_window->linePage();
    if (cue.kind == station::Cue::Kind::Unknown) {
        page.showScan(scan, wording::cueUnknown(), true);
        return;
    }
    if (cue.kind == station::Cue::Kind::Release) {
        releaseLot(scan);
        return;
    }
    if (cue.kind == station::Cue::Kind::GoOn) {
        if (!isWorking())
            return;
        line.resume();
        tell(u"go-on"_s);
    } else if (cue.slot.isEmpty()) {
        line.hold();
        tell(u"stop"_s);
    } else {
        const int slot = slotNamed(cue.slot);
        const bool isDone = cue.kind == station::Cue::Kind::Done;
        if (isDone && !isWorking())
            return;
        if (slot < 0 || !(isDone ? confirm(slot) : stopSlot(slot))) {
            page.showScan(scan, slot < 0 ? wording::cueUnknown() : wording::cueIdle(isDone), true);
            return;
        }
    }
    page.showLine();
    page.showScan(scan, wording::cue(cue), false);
}

int Desk::slotNamed(const QString &name) const
{
    const auto &all = m_wiring->line().slotList();
    const auto slot = std::ranges::find(all, name, &station::Slot::name);
    return slot == all.end() ? -1 : static_cast<int>(slot - all.begin());
}

/// Whether a test runs there that can be stopped, or waits for a person.
bool Desk::stopSlot(int slot)
{
    auto &line = m_wiring->line();
    const bool isAsking = line.stateOf(slot) == Line::State::Asking;
    if (!isAsking && line.stateOf(slot) != Line::State::Examining)
        return false;
    tell(u"stop"_s, {{u"slot"_s, line.slotList()[slot].name}});
    if (isAsking) {
        line.cancel(slot);
        return true;
    }
    m_wiring->bench().stop(slot);
    m_window->linePage().slotModel().showStopping(slot);
    return true;
}

/// Whether something was asked there.
bool Desk::confirm(int slot)
{
    auto &line = m_wiring->line();
    const QString serial = line.placeAt(slot).device.serial;
    if (!line.confirm(slot))
        return false;
    tell(u"prompt"_s, {{u"slot"_s, line.slotList()[slot].name}, {u"serial"_s, serial}});
    return true;
}

void Desk::lookedUp(quint64 ticket, const station::Result<QList<station::Bound>> &bound)
{
    if (!m_lookUps.contains(ticket))
        return;
    const Scan scan = m_lookUps.take(ticket);
    const QString &serial = scan.serial;
    if (!bound)
        m_window->linePage().showScan(serial, wording::refused(bound.error()), true);
    else if (!bound->isEmpty())
        m_window->linePage().offerAgain(serial, wording::passedBefore(bound->first().seq));
    else
        admit(scan);
}

void Desk::admit(const Scan &scan)
{
    const QString &serial = scan.serial;
    auto &line = m_wiring->line();
    auto &page = m_window->linePage();
    if (const auto checked = line.check(serial); !checked) {
        page.showScan(serial, wording::refused(checked.error()), true);
        return;
    }
    m_wiring->ledger().enqueue({{.serial = serial, .slot = {}}});
    if (const auto scanned = scan.slot ? line.scanAt(*scan.slot, serial) : line.scan(serial);
        !scanned)
        page.showScan(serial, wording::refused(scanned.error()), true);
    else if (line.waiting().contains(serial))
        page.showScan(serial, wording::waitsForDevice(), false);
    else
        page.showScan(serial, wording::underTest(), false);
}

} // namespace app
