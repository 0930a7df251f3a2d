// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/all.h"
#include "app/interrupt.h"
#include "upload/attestation.h"
#include "upload/enrollment.h"

#include <QEventLoop>

namespace app::commands {

using namespace Qt::StringLiterals;
using upload::DeviceStep;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"device"_s,
            u"The TPM: device:PATH, swtpm:path=SOCKET, swtpm:host=HOST,port=PORT or cmd:COMMAND."_s,
            u"TARGET"_s},
        {u"service"_s,
            u"The provisioning service, such as https://global.azure-devices-provisioning.net."_s,
            u"URL"_s},
        {u"id-scope"_s, u"The service's ID scope."_s, u"SCOPE"_s},
        {u"registration-id"_s, u"Default: derived from the endorsement key, as the SDKs do."_s,
            u"ID"_s},
        {u"ca"_s, u"Trust only the CA in this file (PEM), as a stand-in needs it."_s, u"FILE"_s},
        {u"show-token"_s, u"Print the SAS token for the hub, a secret good for an hour."_s},
        {u"json"_s, u"Print one JSON object."_s},
    });
}

QString sentence(DeviceStep step)
{
    switch (step) {
    case DeviceStep::Keys:
        return u"endorsement key and storage root key are in the TPM"_s;
    case DeviceStep::Challenge:
        return u"the service knows this endorsement key, and sent a challenge"_s;
    case DeviceStep::Activation:
        return u"the TPM opened the challenge, and signed with what it held"_s;
    case DeviceStep::Token:
        return u"the service believes the signature"_s;
    case DeviceStep::Assignment:
        return u"a hub is assigned"_s;
    case DeviceStep::HubKey:
        break;
    }
    return u"the TPM holds the key for the hub, and signed a token with it"_s;
}

QString advice(const upload::Error &error)
{
    if (error.errorCode == 400004)
        return u"; another endorsement key is enrolled under this id; compare the enrollment with "
               "what ekstation-cli read prints"_s;
    if (error.fault == upload::Fault::Unauthorized)
        return u"; is this id enrolled at this service, and is the ID scope the service's own?"_s;
    if (error.fault == upload::Fault::Untrusted)
        return u"; --ca names the CA of a stand-in"_s;
    return {};
}

struct Ending {
    Exit exit = Exit::StationError;
    QString code;
    QString text;
};

Ending endingOf(const tpm::Error &error)
{
    switch (error.fault) {
    case tpm::Fault::Target:
    case tpm::Fault::Busy:
    case tpm::Fault::Link:
        return {Exit::StationError, u"target"_s, error.detail};
    case tpm::Fault::Timeout:
        return {Exit::DeviceFailed, u"timeout"_s, error.detail};
    case tpm::Fault::Cancelled:
        return {Exit::DeviceFailed, u"aborted"_s, error.detail};
    case tpm::Fault::Protocol:
    case tpm::Fault::Refused:
    case tpm::Fault::Unsuitable:
        break;
    }
    return {Exit::DeviceFailed, u"tpm"_s, u"the TPM cannot do it: "_s + error.detail};
}

Ending endingOf(const upload::Error &error)
{
    using upload::Fault;
    const QString text = error.detail + advice(error);
    switch (error.fault) {
    case Fault::Unauthorized:
    case Fault::Conflict:
    case Fault::NotFound:
    case Fault::Refused:
        return {Exit::DeviceFailed, u"refused"_s, text};
    case Fault::Wrong:
        return {Exit::WrongUse, u"wrong"_s, text};
    default:
        return {Exit::StationError, u"service"_s, text};
    }
}

/// What is printed, and collected for --json.
class Account {
public:
    explicit Account(bool isJson) : m_isJson(isJson) { }

    void step(DeviceStep step, std::chrono::milliseconds took)
    {
        m_ms += took.count();
        m_steps.append(QJsonObject{{u"step"_s, word(step)}, {u"ms"_s, qint64(took.count())}});
        if (!m_isJson)
            printLine(u"%1 ms  %2"_s.arg(took.count(), 6).arg(sentence(step)));
    }

