// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/outbound.h"

#include "station/processname.h"
#include "upload/safe.h"

#include <unistd.h>

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;
using station::Purpose;

namespace {

upload::Result<upload::Proxy> proxyOf(const ServiceSettings &service)
{
    auto proxy = upload::parseProxy(service.proxy);
    if (!proxy || service.proxyPassword.isEmpty())
        return proxy;
    const auto password = upload::passwordFrom(service.proxyPassword);
    if (!password)
        return std::unexpected(password.error());
    proxy->password = *password;
    return proxy;
}

} // namespace

upload::Result<upload::Credential> credentialOf(
    const Settings &settings, const ServiceSettings &service)
{
    const auto source = upload::parseSource(service.credential);
    if (!source)
        return std::unexpected(upload::Error{upload::Fault::Wrong, u"no credential is named"_s});
    return upload::openCredential(*source, upload::usualSafe(), ownTpmOf(settings));
}

station::Result<std::unique_ptr<upload::Client>> openClient(
    const Settings &settings, const ServiceSettings &service)
{
    const bool training = settings.purpose == Purpose::Training;
    if (training && !service.test)
        return std::unexpected(Error{Fault::Purpose,
            u"a training station delivers only to a stand-in: set test = true for %1"_s.arg(
                service.url)});
    const auto credential = credentialOf(settings, service);
    if (!credential)
        return std::unexpected(Error{Fault::Missing, credential.error().detail});
    upload::Endpoint endpoint;
    endpoint.url = QUrl(service.url, QUrl::StrictMode);
    endpoint.caFile = service.caFile;
    const auto proxy = proxyOf(service);
    if (!proxy)
        return std::unexpected(Error{Fault::Missing, proxy.error().detail});
    endpoint.proxy = *proxy;
    endpoint.test = service.test;
    endpoint.requireStandIn = training;
    auto client = upload::Client::open(endpoint, *credential);
    if (!client)
        return std::unexpected(Error{Fault::Missing, client.error().detail});
    return std::move(*client);
}

upload::OutboxOptions outboxOptions(
    const Settings &settings, const QString &service, station::LedgerPlace::Role role)
{
    // There is one line of a station: what its name has leased was left by one that died, and is
    // taken up at once. Couriers are many; whether one of them is gone, its process's name tells.
    const QString owner = role == station::LedgerPlace::Role::Line
        ? u"%1/line/%2"_s.arg(settings.stationId, service)
        : u"%1/%2/%3"_s.arg(settings.stationId,
              QString::fromLatin1(station::systemRandom(6).toHex()),
              station::processName(getpid()));
    return {.destination = service,
        .owner = owner,
        .quotaPerMinute = settings.services[service].quotaPerMinute,
        .readBackEvery = settings.services[service].readBackEvery};
}

station::Result<std::unique_ptr<upload::Recipient>> openRecipient(const Settings &settings)
{
    if (!settings.report.isSet())
        return nullptr;
    auto recipient = upload::Recipient::open(settings.report);
    if (!recipient)
        return std::unexpected(Error{Fault::Missing, recipient.error().detail});
    return std::move(*recipient);
}

station::Result<std::unique_ptr<station::Admission>> openAdmission(const Settings &settings)
{
    using station::Admission;
    if (settings.admitUrl.isEmpty())
        return std::make_unique<Admission>(
            settings.stationId, settings.admitCommand, settings.admitDeadline);
    auto opened = upload::Post::open({QUrl(settings.admitUrl, QUrl::StrictMode), settings.admitCa,
        settings.admitCredential, settings.admitDeadline});
    if (!opened)
        return std::unexpected(Error{Fault::Missing, opened.error().detail});
    const std::shared_ptr<upload::Post> post = std::move(*opened);
    return std::make_unique<Admission>(
        settings.stationId, [post](const QByteArray &question, const auto &then) {
            post->send(question, [then](const upload::Result<upload::Answer> &answer) {
                if (!answer)
                    then(std::unexpected(Error{Fault::Down, answer.error().detail}));
                else if (answer->status != 200)
                    then(std::unexpected(Error{Fault::Down, upload::wordsOf(*answer)}));
                else
                    then(answer->body);
            });
        });
}

} // namespace app
