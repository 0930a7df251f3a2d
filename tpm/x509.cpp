// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/x509.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace tpm {

namespace {

constexpr qsizetype largestCertificate = 64 << 10;
constexpr qsizetype largestName = 200;

} // namespace

X509Certificate parseX509(const QByteArray &der)
{
    if (der.size() > largestCertificate)
        return {};
    const auto *at = bytes(der);
    X509Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    if (at != bytes(der) + der.size())
        return {};
    return certificate;
}

RevocationList parseCrl(const QByteArray &der)
{
    const auto *at = bytes(der);
    RevocationList list(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    if (at != bytes(der) + der.size())
        return {};
    return list;
}

QByteArray contentOf(const Memory &memory)
{
    char *content = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &content);
    return {content, static_cast<qsizetype>(size)};
}

QString nameOf(const X509_NAME *name)
{
    const Memory text(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(text.get(), name, 0, (XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB));
    return printable(contentOf(text)).left(largestName);
}

bool isSelfIssued(X509 *certificate)
{
    return (X509_get_extension_flags(certificate) & EXFLAG_SI) != 0;
}

QDateTime timeOf(const ASN1_TIME *time)
{
    tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return {QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
        QTime(parts.tm_hour, parts.tm_min, std::min(parts.tm_sec, 59)), Qt::UTC};
}

PublicKey keyOf(X509 *certificate)
{
    const X509_PUBKEY *stored = X509_get_X509_PUBKEY(certificate);
    ASN1_OBJECT *algorithm = nullptr;
    const unsigned char *at = nullptr;
    int size = 0;
    if (X509_PUBKEY_get0_param(&algorithm, &at, &size, nullptr, stored) == 1
        && OBJ_obj2nid(algorithm) == NID_rsaesOaep)
        return PublicKey(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, size));
    PublicKey key(X509_get_pubkey(certificate));
    ERR_clear_error();
    return key;
}

QString printable(const QByteArray &text)
{
    QString result = QString::fromUtf8(text);
    for (QChar &character : result)
        if (!character.isPrint())
            character = u'?';
    return result;
}

} // namespace tpm
