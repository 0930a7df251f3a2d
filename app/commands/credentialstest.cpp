// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/credentials.h"
#include "app/checkup.h"
#include "app/commands/all.h"

namespace app::commands {

using namespace Qt::StringLiterals;
using upload::Card;

namespace {

void describeTest(QCommandLineParser &parser)
{
    describeName(parser);
    parser.addOptions({
        {u"service"_s, u"Ask this one, https://HOST; default the credential's own."_s, u"URL"_s},
        {u"ca"_s, u"Certificates (PEM) that vouch for it; default the system's."_s, u"FILE"_s},
    });
}

/// The service that this credential is tried at: one of the settings, or that of a kept one.
station::Result<ServiceSettings> serviceOf(const QCommandLineParser &parser, const Asked &asked)
{
    const auto known = asked.settings.services.constFind(asked.name);
    if (known != asked.settings.services.constEnd() && !asked.place)
        return *known;
    const QList<Card> cards = cardsOf(asked);
    if (cards.size() != 1)
        return std::unexpected(station::Error{station::Fault::Missing,
            cards.isEmpty() ? u"no credential \"%1\" is kept here"_s.arg(asked.name)
                            : u"\"%1\" is kept in several places: say --in"_s.arg(asked.name)});
    ServiceSettings service;
    service.credential = textOf(cards.first().source);
    service.url = parser.isSet(u"service"_s) ? parser.value(u"service"_s)
                                             : u"https://"_s + cards.first().host;
    service.caFile = parser.value(u"ca"_s);
    service.test = true; // nothing is sent that a stand-in should not see
    return service;
}

Exit runTest(const QCommandLineParser &parser)
{
    const auto asked = askedOf(parser);
    if (!asked)
        return wrongUse(asked.error().detail);
    const auto service = serviceOf(parser, *asked);
    if (!service)
        return wrongUse(service.error().detail);
    const bool json = parser.isSet(u"json"_s);
    const auto source = upload::parseSource(service->credential);
    const Symptom credential = cardSymptom(
        upload::cardOf(asked->name, source.value_or(upload::Source{}), upload::usualSafe()));
    app::print(credential, json);
    const Symptom symptom = serviceSymptom(asked->settings, asked->name, *service);
    app::print(symptom, json);
    if (symptom.healthy)
        return Exit::Good;
    return symptom.isRefused ? Exit::DeviceFailed : Exit::StationError;
}

} // namespace

const Command credentialsTest{"credentials test", "NAME",
    "Ask the service whether it accepts a credential.",
    "ekstation-cli credentials test main --station station.toml", describeTest, runTest};
} // namespace app::commands
