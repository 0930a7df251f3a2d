// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/diagnosis.h"

#include "tpm/publicarea.h"
#include "tpm/templates.h"
#include "tpm/wrapping.h"
#include "tpm/x509.h"

#include <QtEndian>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

using Encoding = Diagnosis::Encoding;
using Form = Diagnosis::Form;
using Fitness = Diagnosis::Fitness;

constexpr qsizetype largestInput = 64 << 10;
constexpr qsizetype modulusSize = 256;

Diagnosis refused(Form form, const QString &why)
{
    return {.form = form, .detail = why};
}

/// An L-1 key (TCG EK Credential Profile, B.3.3) with this modulus, as TPM2B_PUBLIC.
QByteArray l1With(const QByteArray &modulus)
{
    return sized(templateArea(Template::TcgL1).chopped(modulusSize) + modulus);
}

/// Judges a whole TPM2B_PUBLIC; `fitness` is what it gets if DPS can take it.
Diagnosis judged(Form form, const QByteArray &publicArea, Fitness fitness)
{
    const auto key = parseEndorsementKey(publicArea);
    if (!key)
        return refused(form, key.error().detail);
    const auto area = parsePublicArea(publicArea);
    if (area->type == PublicArea::Type::Ecc)
        return refused(form, u"an ECC key; the service takes RSA"_s);
    if (publicArea != l1With(area->modulus))
        return refused(form,
            u"a restricted RSA key of %1 bits, but not of the TCG's template L-1, which the "
            "service's clients use"_s.arg(area->modulus.size() * 8));
    return {.form = form, .fitness = fitness, .key = *key};
}

/// The structure in memory: type at 4, the policy at 12 with 64 bytes of room, the RSA parameters
/// at 80, the modulus' size at 100 (tpm2-tss, tss2_tpm2_types.h; x86 and ARM alike).
std::optional<Diagnosis> asHostDump(const QByteArray &bytes)
{
    const auto u16 = [&bytes](qsizetype at) {
        return qFromLittleEndian<quint16>(bytes.constData() + at);
    };
    const auto u32 = [&bytes](qsizetype at) {
        return qFromLittleEndian<quint32>(bytes.constData() + at);
    };
    constexpr qsizetype modulusAt = 102;
    if (bytes.size() < 12 || u16(4) != 1 || u16(6) != 0x0b || u16(2) != 0 || u16(0) < 58)
        return {};
    if (bytes.size() < modulusAt + modulusSize)
        return refused(Form::HostDump, u"%1 bytes, cut off"_s.arg(bytes.size()));
    if (u16(12) != 32 || u16(100) != modulusSize)
        return refused(Form::HostDump, u"not a key of 2048 bits with a policy of SHA-256"_s);
    QByteArray area;
    const auto put16 = [&area](quint16 value) {
        area.append(static_cast<char>(value >> 8)).append(static_cast<char>(value));
    };
    const auto put32 = [&put16](quint32 value) {
        put16(static_cast<quint16>(value >> 16));
        put16(static_cast<quint16>(value));
    };
    put16(u16(4));
    put16(u16(6));
    put32(u32(8));
    put16(32);
    area += bytes.mid(14, 32);
    for (const qsizetype at : {80, 82, 84, 86}) // AES, 128, CFB, no scheme
        put16(u16(at));
    put16(u16(92)); // key bits; the scheme's details lie between
    put32(u32(96));
    put16(modulusSize);
    area += bytes.mid(modulusAt, modulusSize);
    return judged(Form::HostDump, sized(area), Fitness::Converted);
}

Diagnosis rebuilt(Form form, const EVP_PKEY *key)
{
    if (key == nullptr)
        return refused(form, u"a key of a kind that nobody here reads"_s);
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA)
        return refused(form, u"not an RSA key; the service takes RSA"_s);
    BIGNUM *modulus = nullptr;
    BIGNUM *exponent = nullptr;
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &modulus);
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent);
    const BigNumber n(modulus);
    const BigNumber e(exponent);
    if (!n || !e || BN_num_bits(modulus) != modulusSize * 8 || BN_is_word(exponent, 65537) != 1)
        return refused(form, u"not 2048 bits with the exponent 65537, as endorsement keys are"_s);
    QByteArray bytesOfModulus(modulusSize, '\0');
    BN_bn2binpad(modulus, bytes(bytesOfModulus), modulusSize);
    Diagnosis diagnosis = judged(form, l1With(bytesOfModulus), Fitness::Rebuilt);
    if (diagnosis.key)
        diagnosis.detail = u"only the modulus was there; the rest is assumed to be template L-1"_s;
    return diagnosis;
}

