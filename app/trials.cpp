// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trials.h"

#include <QJsonDocument>

namespace app {

using namespace Qt::StringLiterals;
using station::DeliveryState;
using station::Ledger;
using station::Line;
using station::Outcome;

namespace {

station::Finding findingOf(const upload::TrialReport &report)
{
    return {.check = u"registration"_s,
        .outcome = report.outcome,
        .measured = report.detail.isEmpty() ? u"%1 at %2"_s.arg(report.deviceId, report.hub)
                                            : report.detail,
        .limit = {},
        .advice = report.outcome == Outcome::Fail ? u"registration-failed"_s : QString(),
        .ms = report.ms};
}

} // namespace

Trials::Trials(const TrialParts &parts) : m_parts(parts)
{
    connect(&parts.line, &Line::concluded, this, &Trials::concluded);
    connect(&parts.line, &Line::stopAsked, this, &Trials::stop);
    for (const auto &[name, service] : parts.services)
        connect(&service.outbox, &upload::Outbox::settled, this, &Trials::askEnrollments);
    connect(&parts.ledger, &Ledger::lookedUp, this,
        [this](quint64 ticket, const station::Result<QList<station::Bound>> &bound) {
            if (ticket == m_lookUp)
                lookedUp(bound);
        });
}

/// Before anybody else hears of it, so that the slot stays taken.
void Trials::concluded(int slot, const station::Recorded &recorded)
{
    const auto &rule = m_parts.line.plan().trial;
    const auto &examination = recorded.examination;
    if (examination.verdict != station::Verdict::Pass || !examination.key || !recorded.delivery)
        return;
    if (m_passed++ % rule.every != 0 || m_parts.line.isHeld())
        return;
    const auto place = m_parts.line.placeAt(slot);
    const auto payload = m_parts.payloadMaker(m_parts.line.plan(), place.device, *examination.key);
    if (!payload || !*payload)
        return; // it could not have been enrolled either
    m_parts.line.keep(slot);
    Sample &sample = m_samples[slot];
    sample.serial = recorded.serial;
    sample.target = place.target;
    sample.service = (*payload)->destination;
    sample.registrationId = (*payload)->key;
    sample.ekSha256 = QString::fromLatin1(examination.key->sha256().toHex());
    sample.exam = recorded.seq;
    sample.patience.reset(new QTimer);
    sample.patience->setSingleShot(true);
    connect(sample.patience.get(), &QTimer::timeout, this,
        [this, slot] { skip(slot, u"the service has not confirmed the enrollment in time"_s); });
    sample.patience->start(rule.deadline);
    askEnrollments();
}

void Trials::askEnrollments()
{
    QStringList serials;
    for (const auto &[slot, sample] : m_samples)
        if (!sample.trial)
            serials.append(sample.serial);
    if (!serials.isEmpty())
        m_lookUp = m_parts.ledger.lookUp(serials);
}

void Trials::lookedUp(const station::Result<QList<station::Bound>> &bound)
{
    if (!bound)
        return; // the ledger's trouble stops the line by itself
    QList<std::pair<int, DeliveryState>> known;
    for (const auto &one : *bound)
        for (const auto &[slot, sample] : m_samples)
            if (sample.serial == one.serial && !sample.trial && one.delivery)
                known.append({slot, *one.delivery});
    for (const auto &[slot, state] : std::as_const(known))
        enrolled(slot, state);
}

void Trials::enrolled(int slot, DeliveryState state)
{
    using enum DeliveryState;
    if (state == Confirmed)
        begin(slot);
    else if (state == Rejected || state == Conflict || state == Withdrawn)
        skip(slot, u"the enrollment is "_s + word(state));
}

void Trials::begin(int slot)
{
    Sample &sample = m_samples[slot];
    const TrialService &service = m_parts.services.at(sample.service);
    auto device = upload::DeviceClient::open(service.endpoint);
    if (!device)
        return skip(slot, device.error().detail);
    // One deadline for the waiting and the registration together.
    const std::chrono::milliseconds left = sample.patience->remainingTimeAsDuration();
    sample.patience->stop();
    sample.trial = std::make_unique<upload::Trial>(
        service.client, std::move(*device), sample.target, sample.registrationId);
    // Queued: the trial that speaks here is destroyed by it.
    connect(
        sample.trial.get(), &upload::Trial::finished, this,
        [this, slot](const upload::TrialReport &report) { end(slot, report); },
        Qt::QueuedConnection);
    sample.trial->start(std::max(left, std::chrono::milliseconds(1'000)));
}

void Trials::skip(int slot, const QString &why)
{
    upload::TrialReport report;
    report.registrationId = m_samples[slot].registrationId;
    report.detail = why;
    end(slot, report);
}

/// What runs cleans up after itself; what only waits is over.
void Trials::stop()
{
    QList<int> waiting;
    for (const auto &[slot, sample] : m_samples) {
        if (sample.trial)
            sample.trial->stop();
        else
            waiting.append(slot);
    }
    for (const int slot : std::as_const(waiting))
        skip(slot, u"stopped"_s);
}

void Trials::end(int slot, const upload::TrialReport &report)
{
    const auto found = m_samples.find(slot);
    if (found == m_samples.end())
        return;
    record(found->second, report);
    const QString serial = found->second.serial;
    found->second.patience->stop();
    m_samples.erase(found);
    const auto finding = findingOf(report);
    Q_EMIT ended(serial, finding);
    m_parts.line.letGo(slot, finding);
}

void Trials::record(const Sample &sample, const upload::TrialReport &report)
{
    QJsonObject body = report.toJson();
    body.insert(u"action"_s, u"trial"_s);
    body.insert(u"serial"_s, sample.serial);
    body.insert(u"exam"_s, sample.exam);
    body.insert(u"ekSha256"_s, sample.ekSha256);
    body.insert(u"target"_s, sample.target);
    body.insert(u"service"_s, sample.service);
    std::ignore = m_parts.ledger.act(QJsonDocument(body).toJson(QJsonDocument::Compact));
}

} // namespace app
