// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkup.h"

#include "app/wiring.h"
#include "tpm/properties.h"
#include "tpm/session.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 leastBytes = 1'000'000'000;
constexpr std::chrono::milliseconds slotPatience{5000};

Symptom healthy(const QString &what, const QString &seen)
{
    return {what, true, seen, {}};
}

Symptom ill(const QString &what, const QString &seen, const QString &cure)
{
    return {what, false, seen, cure};
}

QString cureOf(const tpm::Error &error)
{
    switch (error.fault) {
    case tpm::Fault::Busy:
        return u"another program uses this TPM; end it"_s;
    case tpm::Fault::Target:
        return u"connect the device, check the target in station.toml, and that this user may open it (group tss for /dev/tpmrm0)"_s;
    case tpm::Fault::Timeout:
        return u"the TPM is silent; power the device off and on"_s;
    default:
        return u"check the cable or network to the device"_s;
    }
}

} // namespace

QJsonObject Symptom::toJson() const
{
    return {{u"check"_s, what}, {u"outcome"_s, healthy ? u"pass"_s : u"fail"_s}, {u"seen"_s, seen},
        {u"cure"_s, cure.isEmpty() ? QJsonValue() : QJsonValue(cure)}};
}

Symptom planSymptom(const Settings &settings)
{
    const auto plan = planOf(settings);
    if (!plan)
        return ill(
            u"plan"_s, plan.error().detail, u"name a plan of the station's purpose in [line]"_s);
    return healthy(
        u"plan"_s, u"%1 %2, %3 checks"_s.arg(plan->name, plan->version).arg(plan->checks.size()));
}

Symptom trustSymptom(const Settings &settings)
{
    const auto knowledge = station::learn(rootsFileOf(settings), settings.supplierFile);
    if (!knowledge)
        return ill(u"trust"_s, knowledge.error().detail, u"see to the files that [trust] names"_s);
    const auto &trust = (*knowledge)->trust;
    const auto &supplier = (*knowledge)->supplier;
    const QString roots = trust
        ? u"roots "_s + QString::fromLatin1(trust->sha256().toHex())
        : u"no roots imported, so whose TPMs these are is only written down"_s;
    return healthy(u"trust"_s,
        supplier ? u"%1; %2 on the supplier's list"_s.arg(roots).arg(supplier->size()) : roots);
}

Symptom clockSymptom()
{
    if (station::systemClock().state == station::Moments::State::Synced)
        return healthy(u"clock"_s, u"synchronised"_s);
    return ill(u"clock"_s, u"not synchronised; records say so"_s,
        u"install and start a time service, such as chrony"_s);
}

Symptom diskSymptom(const Settings &settings)
{
    const QStorageInfo disk(settings.folder);
    const QString seen =
        u"%1 MB free at %2"_s.arg(disk.bytesAvailable() / 1'000'000).arg(settings.folder);
    if (disk.bytesAvailable() >= leastBytes && !disk.isReadOnly())
        return healthy(u"disk"_s, seen);
    return ill(u"disk"_s, disk.isReadOnly() ? u"read-only: "_s + settings.folder : seen,
        u"make room: a full disk stops the line"_s);
}

Symptom ledgerSymptom(const Settings &settings)
{
    // As a courier: the line may be running, and a doctor makes no ledger.
    const auto ledger =
        station::Ledger::open(ledgerPlace(settings, station::LedgerPlace::Role::Courier));
    if (ledger)
        return healthy(u"ledger"_s, settings.ledgerUrl + u" opens"_s);
    if (ledger.error().fault == station::Fault::Missing)
        return healthy(u"ledger"_s, u"none yet; the first run makes it"_s);
    return ill(
        u"ledger"_s, ledger.error().detail, u"see to the file or database that [ledger] names"_s);
}

Symptom slotSymptom(const station::Slot &slot)
{
    const QString what = u"slot "_s + slot.name;
    const auto target = tpm::parseTarget(slot.target);
    if (!target)
        return ill(what, target.error().detail, u"correct its target in station.toml"_s);
    const tpm::Budget budget{
        .command = slotPatience, .creation = slotPatience, .examination = slotPatience};
    const auto session = tpm::Session::open(*target, budget, std::make_shared<tpm::Stop>());
    if (!session)
        return ill(what, session.error().detail, cureOf(session.error()));
    const auto properties = tpm::readProperties(**session);
    if (!properties)
        return ill(what, properties.error().detail, cureOf(properties.error()));
    return healthy(what,
        u"%1 %2, firmware %3"_s.arg(
            properties->manufacturer, properties->vendorString, properties->firmware()));
}

Symptom credentialSymptom(const QString &name, const ServiceSettings &service)
{
    const QString what = u"credential of "_s + name;
    const auto credential = credentialOf(service);
    if (!credential)
        return ill(what, credential.error().detail,
            u"put the connection string there, for this user alone (mode 0600)"_s);
    return healthy(what, u"policy %1 of %2"_s.arg(credential->policy, credential->host));
}

} // namespace app
