// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/credential.h"

#include "upload/sastoken.h"

#include <QSaveFile>

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr qsizetype longestConnectionString = 4096;
constexpr qsizetype longestFile = 16384;
constexpr qsizetype shortestKey = 16; // what Azure takes as a policy's key
constexpr qsizetype longestKey = 64;
constexpr QByteArrayView tokenScheme = "SharedAccessSignature ";

std::unexpected<Error> wrong(const QString &detail)
{
    return std::unexpected(Error{Fault::Wrong, detail, 0, 0, {}});
}

bool isPlain(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

/// A file descriptor that closes itself.
struct Descriptor {
    int fd;
    ~Descriptor()
    {
        if (fd >= 0) {
            ::close(fd);
        }
    }
};

} // namespace

bool Credential::isUsable() const
{
    return !keychain.isEmpty() || (!host.isEmpty() && (!key.isEmpty() || !token.isEmpty() || seal));
}

Result<Secret> parseKey(QByteArrayView base64)
{
    auto decoded =
        QByteArray::fromBase64Encoding(QByteArray::fromRawData(base64.data(), base64.size()),
            QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    Secret key{decoded.decoded};
    OPENSSL_cleanse(decoded.decoded.data(), size_t(decoded.decoded.size()));
    if (!decoded || key.isEmpty() || base64.size() % 4 != 0) {
        return wrong(u"SharedAccessKey is not base64; copy it whole, with the = at its end"_s);
    }
    if (key.bytes().size() < shortestKey || key.bytes().size() > longestKey) {
        return wrong(u"SharedAccessKey has %1 bytes, a policy's key has %2 to %3; copy it whole"_s
                .arg(key.bytes().size())
                .arg(shortestKey)
                .arg(longestKey));
    }
    return key;
}

Result<Credential> parseConnectionString(QByteArrayView text)
{
    if (text.size() > longestConnectionString) {
        return wrong(u"the connection string is too long"_s);
    }
    Credential credential;
    text = text.trimmed();
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf(';');
        const QByteArrayView part = (end < 0 ? text : text.first(end)).trimmed();
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        if (part.isEmpty()) {
            continue;
        }
        const qsizetype equals = part.indexOf('=');
        if (equals < 0) {
            return wrong(u"the connection string has a part without '='"_s);
        }
        const QByteArrayView name = part.first(equals);
        const QByteArrayView value = part.sliced(equals + 1);
        if (!isPlain(value)) {
            return wrong(u"the connection string has spaces or control characters in a value"_s);
        }
        if (name.compare("HostName", Qt::CaseInsensitive) == 0) {
            credential.host = QString::fromLatin1(value);
        } else if (name.compare("SharedAccessKeyName", Qt::CaseInsensitive) == 0) {
            credential.policy = QString::fromLatin1(value);
        } else if (name.compare("SharedAccessKey", Qt::CaseInsensitive) == 0) {
            auto key = parseKey(value);
            if (!key) {
                return std::unexpected(key.error());
            }
            credential.key = *key;
        } // other parts (DeviceId, GatewayHostName…) belong to other uses of the format
    }
    if (credential.host.isEmpty() || credential.policy.isEmpty() || credential.key.isEmpty()) {
        return wrong(
            u"the connection string needs HostName, SharedAccessKeyName and SharedAccessKey"_s);
    }
    return credential;
}

Result<Credential> parseCredential(QByteArrayView text)
{
    text = text.trimmed();
    if (!text.startsWith(tokenScheme)) {
        return parseConnectionString(text);
    }
    const auto token = parseToken(text);
    if (!token || !isPlain(text.sliced(tokenScheme.size()))) {
        return wrong(
            token ? u"the token has spaces or control characters"_s : token.error().detail);
    }
    const QString resource = QString::fromUtf8(QByteArray::fromPercentEncoding(token->resource));
    Credential credential{resource.section(u'/', 0, 0), token->policy};
    credential.token = Secret(text);
    credential.expiry = token->expiry;
    if (credential.host.isEmpty()) {
        return wrong(u"the token is for no host"_s);
    }
    return credential;
}

Secret textOf(const Credential &credential)
{
    if (!credential.token.isEmpty()) {
        return credential.token;
    }
    QByteArray text = u"HostName=%1;SharedAccessKeyName=%2;SharedAccessKey="_s
                          .arg(credential.host, credential.policy)
                          .toUtf8();
    const QByteArrayView key = credential.key.bytes();
    QByteArray encoded = QByteArray::fromRawData(key.data(), key.size()).toBase64();
    text.reserve(text.size() + encoded.size());
    text += encoded;
    const Secret result{text};
    OPENSSL_cleanse(encoded.data(), size_t(encoded.size()));
    OPENSSL_cleanse(text.data(), size_t(text.size()));
    return result;
}

Result<Secret> readPrivately(const QString &file)
{
    const Descriptor opened{
        ::open(QFile::encodeName(file).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    struct stat status{};
    if (opened.fd < 0 || ::fstat(opened.fd, &status) != 0) {
        return wrong(u"%1: %2"_s.arg(file, qt_error_string(errno)));
    }
    if (!S_ISREG(status.st_mode)) {
        return wrong(u"%1: not a file"_s.arg(file));
    }
    if ((status.st_mode & 0077) != 0) {
        return wrong(u"%1: others may read this secret; run: chmod 600 '%1'"_s.arg(file));
    }
    std::array<char, longestFile + 1> buffer{};
    size_t size = 0;
    for (ssize_t got = 1; got > 0 && size < buffer.size(); size += got > 0 ? size_t(got) : 0) {
        got = ::read(opened.fd, buffer.data() + size, buffer.size() - size);
    }
    Secret content{QByteArrayView(buffer.data(), qsizetype(size))};
    OPENSSL_cleanse(buffer.data(), buffer.size());
    if (qsizetype(size) > longestFile) {
        return wrong(u"%1: too long for a secret"_s.arg(file));
    }
    return content;
}

Result<Credential> readCredential(const QString &file)
{
    const auto content = readPrivately(file);
    if (!content) {
        return std::unexpected(content.error());
    }
    auto credential = parseCredential(content->bytes());
    if (!credential) {
        return wrong(u"%1: %2"_s.arg(file, credential.error().detail));
    }
    return credential;
}

Result<Credential> credentialFromEnvironment(const QByteArray &variable)
{
    const char *value = std::getenv(variable.constData());
    if (!value) {
        return wrong(u"the environment has no %1"_s.arg(QString::fromLatin1(variable)));
    }
    auto credential = parseCredential(value);
    if (!credential) {
        return wrong(u"%1: %2"_s.arg(QString::fromLatin1(variable), credential.error().detail));
    }
    return credential;
}

bool writeFile(const QString &path, QByteArrayView content, bool isSecret)
{
    QSaveFile file(path);
    const auto owner = QFile::ReadOwner | QFile::WriteOwner;
    return file.open(QIODevice::WriteOnly)
        && file.setPermissions(isSecret ? owner : owner | QFile::ReadGroup | QFile::ReadOther)
        && file.write(content.data(), content.size()) == content.size() && file.commit();
}

} // namespace upload
