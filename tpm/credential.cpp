// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/credential.h"

#include "tpm/x509.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestText = 200;

using Names = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;
using Usages = std::unique_ptr<EXTENDED_KEY_USAGE, Freed<EXTENDED_KEY_USAGE_free>>;

QByteArray dotted(const ASN1_OBJECT *object)
{
    std::array<char, 80> text{};
    OBJ_obj2txt(text.data(), text.size(), object, 1);
    return text.data();
}

QString textOf(const ASN1_STRING *string)
{
    unsigned char *utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, string);
    if (size < 0)
        return {};
    const QString text = printable({reinterpret_cast<const char *>(utf8), size}).left(longestText);
    OPENSSL_free(utf8);
    return text;
}

QString withoutPrefix(QString text)
{
    return text.startsWith(u"id:"_s, Qt::CaseInsensitive) ? text.mid(3) : text;
}

void readPlatform(const X509_NAME *name, EkCredential &credential)
{
    for (int at = 0; at < X509_NAME_entry_count(name); ++at) {
        const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, at);
        const QByteArray kind = dotted(X509_NAME_ENTRY_get_object(entry));
        const QString text = textOf(X509_NAME_ENTRY_get_data(entry));
        if (kind == "2.23.133.2.1")
            credential.manufacturer = withoutPrefix(text).toUpper();
        else if (kind == "2.23.133.2.2")
            credential.model = text;
        else if (kind == "2.23.133.2.3")
            credential.version = withoutPrefix(text);
    }
}

bool fits(X509 *certificate)
{
    const quint32 usage = X509_get_key_usage(certificate); // all ones where nothing is said
    const PublicKey key = keyOf(certificate);
    const bool isEcc = key && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_EC;
    return (usage & static_cast<quint32>(isEcc ? KU_KEY_AGREEMENT : KU_KEY_ENCIPHERMENT)) != 0;
}

bool isForEk(const X509 *certificate)
{
    const Usages usages(static_cast<EXTENDED_KEY_USAGE *>(
        X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
    for (int at = 0; usages && at < sk_ASN1_OBJECT_num(usages.get()); ++at)
        if (dotted(sk_ASN1_OBJECT_value(usages.get(), at)) == "2.23.133.8.1")
            return true;
    return false;
}

void readSerial(const X509 *certificate, EkCredential &credential)
{
    const ASN1_INTEGER *serial = X509_get0_serialNumber(certificate);
    const BigNumber number(ASN1_INTEGER_to_BN(serial, nullptr));
    if (!number)
        return;
    char *hex = BN_bn2hex(number.get());
    credential.serial = QString::fromLatin1(hex).left(longestText);
    OPENSSL_free(hex);
    credential.hasOddSerial = BN_is_negative(number.get()) == 1 || BN_is_zero(number.get()) == 1
        || BN_num_bytes(number.get()) > 20;
}

} // namespace

Result<EkCredential> readCredential(const QByteArray &der)
{
    const X509Certificate certificate = parseX509(der);
    if (!certificate)
        return std::unexpected(
            Error{Fault::Protocol, u"%1 bytes are no certificate"_s.arg(der.size())});
    EkCredential credential;
    credential.subject = nameOf(X509_get_subject_name(certificate.get()));
    credential.issuer = nameOf(X509_get_issuer_name(certificate.get()));
    credential.from = timeOf(X509_get0_notBefore(certificate.get()));
    credential.until = timeOf(X509_get0_notAfter(certificate.get()));
    readSerial(certificate.get(), credential);
    const Names names(static_cast<GENERAL_NAMES *>(
        X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr)));
    for (int at = 0; names && at < sk_GENERAL_NAME_num(names.get()); ++at) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names.get(), at);
        if (name->type == GEN_DIRNAME)
            readPlatform(name->d.directoryName, credential);
    }
    credential.isForEk = isForEk(certificate.get());
    credential.isAuthority = (X509_get_extension_flags(certificate.get()) & EXFLAG_CA) != 0;
    credential.usageFits = fits(certificate.get());
    ERR_clear_error();
    return credential;
}

} // namespace tpm
