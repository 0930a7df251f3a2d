// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/sastoken.h"

#include <QHash>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr qsizetype longestHeader = 2048;
constexpr QByteArrayView scheme = "SharedAccessSignature ";

QByteArray signatureOf(const QByteArray &text, const Secret &key)
{
    QByteArray digest(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    const QByteArrayView bytes = key.bytes();
    HMAC(EVP_sha256(), bytes.data(), int(bytes.size()),
        reinterpret_cast<const unsigned char *>(text.data()), size_t(text.size()),
        reinterpret_cast<unsigned char *>(digest.data()), &size);
    digest.resize(qsizetype(size));
    return digest;
}

std::unexpected<Error> unauthorized(const QString &detail)
{
    return std::unexpected(Error{Fault::Unauthorized, detail, 0, 0, {}});
}

Result<QHash<QByteArray, QByteArray>> fieldsOf(QByteArrayView header)
{
    if (header.size() > longestHeader || !header.startsWith(scheme)) {
        return unauthorized(u"not a SharedAccessSignature"_s);
    }
    QHash<QByteArray, QByteArray> fields;
    for (const QByteArray &part : header.sliced(scheme.size()).trimmed().toByteArray().split('&')) {
        const qsizetype equals = part.indexOf('=');
        if (equals <= 0 || fields.contains(part.first(equals))) {
            return unauthorized(u"a malformed or repeated field in the token"_s);
        }
        fields.insert(part.first(equals), part.sliced(equals + 1));
    }
    return fields;
}

} // namespace

QByteArray tokenSubject(const QString &resource, qint64 expiry)
{
    return resource.toUtf8().toPercentEncoding() + '\n' + QByteArray::number(expiry);
}

QByteArray assembleToken(
    const QString &resource, const QByteArray &signature, const QString &policy, qint64 expiry)
{
    const QByteArray name =
        policy.isEmpty() ? QByteArray() : "&skn=" + policy.toUtf8().toPercentEncoding();
    return scheme.toByteArray() + "sr=" + resource.toUtf8().toPercentEncoding() + "&sig="
        + signature.toBase64().toPercentEncoding() + "&se=" + QByteArray::number(expiry) + name;
}

QByteArray signToken(
    const QString &resource, const Secret &key, const QString &policy, qint64 expiry)
{
    return assembleToken(
        resource, signatureOf(tokenSubject(resource, expiry), key), policy, expiry);
}

bool PresentedToken::isSignedWith(const Secret &key) const
{
    const QByteArray expected = signatureOf(resource + '\n' + QByteArray::number(expiry), key);
    return !key.isEmpty() && expected.size() == signature.size()
        && CRYPTO_memcmp(expected.data(), signature.data(), size_t(expected.size())) == 0;
}

bool PresentedToken::covers(const QString &path) const
{
    QString granted = QString::fromUtf8(QByteArray::fromPercentEncoding(resource));
    while (granted.endsWith(u'/')) {
        granted.chop(1);
    }
    return !granted.isEmpty() && path.startsWith(granted, Qt::CaseInsensitive)
        && (path.size() == granted.size() || path.at(granted.size()) == u'/');
}

Result<PresentedToken> parseToken(QByteArrayView header)
{
    const auto fields = fieldsOf(header);
    if (!fields) {
        return std::unexpected(fields.error());
    }
    PresentedToken token;
    token.resource = fields->value("sr");
    token.policy = QString::fromUtf8(QByteArray::fromPercentEncoding(fields->value("skn")));
    const auto signature =
        QByteArray::fromBase64Encoding(QByteArray::fromPercentEncoding(fields->value("sig")),
            QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    bool isNumber = false;
    const QByteArray expiry = fields->value("se");
    token.expiry = expiry.toLongLong(&isNumber);
    // The signature covers the digits as sent, so only their canonical form is taken.
    if (!isNumber || token.expiry <= 0 || QByteArray::number(token.expiry) != expiry) {
        return unauthorized(u"the token has no expiry"_s);
    }
    if (!signature || signature.decoded.isEmpty() || token.resource.isEmpty()) {
        return unauthorized(u"the token lacks sr or sig"_s);
    }
    token.signature = signature.decoded;
    return token;
}

} // namespace upload
