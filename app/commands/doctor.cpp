// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/checkup.h"
#include "app/commands/all.h"
#include "app/wiring.h"

#include <QCoreApplication>
#include <QEventLoop>

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

QString cureOf(const upload::Error &error)
{
    using upload::Fault;
    switch (error.fault) {
    case Fault::Unauthorized:
        return u"the service refuses the credential; fetch a new connection string"_s;
    case Fault::Untrusted:
        return u"check url and ca in station.toml: this is not the service, or its CA is not trusted"_s;
    case Fault::Unreachable:
    case Fault::Down:
    case Fault::Timeout:
        return u"check the network to the service; the line can run without it, and delivers later"_s;
    default:
        return u"check url in station.toml"_s;
    }
}

Symptom serviceSymptom(const Settings &settings, const QString &name)
{
    const QString what = u"service "_s + name;
    auto client = openClient(settings, settings.services[name]);
    if (!client)
        return {what, false, client.error().detail, u"correct [service.%1]"_s.arg(name)};
    QEventLoop loop;
    Symptom symptom{what, true, u"answers and accepts the credential"_s, {}};
    (*client)->query(1, {}, [&](const upload::Result<upload::Page> &page) {
        if (!page)
            symptom = {what, false, page.error().detail, cureOf(page.error())};
        loop.quit();
    });
    loop.exec();
    return symptom;
}

Exit report(const Symptom &symptom, bool json)
{
    if (json) {
        printJson(symptom.toJson());
    } else {
        printLine(u"%1 %2: %3"_s.arg(
            symptom.healthy ? u"ok  "_s : u"FAIL"_s, symptom.what, symptom.seen));
        if (!symptom.healthy)
            printLine(u"     to do: "_s + symptom.cure);
    }
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
    for (const auto &slot : settings->slotList)
        look(slotSymptom(slot));
    for (const auto &[name, service] : settings->services.asKeyValueRange()) {
        const Symptom credential = credentialSymptom(name, service);
        look(credential);
        if (credential.healthy)
            look(serviceSymptom(*settings, name));
    }
    // A clock that nobody synchronises is worth saying and no reason to stop.
    (void)report(clockSymptom(), json);
    return exit;
}

} // namespace

const Command doctor{"doctor", "", "The station checks itself; each complaint with a cure.",
    "ekstation-cli doctor --station station.toml", describe, runDoctor};

} // namespace app::commands