PublicKey publicKeyIn(const QByteArray &der)
{
    const auto *at = bytes(der);
    PublicKey key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
    if (!key) {
        at = bytes(der);
        key.reset(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(der.size())));
    }
    ERR_clear_error();
    return at == bytes(der) + der.size() ? std::move(key) : PublicKey();
}

Diagnosis ofDer(const QByteArray &der)
{
    if (const auto certificate = parseX509(der))
        return rebuilt(Form::Certificate, keyOf(certificate.get()).get());
    if (const auto key = publicKeyIn(der))
        return rebuilt(Form::Spki, key.get());
    return refused(Form::Unknown, u"DER, but neither a whole public key nor a certificate"_s);
}

Diagnosis ofBytes(const QByteArray &bytes)
{
    if (bytes.size() < 4)
        return refused(Form::Unknown, u"%1 bytes are no key"_s.arg(bytes.size()));
    const auto first = qFromBigEndian<quint16>(bytes.constData());
    const auto second = qFromBigEndian<quint16>(bytes.constData() + 2);
    const auto isKind = [](quint16 type) { return type == 0x0001 || type == 0x0023; };
    if (isKind(second) && first > 40) {
        if (bytes.size() != first + 2)
            return refused(Form::Tpm2b,
                u"it says %1 bytes, and %2 are there"_s.arg(first).arg(bytes.size() - 2));
        return judged(Form::Tpm2b, bytes, Fitness::Good);
    }
    if (isKind(first) && second >= 0x000b && second <= 0x000d)
        return judged(Form::Tpmt, sized(bytes), Fitness::Converted);
    if (const auto dump = asHostDump(bytes))
        return *dump;
    if (bytes.front() == 0x30)
        return ofDer(bytes);
    return refused(Form::Unknown, u"%1 bytes that are no public key"_s.arg(bytes.size()));
}

Diagnosis ofPem(const QByteArray &text)
{
    const Memory memory(BIO_new_mem_buf(text.constData(), static_cast<int>(text.size())));
    char *name = nullptr;
    char *header = nullptr;
    unsigned char *content = nullptr;
    long size = 0;
    const bool whole = PEM_read_bio(memory.get(), &name, &header, &content, &size) == 1;
    ERR_clear_error();
    if (!whole)
        return refused(Form::Unknown, u"a PEM block that is cut off or damaged"_s);
    const QByteArray kind(name);
    const QByteArray der(reinterpret_cast<const char *>(content), size);
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_clear_free(content, static_cast<size_t>(size));
    if (kind.contains("PRIVATE KEY"))
        return refused(Form::Unknown,
            u"a private key; no endorsement key leaves its TPM, and this one belongs nowhere"_s);
    return ofDer(der);
}

std::optional<QByteArray> fromHex(QByteArray text)
{
    if (text.startsWith("0x") || text.startsWith("0X"))
        text.remove(0, 2);
    text.replace(':', "");
    const auto isDigit = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    if (text.isEmpty() || text.size() % 2 != 0 || !std::ranges::all_of(text, isDigit))
        return {};
    return QByteArray::fromHex(text);
}

std::optional<QByteArray> fromBase64(QByteArray text)
{
    text.replace('-', '+').replace('_', '/');
    const auto decoded =
        QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.isEmpty())
        return {};
    return decoded.decoded;
}

/// Without a mark at its beginning, line ends, blanks, and quotes around it.
QByteArray compact(QByteArray text)
{
    if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    text = text.trimmed();
    if (text.size() > 1 && (text.front() == '"' || text.front() == '\'')
        && text.back() == text.front())
        text = text.mid(1, text.size() - 2);
    return text.replace(' ', "").replace('\n', "").replace('\r', "").replace('\t', "");
}

} // namespace

Diagnosis diagnose(const QByteArray &input)
{
    if (input.size() > largestInput)
        return refused(Form::Unknown, u"more than 64 KiB; this is no key"_s);
    const auto written = [](Encoding encoding, Diagnosis diagnosis) {
        diagnosis.encoding = encoding;
        return diagnosis;
    };
    if (input.contains("-----BEGIN "))
        return written(Encoding::Pem, ofPem(input));
    const QByteArray text = compact(input);
    if (const auto bytes = fromHex(text))
        return written(Encoding::Hex, ofBytes(*bytes));
    if (const auto bytes = fromBase64(text))
        return written(
            Encoding::Base64, bytes->startsWith("-----BEGIN ") ? ofPem(*bytes) : ofBytes(*bytes));
    return ofBytes(input);
}

} // namespace tpm
