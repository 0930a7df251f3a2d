// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wiring.h"

#include "app/papers.h"
#include "station/ledgerreader.h"
#include "station/network.h"
#include "station/unitplan.h"

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;
using station::Purpose;

namespace {

/// What [enroll] makes of a device that passed.
station::Result<std::optional<station::Payload>> payloadOf(
    const station::Plan &plan, const station::Device &device, const tpm::EndorsementKey &key)
{
    if (plan.enroll.service.isEmpty())
        return std::nullopt;
    QMap<QString, QString> values = station::valuesOf(device);
    values.insert({
        {u"ekSha256"_s, QString::fromLatin1(key.sha256().toHex())},
        {u"sdkRegistrationId"_s, key.registrationId()},
    });
    const auto registrationId = station::fill(plan.enroll.registrationId, values);
    const auto deviceId = station::fill(plan.enroll.deviceId, values);
    if (!registrationId || !deviceId)
        return std::unexpected(registrationId ? deviceId.error() : registrationId.error());
    if (!upload::isRegistrationId(*registrationId))
        return std::unexpected(Error{Fault::Syntax,
            u"\"%1\" is no registrationId that the service takes"_s.arg(*registrationId)});
    if (!upload::isDeviceId(*deviceId))
        return std::unexpected(
            Error{Fault::Syntax, u"\"%1\" is no deviceId that the service takes"_s.arg(*deviceId)});
    const auto more = station::fill(plan.enroll.more, values);
    if (!more)
        return std::unexpected(more.error());
    return upload::makePayload(plan.enroll.serviceFor(device),
        {*registrationId, key.base64(), *deviceId, plan.enroll.enabled, {}}, *more);
}

/// Each question has a connection of its own: it is asked on a slot's thread, and the line's own
/// belong to theirs.
station::AskLedger askLedger(const station::LedgerPlace &place, const station::Plan &plan)
{
    return [place, plan](const station::Device &device,
               const tpm::EndorsementKey &key) -> station::Result<QList<station::Finding>> {
        // A shared ledger is not in the unit's network.
        const auto home = station::Network::home();
        // An enrollment that cannot be filled in is the line's to say, when it comes to that.
        const auto payload = payloadOf(plan, device, key);
        auto reader = station::LedgerReader::open(place);
        if (!reader)
            return std::unexpected(reader.error());
        const QString registration = payload && *payload ? (*payload)->key : key.registrationId();
        const auto claim = reader->claim({QString::fromLatin1(key.sha256().toHex()), device.serial,
            plan.enroll.serviceFor(device), registration.toLower()});
        if (!claim)
            return std::unexpected(claim.error());
        return claim->conflicts;
    };
}

/// The station's own TPM is asked only where it could be written to by mistake.
station::Result<std::shared_ptr<const station::Knowledge>> knowledgeFor(
    const station::Plan &plan, const Settings &settings)
{
    const auto known = station::learn(rootsFileOf(settings), settings.supplierFile);
    if (!known || !plan.leave.writes())
        return known;
    const auto ownKey = station::readOwnKey(settings.ownTpm);
    if (!ownKey)
        return std::unexpected(ownKey.error());
    station::Knowledge more = **known;
    more.ownKey = *ownKey;
    return std::make_shared<const station::Knowledge>(std::move(more));
}

/// A trial leaves a registration for a moment, and takes it away: never where devices live.
station::Result<void> checkTrial(
    const station::Plan &plan, const QString &name, const Settings &settings)
{
    const ServiceSettings service = settings.services[name];
    if (!service.test)
        return std::unexpected(Error{Fault::Purpose,
            u"plan \"%1\" asks for trials, but service \"%2\" is neither a stand-in nor marked as "
            u"a test "
            "service; take [trial] out, or set test = true in [service.%2]"_s.arg(
                plan.name, name)});
    if (service.idScope.isEmpty())
        return std::unexpected(Error{Fault::Missing,
            u"plan \"%1\" asks for trials; add id_scope to [service.%2]"_s.arg(plan.name, name)});
    if (!settings.deliverAutomatically)
        return std::unexpected(Error{Fault::Missing,
            u"plan \"%1\" asks for trials; that needs automatic = true in [deliver]"_s.arg(
                plan.name)});
    return {};
}

/// Devices reach Azure by one name for all services, a stand-in by its own.
upload::DeviceEndpoint deviceEndpointOf(const ServiceSettings &service)
{
    QUrl url(service.url, QUrl::StrictMode);
    const QString azure = u".azure-devices-provisioning.net"_s;
    if (url.host().endsWith(azure, Qt::CaseInsensitive))
        url.setHost(u"global"_s + azure);
    return {.url = url, .caFile = service.caFile, .idScope = service.idScope};
}

/// Where in the plan a service is named; nothing for the one of [enroll] itself.
QString routeOf(const station::EnrollRule &enroll, const QString &service)
{
    if (service == enroll.service)
        return {};
    const auto route = std::ranges::find(enroll.routes, service, &station::EnrollRoute::service);
    return u" (its [[enroll.route]] number %1)"_s.arg(route - enroll.routes.begin() + 1);
}

} // namespace

