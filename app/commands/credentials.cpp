// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/credentials.h"

#include "app/checkup.h"
#include "app/commands/all.h"
#include "app/secretinput.h"
#include "station/ornull.h"
#include "upload/keychain.h"

#include <QDateTime>
#include <QEventLoop>

namespace app::commands {

using namespace Qt::StringLiterals;
using upload::Card;
using Place = upload::Source::Place;

void describeCommon(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station's settings."_s, u"FILE"_s},
        {u"json"_s, u"Print JSON, one object a line."_s},
    });
}

void describeName(QCommandLineParser &parser)
{
    describeCommon(parser);
    parser.addOptions({
        {u"in"_s, u"Where it is kept: keychain, file, or tpm (the key never leaves the TPM)."_s,
            u"PLACE"_s},
        {u"tpm"_s, u"The station's TPM; default what --station says, or %1."_s.arg(ownTpmOf({})),
            u"TARGET"_s},
    });
    parser.addPositionalArgument(u"NAME"_s, u"What the credential is called, such as main."_s);
}

station::Result<Asked> askedOf(const QCommandLineParser &parser)
{
    const auto wrong = [](const QString &detail) {
        return std::unexpected(station::Error{station::Fault::Syntax, detail});
    };
    Asked asked;
    if (parser.isSet(u"station"_s)) {
        const auto settings = loadSettings(parser.value(u"station"_s));
        if (!settings)
            return std::unexpected(settings.error());
        asked.settings = *settings;
    }
    if (parser.isSet(u"tpm"_s))
        asked.settings.ownTpm = parser.value(u"tpm"_s);
    asked.name = parser.positionalArguments().value(0);
    if (parser.positionalArguments().size() != 1 || !upload::isCredentialName(asked.name))
        return wrong(
            u"this needs one NAME of letters, digits, dots, dashes and underscores; the secret is read from standard input"_s);
    if (parser.isSet(u"in"_s)) {
        asked.place = upload::placeOf(parser.value(u"in"_s));
        if (!asked.place || asked.place == Place::Environment)
            return wrong(u"--in is keychain, file or tpm"_s);
    }
    return asked;
}

QList<Card> cardsOf(const Asked &asked)
{
    QList<Card> cards = upload::listSafe(upload::usualSafe());
    cards.removeIf([&](const Card &card) {
        return card.name != asked.name || (asked.place && card.source.place != *asked.place);
    });
    return cards;
}

