// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/capacity.h"
#include "app/commands/all.h"

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station's settings."_s, u"FILE"_s},
        {u"json"_s, u"Print one JSON object a check."_s},
    });
}

Exit report(const Symptom &symptom, bool json)
{
    print(symptom, json);
    return symptom.healthy ? Exit::Good : Exit::StationError;
}

Exit runDoctor(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"station"_s) || !parser.positionalArguments().isEmpty())
        return wrongUse(u"doctor needs --station FILE"_s);
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return wrongUse(settings.error().detail);
    const bool json = parser.isSet(u"json"_s);
    Exit exit = report(planSymptom(*settings), json);
    const auto look = [&](const Symptom &symptom) { exit = worse(exit, report(symptom, json)); };
    look(trustSymptom(*settings));
    look(diskSymptom(*settings));
    look(ledgerSymptom(*settings));
    look(replicaSymptom(*settings));
    look(loginSymptom(*settings));
    for (const auto &slot : settings->slotList)
        look(slotSymptom(slot));
    for (const auto &[name, service] : settings->services.asKeyValueRange()) {
        const Symptom credential = credentialSymptom(*settings, name);
        look(credential);
        if (credential.healthy)
            look(serviceSymptom(*settings, name, service));
        look(capacitySymptom(*settings, name));
    }
    // A clock that nobody synchronises is worth saying and no reason to stop.
    (void)report(clockSymptom(), json);
    return exit;
}

} // namespace

const Command doctor{"doctor", "", "The station checks itself; each complaint with a cure.",
    "ekstation-cli doctor --station station.toml", describe, runDoctor};

} // namespace app::commands