    void end(const upload::Attestation &attestation, const upload::Provisioned *done,
        const Ending &ending, bool showsToken) const
    {
        const QJsonValue null(QJsonValue::Null);
        const auto text = [&](QString upload::Provisioned::*field) {
            return done ? QJsonValue(done->*field) : null;
        };
        const QByteArray ek = attestation.endorsementKey().publicArea;
        QJsonObject object{{u"registrationId"_s, attestation.registrationId()},
            {u"ekSha256"_s,
                ek.isEmpty() ? null
                             : QString::fromLatin1(attestation.endorsementKey().sha256().toHex())},
            {u"status"_s, done ? u"assigned"_s : u"failed"_s},
            {u"hub"_s, text(&upload::Provisioned::hub)},
            {u"deviceId"_s, text(&upload::Provisioned::deviceId)},
            {u"substatus"_s, text(&upload::Provisioned::substatus)}, {u"steps"_s, m_steps},
            {u"ms"_s, m_ms}, {u"error"_s, null}};
        if (!done)
            object[u"error"_s] = QJsonObject{{u"code"_s, ending.code}, {u"detail"_s, ending.text}};
        if (done && showsToken)
            object[u"token"_s] = QString::fromLatin1(done->hubToken);
        if (m_isJson)
            printJson(object);
        else if (done)
            printLine(u"assigned to %1 as %2 (%3) in %4 ms"_s.arg(
                done->hub, done->deviceId, done->substatus, QString::number(m_ms)));
        if (!m_isJson && done && showsToken)
            printLine(QString::fromLatin1(done->hubToken));
        if (!done)
            say(ending.text);
    }

private:
    bool m_isJson;
    QJsonArray m_steps;
    qint64 m_ms = 0;
};

Exit attest(upload::Attestation &attestation, bool isJson, bool showsToken)
{
    Interrupt interrupt;
    QEventLoop loop;
    Account account(isJson);
    Exit exit = Exit::Good;
    using upload::Attestation;
    QObject::connect(&interrupt, &Interrupt::requested, &attestation, &Attestation::stop);
    QObject::connect(&attestation, &Attestation::stepped, &loop,
        [&](DeviceStep step, std::chrono::milliseconds took) { account.step(step, took); });
    QObject::connect(&attestation, &Attestation::waiting, &loop,
        [](std::chrono::milliseconds time, const upload::Error &because) {
            say(u"%1; again in %2 ms"_s.arg(because.detail).arg(time.count()));
        });
    QObject::connect(
        &attestation, &Attestation::finished, &loop, [&](const upload::Provisioned &done) {
            account.end(attestation, &done, {}, showsToken);
            loop.quit();
        });
    QObject::connect(
        &attestation, &Attestation::failed, &loop, [&](const upload::AttestationFailure &failure) {
            const Ending ending =
                std::visit([](const auto &error) { return endingOf(error); }, failure.error);
            exit = ending.exit;
            account.end(attestation, nullptr, ending, showsToken);
            loop.quit();
        });
    attestation.start();
    loop.exec();
    return exit;
}

Exit runRegister(const QCommandLineParser &parser)
{
    const QString id = parser.value(u"registration-id"_s);
    if (!parser.isSet(u"device"_s) || !parser.isSet(u"service"_s) || !parser.isSet(u"id-scope"_s)
        || !parser.positionalArguments().isEmpty())
        return wrongUse(u"register needs --device TARGET, --service URL and --id-scope SCOPE"_s);
    if (!id.isEmpty() && !upload::isRegistrationId(id))
        return wrongUse(
            u"\"%1\" is no registration id: letters, digits and - . _ :, at most 128"_s.arg(id));
    upload::DeviceEndpoint endpoint;
    endpoint.url = QUrl(parser.value(u"service"_s), QUrl::StrictMode);
    endpoint.caFile = parser.value(u"ca"_s);
    endpoint.idScope = parser.value(u"id-scope"_s);
    auto client = upload::DeviceClient::open(endpoint);
    if (!client)
        return wrongUse(client.error().detail);
    upload::Attestation attestation(std::move(*client), parser.value(u"device"_s), id);
    return attest(attestation, parser.isSet(u"json"_s), parser.isSet(u"show-token"_s));
}

} // namespace

const Command registerDevice{"register", "",
    "Provision a device with its TPM, as its own software would: the whole DPS attestation.",
    "ekstation-cli register --device device:/dev/tpmrm0 --service https://localhost:8443 "
    "--id-scope 0ne00000000 --ca ca.pem",
    describe, runRegister};

} // namespace app::commands
