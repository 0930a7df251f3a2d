// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkup.h"

#include "app/command.h"
#include "app/wiring.h"
#include "station/ledgerreader.h"
#include "station/ornull.h"
#include "station/personrows.h"
#include "tpm/properties.h"
#include "tpm/session.h"
#include "upload/tokensource.h"

#include <QDateTime>
#include <QDir>
#include <QEventLoop>
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

QString cureOf(const upload::Error &error)
{
    using upload::Fault;
    switch (error.fault) {
    case Fault::Unauthorized:
        return u"enter the key again, or fetch a new connection string or token: `ekstation-cli credentials add`"_s;
    case Fault::Wrong:
        return u"see to what is named: file, variable, keychain or the station's TPM must be there and open"_s;
    case Fault::Untrusted:
        return u"check url and ca in station.toml: this is not the service, or its CA is not trusted"_s;
    case Fault::Unreachable:
    case Fault::Down:
    case Fault::Timeout:
        return u"check the network to the service, or the TPM if one is named; the line can run without, and delivers later"_s;
    default:
        return u"check url in station.toml"_s;
    }
}

} // namespace

QJsonObject Symptom::toJson() const
{
    return {{u"check"_s, what}, {u"outcome"_s, healthy ? u"pass"_s : u"fail"_s}, {u"seen"_s, seen},
        {u"cure"_s, station::orNull(cure)}};
}

void print(const Symptom &symptom, bool json)
{
    if (json) {
        printJson(symptom.toJson());
        return;
    }
    printLine(
        u"%1 %2: %3"_s.arg(symptom.healthy ? u"ok  "_s : u"FAIL"_s, symptom.what, symptom.seen));
    if (!symptom.healthy)
        printLine(u"     to do: "_s + symptom.cure);
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
    const auto place = ledgerPlace(settings, station::LedgerPlace::Role::Courier);
    const auto ledger = station::Ledger::open(place);
    if (!ledger && ledger.error().fault == station::Fault::Missing)
        return healthy(u"ledger"_s, u"none yet; the first run makes it"_s);
    auto reader = station::LedgerReader::open(place);
    const auto said = reader ? reader->clockSaid(settings.stationId)
                             : station::Result<station::ClockSaid>(std::unexpected(reader.error()));
    if (!ledger || !said)
        return ill(u"ledger"_s, ledger ? said.error().detail : ledger.error().detail,
            u"see to the file or database that [ledger] names"_s);
    if (const auto right = checkAgainstRecords(place.clock(), said->latestUs); !right)
        return ill(u"ledger"_s, right.error().detail, u"no line begins before that"_s);
    return healthy(u"ledger"_s, settings.ledgerUrl + u" opens"_s);
}

Symptom replicaSymptom(const Settings &settings)
{
    const QString what = u"replica"_s;
    if (settings.replicaFile.isEmpty())
        return healthy(what, u"none; \"replica\" in [ledger] names one"_s);
    const auto place = ledgerPlace(settings, station::LedgerPlace::Role::Courier);
    if (const auto checked = checkReplica(place); !checked)
        return ill(what, checked.error().detail, u"no line of this station begins before that"_s);
    const auto lag = lagOf(place);
    if (!lag) // ledgerSymptom() has said it
        return healthy(what, u"no ledger yet"_s);
    const QString behind = lag->entries == 0
        ? u"has every entry"_s
        : u"%L1 entries behind, since %2"_s.arg(lag->entries).arg(station::isoTime(lag->sinceUs));
    if (lag->trouble.isEmpty() && lag->entries == 0)
        return healthy(what, behind);
    return ill(what, lag->trouble.isEmpty() ? behind : behind + u": "_s + lag->trouble,
        u"see to the disk of %1; the line copies what is missing as long as it runs"_s.arg(
            settings.replicaFile));
}

Symptom loginSymptom(const Settings &settings)
{
    const QString what = u"login"_s;
    if (!settings.login.isRequired)
        return healthy(what, u"nobody is asked; [login] says so"_s);
    const auto place = ledgerPlace(settings, station::LedgerPlace::Role::Courier);
    auto reader = station::LedgerReader::open(place);
    const auto people = reader
        ? reader->people()
        : station::Result<QList<station::Person>>(QList<station::Person>()); // no ledger yet
    if (!people)
        return ill(what, people.error().detail, u"see what is said of the ledger"_s);
    if (!hasAdministrator(*people))
        return ill(what, u"there is no administrator who can log in"_s,
            u"`ekstation-cli person add --role administrator --pin --station FILE NAME`"_s);
    const auto known = std::ranges::count_if(*people, &station::Person::canLogIn);
    return healthy(what, u"%1 people can log in"_s.arg(known));
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

Symptom credentialSymptom(const Settings &settings, const QString &service)
{
    const auto source = upload::parseSource(settings.services[service].credential);
    return cardSymptom(
        upload::cardOf(service, source.value_or(upload::Source{}), upload::usualSafe()));
}

Symptom cardSymptom(const upload::Card &card)
{
    const QString what = u"credential of "_s + card.name;
    if (!card.trouble.isEmpty())
        return ill(what, card.trouble,
            u"put the connection string there, for this user alone; see `ekstation-cli credentials add --help`"_s);
    const QString seen = u"%1 of %2, in %3"_s.arg(
        card.policy.isEmpty() ? u"no policy"_s : u"policy "_s + card.policy, card.host,
        upload::textOf(card.source));
    if (!card.isToken)
        return healthy(what, seen);
    const QDateTime end = QDateTime::fromSecsSinceEpoch(card.expiry, Qt::UTC);
    const qint64 left = QDateTime::currentDateTimeUtc().secsTo(end);
    const QString until = end.toString(Qt::ISODate);
    const QString cure =
        u"have a new token made, and add it with `ekstation-cli credentials add`"_s;
    if (left <= 0)
        return ill(what, u"%1; the token expired at %2"_s.arg(seen, until), cure);
    if (left < upload::tokenWarning.count())
        return ill(what, u"%1; the token expires soon, at %2"_s.arg(seen, until), cure);
    return healthy(what, u"%1; the token expires at %2"_s.arg(seen, until));
}

QStringList credentialWarnings(const Settings &settings)
{
    QStringList warnings;
    for (const QString &service : settings.services.keys())
        if (const Symptom symptom = credentialSymptom(settings, service); !symptom.healthy)
            warnings.append(u"%1: %2. To do: %3"_s.arg(symptom.what, symptom.seen, symptom.cure));
    return warnings;
}

Symptom serviceSymptom(
    const Settings &settings, const QString &name, const ServiceSettings &service)
{
    const QString what = u"service "_s + name;
    auto client = openClient(settings, service);
    if (!client)
        return ill(what, client.error().detail, u"correct [service.%1]"_s.arg(name));
    QEventLoop loop;
    Symptom symptom = healthy(what, u"answers and accepts the credential"_s);
    (*client)->query(1, {}, [&](const upload::Result<upload::Page> &page) {
        if (!page) {
            symptom = ill(what, page.error().detail, cureOf(page.error()));
            symptom.isRefused = page.error().fault == upload::Fault::Unauthorized;
        }
        loop.quit();
    });
    loop.exec();
    return symptom;
}

} // namespace app
