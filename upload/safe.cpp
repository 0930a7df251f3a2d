// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/safe.h"

#include "tpm/sealedkey.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace upload {

namespace {

using Place = Source::Place;
constexpr int schema = 1;
constexpr std::array places{Place::File, Place::Environment, Place::Keychain, Place::Tpm};
constexpr std::array keptPlaces{Place::File, Place::Keychain, Place::Tpm};

std::unexpected<Error> wrong(const QString &detail)
{
    return std::unexpected(Error{Fault::Wrong, detail, 0, 0, {}});
}

/// A file holds what readCredential() takes; of what is elsewhere it tells what is no secret.
QString fileOf(const QString &name, Place place, const QString &safe)
{
    return u"%1/%2.%3"_s.arg(safe, name, place == Place::File ? u"credential"_s : word(place));
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray bytesOf(const QJsonValue &text)
{
    return QByteArray::fromBase64(text.toString().toLatin1());
}

QByteArray cardText(const Credential &credential)
{
    QJsonObject card{{u"schema"_s, schema}, {u"host"_s, credential.host},
        {u"policy"_s, credential.policy}, {u"expiry"_s, credential.expiry}};
    if (credential.seal) {
        card.insert(u"public"_s, base64(credential.seal->key.publicArea));
        card.insert(u"private"_s, base64(credential.seal->key.privateArea));
    }
    return QJsonDocument(card).toJson();
}

Result<QJsonObject> readCard(const QString &file)
{
    const auto content = readPrivately(file);
    if (!content) {
        return std::unexpected(content.error());
    }
    QJsonObject card = QJsonDocument::fromJson(content->bytes().toByteArray()).object();
    if (card[u"schema"].toInt() != schema || card[u"host"].toString().isEmpty()) {
        return wrong(u"%1 is damaged: enter the key again"_s.arg(file));
    }
    return card;
}

Result<Credential> openSeal(const QString &name, const QString &safe, const QString &tpm)
{
    const QString file = fileOf(name, Place::Tpm, safe);
    if (!QFile::exists(file)) {
        return wrong(
            u"no key \"%1\" is sealed here (%2): `ekstation-cli credentials add %1 --in tpm`"_s.arg(
                name, file));
    }
    const auto card = readCard(file);
    if (!card) {
        return std::unexpected(card.error());
    }
    Credential credential{(*card)[u"host"].toString(), (*card)[u"policy"].toString()};
    credential.seal = Seal{tpm, {bytesOf((*card)[u"public"]), bytesOf((*card)[u"private"])}};
    if (credential.seal->key.publicArea.isEmpty() || credential.seal->key.privateArea.isEmpty()) {
        return wrong(u"%1 is damaged: enter the key again"_s.arg(file));
    }
    return credential;
}

} // namespace

QString word(Place place)
{
    switch (place) {
    case Place::File:
        return u"file"_s;
    case Place::Environment:
        return u"env"_s;
    case Place::Keychain:
        return u"keychain"_s;
    case Place::Tpm:
        break;
    }
    return u"tpm"_s;
}

std::optional<Place> placeOf(const QString &text)
{
    for (const Place place : places) {
        if (word(place) == text) {
            return place;
        }
    }
    return std::nullopt;
}

std::optional<Source> parseSource(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    const auto place = placeOf(text.left(colon));
    const QString where = text.mid(colon + 1);
    const bool isNamed = place == Place::Keychain || place == Place::Tpm;
    if (colon < 0 || !place || where.isEmpty() || (isNamed && !isCredentialName(where))) {
        return std::nullopt;
    }
    return Source{*place, where};
}

QString textOf(const Source &source)
{
    return word(source.place) + u':' + source.where;
}

QString usualSafe()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + u"/ekstation/credentials"_s;
}

bool isCredentialName(const QString &name)
{
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern(u"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"_s));
    return form.match(name).hasMatch();
}

Result<Credential> openCredential(const Source &source, const QString &safe, const QString &tpm)
{
    switch (source.place) {
    case Place::File:
        return readCredential(source.where);
    case Place::Environment:
        return credentialFromEnvironment(source.where.toUtf8());
    case Place::Keychain: {
        Credential credential;
        credential.keychain = source.where;
        return credential;
    }
    case Place::Tpm:
        break;
    }
    return openSeal(source.where, safe, tpm);
}

Card cardOf(const QString &name, const Source &source, const QString &safe)
{
    Card card{.name = name, .source = source};
    const auto failed = [&card](const Error &error) {
        card.trouble = error.detail;
        return card;
    };
    if (source.place == Place::Keychain) {
        const auto read = readCard(fileOf(source.where, Place::Keychain, safe));
        if (!read) {
            return failed(read.error());
        }
        card.host = (*read)[u"host"].toString();
        card.policy = (*read)[u"policy"].toString();
        card.expiry = (*read)[u"expiry"].toInteger();
        card.isToken = card.expiry > 0;
        return card;
    }
    const auto credential = openCredential(source, safe, {});
    if (!credential) {
        return failed(credential.error());
    }
    card.host = credential->host;
    card.policy = credential->policy;
    card.expiry = credential->expiry;
    card.isToken = !credential->token.isEmpty();
    return card;
}

Result<Credential> sealed(const Credential &credential, const QString &tpm)
{
    if (credential.key.isEmpty()) {
        return wrong(
            u"a TPM seals a key, not a ready-made token; keep that in the keychain or a file"_s);
    }
    const auto target = tpm::parseTarget(tpm);
    const auto session = target ? tpm::Session::open(*target, {}, std::make_shared<tpm::Stop>())
                                : std::unexpected(target.error());
    const auto key = session ? tpm::sealKey(**session, credential.key.bytes())
                             : std::unexpected(session.error());
    if (!key) {
        return wrong(
            u"the station's TPM (%1) does not take the key: %2"_s.arg(tpm, key.error().detail));
    }
    Credential result{credential.host, credential.policy};
    result.seal = Seal{tpm, *key};
    return result;
}

Result<Source> keep(
    const Credential &credential, const QString &name, Place place, const QString &safe)
{
    const QString file = fileOf(name, place, safe);
    const Secret text = place == Place::File ? textOf(credential) : Secret(cardText(credential));
    const auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (!QDir().mkpath(safe) || !QFile::setPermissions(safe, owner)
        || !writeFile(file, text.bytes(), true)) {
        return wrong(u"%1 cannot be written: is the folder yours?"_s.arg(file));
    }
    return Source{place, place == Place::File ? file : name};
}

QList<Card> listSafe(const QString &safe)
{
    QList<Card> cards;
    const QStringList files = QDir(safe).entryList(QDir::Files, QDir::Name);
    for (const QString &file : files) {
        for (const Place place : keptPlaces) {
            const QString name = file.left(file.lastIndexOf(u'.'));
            if (QDir(safe).filePath(file) == fileOf(name, place, safe) && isCredentialName(name)) {
                const QString where = place == Place::File ? QDir(safe).filePath(file) : name;
                cards.append(cardOf(name, {place, where}, safe));
            }
        }
    }
    return cards;
}

Result<bool> discard(const QString &name, Place place, const QString &safe)
{
    QFile file(fileOf(name, place, safe));
    if (!file.remove()) {
        return wrong(u"%1: %2"_s.arg(file.fileName(), file.errorString()));
    }
    return true;
}

} // namespace upload
