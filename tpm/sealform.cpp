// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/sealform.h"

#include <openssl/err.h>

namespace tpm {

namespace {

enum Tag : char {
    Integer = 0x02,
    Octets = 0x04,
    ObjectId = 0x06,
    Sequence = 0x30,
    Set = 0x31,
    Zero = static_cast<char>(0xa0), ///< [0], constructed
};

/// A DER value of less than 16 MiB (X.690, 8.1).
QByteArray der(Tag tag, const QByteArray &content)
{
    const auto size = static_cast<quint32>(content.size());
    QByteArray head(1, tag);
    if (size >= 0x80) {
        const int bytes = size > 0xffff ? 3 : (size > 0xff ? 2 : 1);
        head += static_cast<char>(0x80 | bytes);
        for (int at = bytes - 1; at >= 0; --at)
            head += static_cast<char>(size >> (8 * at));
    } else {
        head += static_cast<char>(size);
    }
    return head + content;
}

template <auto Encode, typename Value> QByteArray encoded(Value *value)
{
    unsigned char *bytes = nullptr;
    const int size = Encode(value, &bytes);
    const QByteArray copy(reinterpret_cast<const char *>(bytes), std::max(size, 0));
    OPENSSL_free(bytes);
    return copy;
}

QByteArray oid(const char *hex)
{
    return der(ObjectId, QByteArray::fromHex(hex));
}

QByteArray versionOne()
{
    return der(Integer, QByteArray(1, '\1'));
}

QByteArray certificatesOf(CMS_ContentInfo *message)
{
    const Certificates certificates(CMS_get1_certs(message));
    QByteArray all;
    for (int at = 0; at < sk_X509_num(certificates.get()); ++at)
        all += encoded<i2d_X509>(sk_X509_value(certificates.get(), at));
    return der(Zero, all);
}

/// SignerInfo (RFC 5652, 5.3): who, and what was signed; ECDSA (RFC 5754, 3.3).
QByteArray signerOf(CMS_SignerInfo *signer, const QByteArray &sha256)
{
    ASN1_OCTET_STRING *keyId = nullptr;
    X509_NAME *issuer = nullptr;
    ASN1_INTEGER *serial = nullptr;
    if (CMS_SignerInfo_get0_signer_id(signer, &keyId, &issuer, &serial) != 1 || issuer == nullptr)
        return {};
    QByteArray attributes;
    for (int at = 0; at < CMS_signed_get_attr_count(signer); ++at)
        attributes += encoded<i2d_X509_ATTRIBUTE>(CMS_signed_get_attr(signer, at));
    ASN1_OCTET_STRING *signature = CMS_SignerInfo_get0_signature(signer);
    return der(Sequence,
        versionOne()
            + der(Sequence, encoded<i2d_X509_NAME>(issuer) + encoded<i2d_ASN1_INTEGER>(serial))
            + sha256 + der(Zero, attributes) + der(Sequence, oid("2a8648ce3d040302"))
            + encoded<i2d_ASN1_OCTET_STRING>(signature));
}

} // namespace

bool isInOneForm(CMS_ContentInfo *message, const QByteArray &pem)
{
    const Memory again(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_CMS(again.get(), message) != 1 || contentOf(again) != pem)
        return false;
    STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(message);
    if (sk_CMS_SignerInfo_num(signers) != 1)
        return false;
    const QByteArray sha256 = der(Sequence, oid("608648016503040201"));
    const QByteArray expected = der(Sequence,
        oid("2a864886f70d010702")
            + der(Zero,
                der(Sequence,
                    versionOne() + der(Set, sha256) + der(Sequence, oid("2a864886f70d010701"))
                        + certificatesOf(message)
                        + der(Set, signerOf(sk_CMS_SignerInfo_value(signers, 0), sha256)))));
    ERR_clear_error();
    return encoded<i2d_CMS_ContentInfo>(message) == expected;
}

} // namespace tpm
