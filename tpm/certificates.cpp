// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/certificates.h"

#include "tpm/endorsement.h"
#include "tpm/publicarea.h"
#include "tpm/session.h"
#include "tpm/x509.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <openssl/core_names.h>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

// The reserved EK range of NV; the indices between certificates hold nonces and templates.
constexpr quint32 firstIndex = 0x01c00000;
constexpr quint32 lastIndex = 0x01c000ff;
// The certificates of its issuers, in pieces of any length (EK Credential Profile, 2.2.1.5.3).
constexpr quint32 firstChainIndex = 0x01c00100;
constexpr quint32 lastChainIndex = 0x01c001ff;
constexpr qsizetype largestChain = 64 << 10;

bool holdsCertificate(quint32 index)
{
    const quint32 offset = index - firstIndex;
    return offset == 0x02 || offset == 0x0a || (offset >= 0x12 && offset % 2 == 0);
}

QByteArray parameter(const EVP_PKEY *key, const char *name)
{
    BIGNUM *number = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &number) != 1)
        return {};
    const BigNumber owned(number);
    QByteArray value(BN_num_bytes(number), Qt::Uninitialized);
    BN_bn2bin(number, bytes(value));
    return value;
}

QByteArray withoutZeros(const QByteArray &number)
{
    qsizetype zeros = 0;
    while (zeros < number.size() && number[zeros] == 0)
        ++zeros;
    return number.mid(zeros);
}

/// The index is locked, or wants a password; the TPM itself is well.
bool isTheIndexAlone(const Error &error)
{
    return error.fault == Fault::Refused || error.fault == Fault::Unsuitable;
}

Certificate certificateIn(const QByteArray &nv, const EndorsementKey &key)
{
    const auto der = cutCertificate(nv);
    if (!der)
        return {.der = nv, .flaw = der.error().detail};
    if (!parseX509(*der))
        return {.der = *der, .flaw = u"%1 bytes are no certificate"_s.arg(der->size())};
    return {.der = *der, .keyMatches = certifies(*der, key)};
}

} // namespace

QByteArray Certificate::sha256() const
{
    return QCryptographicHash::hash(der, QCryptographicHash::Sha256);
}

Result<QByteArray> cutCertificate(const QByteArray &nvBytes)
{
    QByteArray der = nvBytes;
    if (der.size() > 5 && der.startsWith(QByteArrayView("\x10\x01\x00", 3)))
        der = der.mid(5, qFromBigEndian<quint16>(der.constData() + 3));
    if (der.size() < 4 || der.at(0) != 0x30)
        return std::unexpected(
            Error{Fault::Protocol, u"%1 bytes in NV are no DER certificate"_s.arg(nvBytes.size())});
    // Certificates need two length bytes; 0x82 says so (X.690, 8.1.3).
    if (static_cast<quint8>(der.at(1)) != 0x82)
        return std::unexpected(Error{Fault::Protocol, u"a certificate of implausible length"_s});
    const qsizetype length = 4 + qFromBigEndian<quint16>(der.constData() + 2);
    if (length > der.size())
        return std::unexpected(Error{Fault::Protocol,
            u"the certificate says %1 bytes, NV holds %2"_s.arg(length).arg(der.size())});
    return der.left(length);
}

bool certifies(const QByteArray &der, const EndorsementKey &key)
{
    const X509Certificate certificate = parseX509(der);
    const PublicKey owned = certificate ? keyOf(certificate.get()) : PublicKey();
    const EVP_PKEY *certified = owned.get();
    const auto area = parsePublicArea(key.publicArea);
    if (certified == nullptr || !area)
        return false;
    if (area->type == PublicArea::Type::Rsa) {
        const QByteArray exponent = QByteArray::number(area->exponent, 16);
        return parameter(certified, OSSL_PKEY_PARAM_RSA_N) == withoutZeros(area->modulus)
            && parameter(certified, OSSL_PKEY_PARAM_RSA_E)
            == withoutZeros(QByteArray::fromHex(exponent.rightJustified(8, '0')));
    }
    const QByteArray x = parameter(certified, OSSL_PKEY_PARAM_EC_PUB_X);
    const QByteArray y = parameter(certified, OSSL_PKEY_PARAM_EC_PUB_Y);
    return !x.isEmpty() && x == withoutZeros(area->x) && y == withoutZeros(area->y);
}

Result<QList<Certificate>> readCertificates(
    Session &session, const EndorsementKey &key, quint32 nvBufferMax)
{
    const auto indices = session.handles(firstIndex, lastIndex);
    if (!indices)
        return std::unexpected(indices.error());
    QList<Certificate> certificates;
    for (const quint32 index : *indices) {
        if (!holdsCertificate(index))
            continue;
        const auto nv = session.readNv(index, nvBufferMax);
        if (!nv && !isTheIndexAlone(nv.error()))
            return std::unexpected(nv.error());
        certificates.append(nv ? certificateIn(*nv, key) : Certificate{.flaw = nv.error().detail});
        certificates.last().nvIndex = index;
    }
    return certificates;
}

Issuers cutIssuers(const QByteArray &nvBytes)
{
    Issuers issuers;
    for (qsizetype at = 0; at < nvBytes.size();) {
        const char byte = nvBytes[at];
        if (byte == '\0' || byte == '\xff') { // padding, between them as well
            ++at;
            continue;
        }
        const auto der = cutCertificate(nvBytes.mid(at));
        if (!der || !parseX509(*der)) {
            issuers.flaw = u"at byte %1: %2"_s.arg(at).arg(
                der ? u"%1 bytes are no certificate"_s.arg(der->size()) : der.error().detail);
            return issuers;
        }
        issuers.certificates.append(*der);
        at += der->size();
    }
    return issuers;
}

Result<Issuers> readIssuers(Session &session, quint32 nvBufferMax)
{
    const auto indices = session.handles(firstChainIndex, lastChainIndex);
    if (!indices)
        return std::unexpected(indices.error());
    QByteArray nvBytes;
    for (const quint32 index : *indices) {
        const auto nv = session.readNv(index, nvBufferMax);
        if (!nv && !isTheIndexAlone(nv.error()))
            return std::unexpected(nv.error());
        if (!nv)
            return Issuers{
                {}, u"NV 0x%1: %2"_s.arg(index, 8, 16, QLatin1Char('0')).arg(nv.error().detail)};
        nvBytes += *nv;
        if (nvBytes.size() > largestChain)
            return Issuers{{}, u"more than %1 bytes"_s.arg(largestChain)};
    }
    return cutIssuers(nvBytes);
}

} // namespace tpm
