// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/signature.h"

#include "tpm/sealform.h"

#include <openssl/err.h>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

using Message = std::unique_ptr<CMS_ContentInfo, Freed<CMS_ContentInfo_free>>;
using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;

constexpr unsigned detached = CMS_DETACHED | CMS_BINARY;

std::unexpected<Error> unsuitable(const QString &why)
{
    ERR_clear_error();
    return std::unexpected(Error{Fault::Unsuitable, why});
}

Memory reading(const QByteArray &content)
{
    return Memory(BIO_new_mem_buf(content.constData(), static_cast<int>(content.size())));
}

/// Nobody is asked for a password: a station signs while nobody stands beside it.
int noPassword(char *, int, int, void *)
{
    return -1;
}

bool isP256(const EVP_PKEY *key)
{
    std::array<char, 32> group{};
    size_t size = 0;
    return EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1
        && qstrcmp(group.data(), "prime256v1") == 0;
}

QString lastError()
{
    const QString text = QString::fromLatin1(ERR_reason_error_string(ERR_peek_last_error()));
    ERR_clear_error();
    return text.isEmpty() ? u"unknown"_s : text;
}

/// Who signed, by the certificate that came along; CMS_verify must have found it.
QString signerOf(CMS_ContentInfo *message)
{
    STACK_OF(X509) *signers = CMS_get0_signers(message);
    QString name;
    if (sk_X509_num(signers) > 0)
        name = nameOf(X509_get_subject_name(sk_X509_value(signers, 0)));
    sk_X509_free(signers);
    return name;
}

} // namespace

Result<QByteArray> sign(
    const QByteArray &content, const QByteArray &key, const QByteArray &certificate)
{
    const PublicKey own(PEM_read_bio_PrivateKey(reading(key).get(), nullptr, noPassword, nullptr));
    if (!own || !isP256(own.get()))
        return unsuitable(u"the key is not an unencrypted P-256 key in PEM"_s);
    const Memory text = reading(certificate);
    const X509Certificate signer(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
    if (!signer)
        return unsuitable(u"the certificate is not one in PEM"_s);
    if (X509_check_private_key(signer.get(), own.get()) != 1)
        return unsuitable(u"the certificate is for another key"_s);
    const Certificates issuers(sk_X509_new_null());
    while (X509 *issuer = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr))
        sk_X509_push(issuers.get(), issuer);
    const Message message(
        CMS_sign(signer.get(), own.get(), issuers.get(), reading(content).get(), detached));
    const Memory out(BIO_new(BIO_s_mem()));
    if (!message || PEM_write_bio_CMS(out.get(), message.get()) != 1)
        return unsuitable(u"OpenSSL cannot sign: "_s + lastError());
    ERR_clear_error();
    return contentOf(out);
}

Seal verify(const QByteArray &content, const QByteArray &signature, const Anchors &trusted,
    const QDateTime &now)
{
    const Message message(PEM_read_bio_CMS(reading(signature).get(), nullptr, noPassword, nullptr));
    if (!message) {
        ERR_clear_error();
        return {Seal::State::Broken, {}, u"the signature is no CMS in PEM"_s};
    }
    const Store store(X509_STORE_new());
    for (const QByteArray &der : trusted.certificates)
        if (const auto one = parseX509(der))
            X509_STORE_add_cert(store.get(), one.get());
    X509_VERIFY_PARAM *rules = X509_STORE_get0_param(store.get());
    X509_VERIFY_PARAM_set_time(rules, static_cast<time_t>(now.toSecsSinceEpoch()));
    // A signer that is listed itself needs nobody above it.
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
    const auto holds = [&](unsigned flags) {
        return CMS_verify(message.get(), nullptr, store.get(), reading(content).get(), nullptr,
                   detached | flags)
            == 1;
    };
    // The form first: CMS_verify() of OpenSSL 3.0 leaks where it finds an unknown digest.
    if (!isInOneForm(message.get(), signature))
        return {Seal::State::Broken, {}, u"it is not written as a signature of ekstation is"_s};
    // Then the bytes: a broken signature is not to be called a stranger's.
    if (!holds(CMS_NO_SIGNER_CERT_VERIFY))
        return {Seal::State::Broken, {}, lastError()};
    const QString signer = signerOf(message.get());
    if (!holds(0))
        return {Seal::State::UnknownSigner, signer, lastError()};
    ERR_clear_error();
    return {Seal::State::Good, signer, {}};
}

} // namespace tpm