namespace {

/// Runs until the keychain has answered; its item has a deadline.
upload::Result<upload::Secret> wait(
    const QString &name, const std::function<void(upload::KeychainItem &)> &begin)
{
    upload::KeychainItem item(name);
    upload::Result<upload::Secret> result;
    QEventLoop loop;
    QObject::connect(&item, &upload::KeychainItem::finished, &loop,
        [&](const upload::Result<upload::Secret> &content) {
            result = content;
            loop.quit();
        });
    begin(item);
    loop.exec();
    return result;
}

QJsonObject toJson(const Card &card)
{
    const QString expiry = card.expiry > 0
        ? QDateTime::fromSecsSinceEpoch(card.expiry, Qt::UTC).toString(Qt::ISODate)
        : QString();
    return {{u"name"_s, card.name}, {u"in"_s, word(card.source.place)},
        {u"credential"_s, textOf(card.source)}, {u"host"_s, station::orNull(card.host)},
        {u"policy"_s, station::orNull(card.policy)},
        {u"kind"_s,
            card.trouble.isEmpty() ? QJsonValue(card.isToken ? u"token"_s : u"key"_s)
                                   : QJsonValue::Null},
        {u"expiry"_s, station::orNull(expiry)}, {u"trouble"_s, station::orNull(card.trouble)}};
}

void print(const Card &card, bool json)
{
    if (json)
        printJson(toJson(card));
    else
        app::print(cardSymptom(card), false);
}

// add

void describeAdd(QCommandLineParser &parser)
{
    describeName(parser);
    parser.addOptions({
        {u"host"_s, u"With --policy: the service, where only its key is given."_s, u"HOST"_s},
        {u"policy"_s, u"With --host: the shared access policy of that key."_s, u"POLICY"_s},
    });
}

upload::Result<upload::Credential> readSecret(const QCommandLineParser &parser)
{
    using upload::Credential;
    const auto wrong = [](const QString &detail) {
        return std::unexpected(upload::Error{upload::Fault::Wrong, detail, 0, 0, {}});
    };
    const QString host = parser.value(u"host"_s);
    const QString policy = parser.value(u"policy"_s);
    if (host.isEmpty() != policy.isEmpty())
        return wrong(u"--host and --policy belong together"_s);
    const auto text = askSecret(host.isEmpty() ? u"Connection string or SAS token: "_s
                                               : u"Key of policy %1: "_s.arg(policy));
    if (!text)
        return wrong(text.error().detail);
    if (!host.isEmpty()) {
        const auto key = upload::parseKey(text->bytes());
        return key ? upload::Result<Credential>(Credential{host, policy, *key})
                   : std::unexpected(key.error());
    }
    auto credential = upload::parseCredential(text->bytes());
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    if (credential && !credential->token.isEmpty() && credential->expiry <= now)
        return wrong(u"this token expired at %1: have a new one made"_s.arg(
            QDateTime::fromSecsSinceEpoch(credential->expiry, Qt::UTC).toString(Qt::ISODate)));
    return credential;
}

Exit runAdd(const QCommandLineParser &parser)
{
    const auto asked = askedOf(parser);
    if (!asked)
        return wrongUse(asked.error().detail);
    const auto credential = readSecret(parser);
    if (!credential)
        return wrongUse(credential.error().detail);
    const Place place = asked->place.value_or(Place::File);
    if (place == Place::Tpm && credential->key.isEmpty())
        return wrongUse(u"a TPM keeps a key, not a token; keep the token in keychain or file"_s);
    const auto kept = place == Place::Tpm ? upload::sealed(*credential, ownTpmOf(asked->settings))
                                          : upload::Result<upload::Credential>(*credential);
    const auto trouble = [](const upload::Error &error) {
        say(error.detail);
        return Exit::StationError;
    };
    if (!kept)
        return trouble(kept.error());
    if (place == Place::Keychain) {
        const auto written = wait(asked->name,
            [&](upload::KeychainItem &item) { item.write(upload::textOf(*credential)); });
        if (!written)
            return trouble(written.error());
    }
    const auto source = upload::keep(*kept, asked->name, place, upload::usualSafe());
    if (!source)
        return trouble(source.error());
    print(upload::cardOf(asked->name, *source, upload::usualSafe()), parser.isSet(u"json"_s));
    say(u"now write in the station's settings: credential = \"%1\""_s.arg(textOf(*source)));
    return Exit::Good;
}

// list and remove

Exit runList(const QCommandLineParser &parser)
{
    if (!parser.positionalArguments().isEmpty())
        return wrongUse(u"credentials list takes no arguments"_s);
    QList<Card> cards = upload::listSafe(upload::usualSafe());
    if (parser.isSet(u"station"_s)) {
        const auto settings = loadSettings(parser.value(u"station"_s));
        if (!settings)
            return wrongUse(settings.error().detail);
        for (const auto &[name, service] : settings->services.asKeyValueRange())
            if (const auto source = upload::parseSource(service.credential))
                cards.append(upload::cardOf(name, *source, upload::usualSafe()));
    }
    for (const Card &card : std::as_const(cards))
        print(card, parser.isSet(u"json"_s));
    if (cards.isEmpty())
        say(u"no credential is kept here; --station FILE also lists those that its services name"_s);
    return Exit::Good;
}

Exit runRemove(const QCommandLineParser &parser)
{
    const auto asked = askedOf(parser);
    if (!asked)
        return wrongUse(asked.error().detail);
    const QList<Card> cards = cardsOf(*asked);
    if (cards.isEmpty())
        return wrongUse(u"no credential \"%1\" is kept there"_s.arg(asked->name));
    Exit exit = Exit::Good;
    for (const Card &card : cards) {
        // First the secret: a card without one says what is missing, a secret without is forgotten.
        if (card.source.place == Place::Keychain)
            if (const auto gone = wait(card.name, &upload::KeychainItem::remove); !gone) {
                say(gone.error().detail);
                exit = Exit::StationError;
                continue;
            }
        const auto gone = upload::discard(card.name, card.source.place, upload::usualSafe());
        if (!gone) {
            say(gone.error().detail);
            exit = Exit::StationError;
        } else if (parser.isSet(u"json"_s)) {
            printJson({{u"removed"_s, card.name}, {u"in"_s, word(card.source.place)}});
        } else {
            printLine(u"removed %1"_s.arg(textOf(card.source)));
        }
    }
    return exit;
}

} // namespace

const Command credentialsAdd{"credentials add", "NAME",
    "Keep a service's key or token: the secret is read from standard input.",
    "ekstation-cli credentials add main --in tpm < connection-string", describeAdd, runAdd};
const Command credentialsList{"credentials list", "",
    "Print the credentials that are kept, without their secrets.",
    "ekstation-cli credentials list --json", describeCommon, runList};
const Command credentialsRemove{"credentials remove", "NAME", "Forget a credential.",
    "ekstation-cli credentials remove main --in file", describeName, runRemove};

} // namespace app::commands