station::Result<void> checkPlan(const station::Plan &plan, const Settings &settings)
{
    const bool training = settings.purpose == Purpose::Training;
    if ((plan.purpose == Purpose::Training) != training)
        return std::unexpected(Error{Fault::Purpose,
            u"plan \"%1\" has purpose %2, the station has %3"_s.arg(
                plan.name, word(plan.purpose), word(settings.purpose))});
    for (const QString &service : plan.enroll.services()) {
        if (!settings.services.contains(service))
            return std::unexpected(Error{Fault::Missing,
                u"plan \"%1\" enrolls with service \"%2\"%3; add [service.%2] to the station's settings"_s
                    .arg(plan.name, service, routeOf(plan.enroll, service))});
        if (plan.trial.every == 0)
            continue;
        if (const auto checked = checkTrial(plan, service, settings); !checked)
            return checked;
    }
    return {};
}

station::Result<station::Plan> planOf(const Settings &settings)
{
    auto plan = station::loadPlan(settings.plan, settings.folder);
    if (!plan)
        return plan;
    if (const auto checked = checkPlan(*plan, settings); !checked)
        return std::unexpected(checked.error());
    return plan;
}

station::LedgerPlace ledgerPlace(const Settings &settings, station::LedgerPlace::Role role)
{
    station::LedgerPlace place;
    place.url = settings.ledgerUrl;
    place.folder = settings.folder;
    place.stationId = settings.stationId;
    place.purpose = settings.purpose;
    place.role = role;
    place.replica = settings.replicaFile;
    place.reports = settings.report.isSet();
    place.goldens = settings.golden.pass + settings.golden.fail;
    place.needsLogin = settings.login.isRequired;
    place.checkpointEvery = settings.checkpointEvery;
    if (!settings.signKey.isEmpty()) // read each time, so that the key stays nowhere
        place.sign = [key = settings.signKey, certificate = settings.signCertificate](
                         const QByteArray &content) -> station::Result<QByteArray> {
            const auto signer = signerFrom(key, certificate);
            if (!signer)
                return std::unexpected(signer.error());
            return sign(content, *signer);
        };
    return place;
}

station::Result<std::unique_ptr<Wiring>> Wiring::open(const Settings &settings)
{
    std::unique_ptr<Wiring> wiring(new Wiring);
    wiring->m_settings = settings;
    const auto plan = planOf(settings);
    if (!plan)
        return std::unexpected(plan.error());
    if (settings.slotList.isEmpty())
        return std::unexpected(
            Error{Fault::Missing, u"the station has no slot; add [[slot]] to its settings"_s});
    auto knowledge = knowledgeFor(*plan, settings);
    if (!knowledge)
        return std::unexpected(knowledge.error());
    wiring->m_knowledge = *knowledge;
    auto recipient = openRecipient(settings);
    if (!recipient)
        return std::unexpected(recipient.error());
    auto admission = openAdmission(settings);
    if (!admission)
        return std::unexpected(admission.error());
    // Last of all that can fail: nothing is made on the disk for settings that cannot work.
    for (const QString &service :
        settings.deliverAutomatically ? plan->enroll.services() : QStringList()) {
        auto client = openClient(settings, settings.services[service]);
        if (!client)
            return std::unexpected(client.error());
        wiring->m_ways.push_back({service, std::move(*client), nullptr});
    }
    if (const auto opened = wiring->openLedger(); !opened)
        return std::unexpected(opened.error());
    for (Way &way : wiring->m_ways)
        way.outbox = std::make_unique<upload::Outbox>(*wiring->m_ledger, *way.client,
            outboxOptions(settings, way.service, station::LedgerPlace::Role::Line));
    if (settings.deliverAutomatically && *recipient)
        wiring->m_reporter =
            std::make_unique<upload::Reporter>(*wiring->m_ledger, std::move(*recipient),
                outboxOptions(
                    settings, station::reportDestination(), station::LedgerPlace::Role::Line));
    if (const auto watched = wiring->watchClock(*plan); !watched)
        return std::unexpected(watched.error());
    const auto golden = wiring->takeUpGolden();
    if (!golden)
        return std::unexpected(golden.error());
    wiring->m_line = std::make_unique<station::Line>(settings.slotList, *plan, payloadOf, *golden);
    wiring->m_admission = std::move(*admission);
    if (const auto taken = wiring->takeUpOrder(*plan); !taken)
        return std::unexpected(taken.error());
    wiring->m_bench = std::make_unique<station::Bench>(static_cast<int>(settings.slotList.size()));
    if (plan->trial.every > 0) // before connectLine(): it keeps slots that others would free
        wiring->m_trials = std::make_unique<Trials>(wiring->trialParts());
    wiring->connectLine();
    return wiring;
}

