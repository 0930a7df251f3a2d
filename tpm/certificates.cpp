// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/certificates.h"

#include "tpm/endorsement.h"
#include "tpm/openssl.h"
#include "tpm/publicarea.h"
#include "tpm/session.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <openssl/core_names.h>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

// The reserved EK range of NV; the indices between certificates hold nonces and templates.
constexpr quint32 firstIndex = 0x01c00000;
constexpr quint32 lastIndex = 0x01c000ff;

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
    const auto *at = bytes(der);
    const X509Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    const EVP_PKEY *certified = certificate ? X509_get0_pubkey(certificate.get()) : nullptr;
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
        if (!nv)
            return std::unexpected(nv.error());
        const auto der = cutCertificate(*nv);
        if (!der)
            return std::unexpected(der.error());
        certificates.append({index, *der, certifies(*der, key)});
    }
    return certificates;
}

} // namespace tpm
