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
using ui::Mark;
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
    desk->connectHealth();
    desk->connectReports();
    desk->connectSettings();
    desk->connectExports();
    desk->connectSounds();
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
    connect(&page.scanField(), &ui::ScanField::scanned, this, &Desk::scan);
    connect(&page, &ui::LinePage::againAsked, this, &Desk::admit);
    connect(&page, &ui::LinePage::stopAsked, &line, &Line::hold);
    connect(&page, &ui::LinePage::resumeAsked, &line, &Line::resume);
    connect(&m_wiring->ledger(), &Ledger::lookedUp, this, &Desk::lookedUp);
    connect(
        &line, &Line::refused, this, [this](const QString &serial, const station::Error &error) {
            m_window->linePage().showScan(serial, wording::refused(error), true);
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

void Desk::connectHealth()
{
    auto &line = m_wiring->line();
    connect(&line, &Line::halted, this, [this](const auto &, const station::Error &error) {
        m_isHalted = true;
        const QString what = wording::fault(error);
        m_window->recordsMark().show(
            [what] { return wording::recordsMark(what); }, Mark::Health::Bad, error.detail);
        m_window->linePage().showNote(what + u" ("_s + error.detail + u')');
    });
    m_counting.setSingleShot(true);
    m_counting.setInterval(150);
    connect(&m_counting, &QTimer::timeout, this, [this] { m_count = m_reader->count(); });
    const auto countSoon = [this] {
        if (!m_counting.isActive())
            m_counting.start();
    };
    connect(&line, &Line::concluded, this, countSoon);
    connect(m_reader.get(), &station::Reader::counted, this,
        [this](quint64 generation, const station::Result<station::Backlog> &backlog) {
            if (generation == m_count && backlog)
                m_backlog = *backlog;
            showCloud();
        });
    for (auto *outbox : m_wiring->outboxes()) {
        connect(outbox, &upload::Outbox::settled, this, countSoon);
        connect(outbox, &upload::Outbox::rested, this,
            [this, outbox, countSoon](const upload::Rest &rest) {
                m_rests[outbox] = rest;
                m_rest = *std::ranges::max_element(m_rests, {}, &upload::Rest::state);
                countSoon();
            });
    }
}

/// Reports are of records, so one mark tells of both: a bar has room for two.
void Desk::connectReports()
{
    auto *reporter = m_wiring->reporter();
    if (reporter == nullptr)
        return;
    connect(reporter, &upload::Reporter::rested, this, [this](const upload::Rest &rest) {
        using enum upload::Rest::State;
        if (m_isHalted)
            return;
        auto &mark = m_window->recordsMark();
        const bool needsPerson = rest.state == NeedsPerson || rest.state == NoLedger;
        if (rest.state == Delivered)
            mark.show([] { return wording::recordsMark({}); }, Mark::Health::Good);
        else
            mark.show([needsPerson] { return wording::factoryMark(needsPerson); },
                needsPerson ? Mark::Health::Bad : Mark::Health::Care, rest.detail);
    });
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

void Desk::scan(const QString &serial)
{
    if (const auto cue = station::cueOf(serial)) {
        obey(serial, *cue);
        return;
    }
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
    m_lookUps[m_wiring->ledger().lookUp({serial})] = serial;
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
    if (cue.kind == station::Cue::Kind::GoOn) {
        line.resume();
    } else if (cue.slot.isEmpty()) {
        line.hold();
    } else {
        const auto slot = std::ranges::find(line.slotList(), cue.slot, &station::Slot::name);
        const auto at = static_cast<int>(slot - line.slotList().begin());
        if (line.stateOf(at) != Line::State::Examining) {
            page.showScan(scan,
                slot == line.slotList().end() ? wording::cueUnknown() : wording::cueIdle(), true);
            return;
        }
        m_wiring->bench().stop(at);
    }
    page.showLine();
    page.showScan(scan, wording::cue(cue), false);
}

void Desk::lookedUp(quint64 ticket, const station::Result<QList<station::Bound>> &bound)
{
    if (!m_lookUps.contains(ticket))
        return;
    const QString serial = m_lookUps.take(ticket);
    if (!bound)
        m_window->linePage().showScan(serial, wording::refused(bound.error()), true);
    else if (!bound->isEmpty())
        m_window->linePage().offerAgain(serial, wording::passedBefore(bound->first().seq));
    else
        admit(serial);
}

void Desk::admit(const QString &serial)
{
    auto &line = m_wiring->line();
    auto &page = m_window->linePage();
    if (const auto checked = line.check(serial); !checked) {
        page.showScan(serial, wording::refused(checked.error()), true);
        return;
    }
    m_wiring->ledger().enqueue({{.serial = serial, .slot = {}}});
    if (const auto scanned = line.scan(serial); !scanned)
        page.showScan(serial, wording::refused(scanned.error()), true);
    else if (line.waiting().contains(serial))
        page.showScan(serial, wording::waitsForDevice(), false);
    else
        page.showScan(serial, wording::underTest(), false);
}

void Desk::showCloud()
{
    const bool isOffline = m_rest.state == upload::Rest::State::Offline;
    const bool needsPerson = m_rest.state == upload::Rest::State::NeedsPerson;
    const auto &counts = m_backlog.counts;
    const bool isRefused = counts.rejected + counts.conflict > 0;
    m_window->cloudMark().show(
        [counts, isOffline, needsPerson] {
            return wording::cloudMark(counts, isOffline, needsPerson);
        },
        needsPerson                  ? Mark::Health::Bad
            : isOffline || isRefused ? Mark::Health::Care
                                     : Mark::Health::Good,
        m_rest.detail);
    auto &bar = m_window->linePage().awayBar();
    const qint64 waitingUs =
        m_backlog.oldestUs == 0 ? 0 : station::systemClock().utcUs - m_backlog.oldestUs;
    if (isOffline)
        bar.showAway(counts.pending + counts.sent,
            std::chrono::floor<std::chrono::minutes>(std::chrono::microseconds(waitingUs)));
    else
        bar.showBack();
}

} // namespace app