TrialParts Wiring::trialParts()
{
    TrialParts parts{*m_line, *m_ledger, {}, payloadOf};
    for (const Way &way : m_ways)
        parts.services.insert({way.service,
            {*way.outbox, *way.client, deviceEndpointOf(m_settings.services[way.service])}});
    return parts;
}

QList<upload::Outbox *> Wiring::outboxes() const
{
    QList<upload::Outbox *> all;
    for (const Way &way : m_ways)
        all.append(way.outbox.get());
    return all;
}

QList<upload::Carrier *> Wiring::carriers() const
{
    QList<upload::Carrier *> all;
    for (upload::Outbox *outbox : outboxes())
        all.append(outbox);
    if (m_reporter)
        all.append(m_reporter.get());
    return all;
}

void Wiring::connectLine()
{
    using station::Bench;
    using station::Ledger;
    using station::Line;
    auto *line = m_line.get();
    auto *bench = m_bench.get();
    auto *ledger = m_ledger.get();
    connectAdmission();
    QObject::connect(line, &Line::examinationAsked, bench,
        [this, line, bench, ledger](int slot, const QString &serial, const QString &target) {
            // Jobs of the ledger run in order, so this row stands before the record that ends it.
            const station::Slot &place = m_settings.slotList[slot];
            station::RecordIntent intend;
            if (!line->golden().isGolden(serial)) // it stays as it is for the next shift
                intend = [ledger](const auto &intent) { return ledger->intend(intent); };
            m_people[slot] = m_person;
            ledger->begin(serial, place.name);
            const station::Device &device = line->placeAt(slot).device;
            bench->examine(slot,
                {.target = target,
                    .slot = place.name,
                    .device = device,
                    .knowledge = m_knowledge,
                    .identity = place.identity,
                    .hooks = place.hooks,
                    .network = place.network,
                    .ledger = askLedger(
                        ledgerPlace(m_settings, station::LedgerPlace::Role::Line), line->plan()),
                    .intend = intend},
                // Nobody tells of a golden device: its limits stay as the plan has them.
                planFor(line->plan(), device).value_or(line->plan()));
        });
    QObject::connect(
        line, &Line::refused, ledger, [ledger](const QString &serial) { ledger->forget(serial); });
    QObject::connect(line, &Line::stopAsked, bench, &Bench::stopAll);
    QObject::connect(bench, &Bench::examined, line, &Line::examined);
    QObject::connect(line, &Line::recordAsked, ledger,
        [this, ledger](int slot, const station::Proposal &proposal) {
            station::Proposal signedFor = proposal;
            signedFor.person = m_people.value(slot);
            m_recording[ledger->record(signedFor)] = slot;
        });
    QObject::connect(ledger, &Ledger::recorded, line,
        [this, line](quint64 ticket, const station::Result<station::Recorded> &recorded) {
            if (!m_recording.contains(ticket))
                return;
            line->recorded(m_recording.take(ticket), recorded);
            if (recorded && recorded->delivery)
                for (upload::Outbox *outbox : outboxes())
                    outbox->wake();
            if (m_reporter && recorded)
                m_reporter->wake();
            if (m_replica)
                m_replica->wake();
        });
}

} // namespace app
