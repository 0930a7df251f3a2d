// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/publicarea.h"

#include <QCryptographicHash>

#include <tss2/tss2_mu.h>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

template <typename Sized> QByteArray bytesOf(const Sized &sized)
{
    return {reinterpret_cast<const char *>(sized.buffer), static_cast<qsizetype>(sized.size)};
}

QByteArray nameOf(quint16 algorithm, const QByteArray &tpmt)
{
    QCryptographicHash::Algorithm hash{};
    switch (algorithm) {
    case TPM2_ALG_SHA256:
        hash = QCryptographicHash::Sha256;
        break;
    case TPM2_ALG_SHA384:
        hash = QCryptographicHash::Sha384;
        break;
    case TPM2_ALG_SHA1:
        hash = QCryptographicHash::Sha1;
        break;
    case TPM2_ALG_SHA512:
        hash = QCryptographicHash::Sha512;
        break;
    default:
        return {};
    }
    QByteArray name;
    name.append(static_cast<char>(algorithm >> 8)).append(static_cast<char>(algorithm & 0xff));
    return name + QCryptographicHash::hash(tpmt, hash);
}

} // namespace

Result<PublicArea> parsePublicArea(const QByteArray &publicArea)
{
    TPM2B_PUBLIC parsed{};
    size_t offset = 0;
    const TSS2_RC rc =
        Tss2_MU_TPM2B_PUBLIC_Unmarshal(reinterpret_cast<const uint8_t *>(publicArea.constData()),
            static_cast<size_t>(publicArea.size()), &offset, &parsed);
    if (rc != TSS2_RC_SUCCESS || offset != static_cast<size_t>(publicArea.size())
        || offset != parsed.size + sizeof(UINT16) || parsed.size == 0)
        return std::unexpected(Error{
            Fault::Protocol, u"%1 bytes are not one TPM2B_PUBLIC"_s.arg(publicArea.size()), rc});

    const TPMT_PUBLIC &area = parsed.publicArea;
    PublicArea result;
    result.nameAlg = area.nameAlg;
    result.attributes = area.objectAttributes;
    result.authPolicy = bytesOf(area.authPolicy);
    result.name = nameOf(area.nameAlg, publicArea.mid(sizeof(UINT16)));
    if (area.type == TPM2_ALG_RSA) {
        result.type = PublicArea::Type::Rsa;
        const auto &symmetric = area.parameters.rsaDetail.symmetric;
        result.symmetricBits = symmetric.algorithm == TPM2_ALG_AES ? symmetric.keyBits.aes : 0;
        result.modulus = bytesOf(area.unique.rsa);
        const quint32 exponent = area.parameters.rsaDetail.exponent;
        result.exponent = exponent == 0 ? 65537 : exponent;
    } else if (area.type == TPM2_ALG_ECC) {
        result.type = PublicArea::Type::Ecc;
        const auto &symmetric = area.parameters.eccDetail.symmetric;
        result.symmetricBits = symmetric.algorithm == TPM2_ALG_AES ? symmetric.keyBits.aes : 0;
        result.curve = area.parameters.eccDetail.curveID;
        result.x = bytesOf(area.unique.ecc.x);
        result.y = bytesOf(area.unique.ecc.y);
    }
    return result;
}

} // namespace tpm
