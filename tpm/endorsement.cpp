// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/endorsement.h"

#include "tpm/handles.h"
#include "tpm/publicarea.h"
#include "tpm/session.h"
#include "tpm/templates.h"

#include <QCryptographicHash>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 absentHandle = 0x18B; // TPM_RC_HANDLE for the first handle

QString base32(const QByteArray &bytes)
{
    static constexpr char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    QString text;
    quint32 bits = 0;
    int count = 0;
    for (const char byte : bytes) {
        bits = (bits << 8) | static_cast<quint8>(byte);
        for (count += 8; count >= 5; count -= 5)
            text += QLatin1Char(alphabet[(bits >> (count - 5)) & 31]);
    }
    if (count > 0)
        text += QLatin1Char(alphabet[(bits << (5 - count)) & 31]);
    return text;
}

} // namespace

QByteArray EndorsementKey::base64() const
{
    return publicArea.toBase64();
}

QByteArray EndorsementKey::sha256() const
{
    return QCryptographicHash::hash(publicArea, QCryptographicHash::Sha256);
}

QString EndorsementKey::registrationId() const
{
    return base32(sha256());
}

Result<EndorsementKey> parseEndorsementKey(const QByteArray &publicArea)
{
    const auto area = parsePublicArea(publicArea);
    if (!area)
        return std::unexpected(area.error());
    const auto unsuitable = [](const QString &why) {
        return std::unexpected(Error{Fault::Unsuitable, u"no endorsement key: "_s + why});
    };
    if (area->type == PublicArea::Type::Other)
        return unsuitable(u"neither RSA nor ECC"_s);
    if ((area->attributes & restrictedDecrypt) != restrictedDecrypt)
        return unsuitable(u"not a restricted decryption key"_s);
    if (area->name.isEmpty())
        return unsuitable(
            u"unknown name algorithm 0x%1"_s.arg(area->nameAlg, 4, 16, QLatin1Char('0')));
    if (area->type == PublicArea::Type::Rsa
        && (area->modulus.size() < 256 || (area->modulus.front() & 0x80) == 0
            || (area->modulus.back() & 1) == 0))
        return unsuitable(u"the modulus is not an odd number of full length, 2048 bits or more"_s);

    EndorsementKey key;
    key.type =
        area->type == PublicArea::Type::Rsa ? EndorsementKey::Type::Rsa : EndorsementKey::Type::Ecc;
    key.publicArea = publicArea;
    key.name = area->name;
    return key;
}

Result<EndorsementKey> createEndorsementKey(Session &session, Template source)
{
    const auto object = session.createPrimary(Hierarchy::Endorsement, templateArea(source));
    if (!object)
        return std::unexpected(object.error());
    auto key = parseEndorsementKey(object->publicArea);
    if (key)
        key->source = source;
    if (key)
        key->reference = object->reference;
    return key;
}

Result<EndorsementKey> readEndorsementKey(Session &session)
{
    const auto persisted = session.readPublic(endorsementHandle);
    if (persisted) {
        auto key = parseEndorsementKey(persisted->publicArea);
        if (!key)
            return key;
        key->handle = endorsementHandle;
        key->source = likelyTemplate(persisted->publicArea);
        key->reference = persisted->reference;
        return key;
    }
    if (persisted.error().code != absentHandle)
        return std::unexpected(persisted.error());
    auto key = createEndorsementKey(session, Template::TcgL1);
    // A TPM without RSA refuses the template; one that is broken refuses the next one as well.
    if (!key && key.error().fault == Fault::Refused)
        key = createEndorsementKey(session, Template::TcgL2);
    return key;
}

} // namespace tpm
