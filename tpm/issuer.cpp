// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/issuer.h"

#include "tpm/x509.h"

#include <openssl/asn1.h>
#include <openssl/err.h>

namespace tpm {

namespace {

/// One element of DER: what it is, and where its content lies.
struct Element {
    int tag = -1; ///< -1: there is none
    int kind = 0; ///< V_ASN1_UNIVERSAL, V_ASN1_CONTEXT_SPECIFIC…
    const unsigned char *start = nullptr;
    const unsigned char *content = nullptr;
    const unsigned char *end = nullptr;
};

Element elementAt(const unsigned char *at, const unsigned char *end)
{
    Element element{.start = at};
    long length = 0;
    // 0x80: an error; 0x01: an indefinite length, which DER does not have.
    const int read = ASN1_get_object(&at, &length, &element.tag, &element.kind, end - at);
    if ((read & 0x81) != 0) {
        ERR_clear_error();
        return {};
    }
    element.content = at;
    element.end = at + length;
    return element;
}

bool isSequence(const Element &element)
{
    return element.kind == V_ASN1_UNIVERSAL && element.tag == V_ASN1_SEQUENCE;
}

} // namespace

QByteArray issuerIn(const QByteArray &der)
{
    const Element certificate = elementAt(bytes(der), bytes(der) + der.size());
    if (!isSequence(certificate))
        return {};
    const Element signedPart = elementAt(certificate.content, certificate.end);
    if (!isSequence(signedPart))
        return {};
    Element next = elementAt(signedPart.content, signedPart.end);
    if (next.kind == V_ASN1_CONTEXT_SPECIFIC) // version
        next = elementAt(next.end, signedPart.end);
    if (next.kind != V_ASN1_UNIVERSAL || next.tag != V_ASN1_INTEGER) // serial number
        return {};
    const Element algorithm = elementAt(next.end, signedPart.end);
    if (!isSequence(algorithm))
        return {};
    const Element issuer = elementAt(algorithm.end, signedPart.end);
    if (!isSequence(issuer))
        return {};
    return der.mid(issuer.start - bytes(der), issuer.end - issuer.start);
}

QString nameOfDer(const QByteArray &name)
{
    const auto *at = bytes(name);
    using Name = std::unique_ptr<X509_NAME, Freed<X509_NAME_free>>;
    const Name parsed(d2i_X509_NAME(nullptr, &at, static_cast<long>(name.size())));
    ERR_clear_error();
    return parsed ? nameOf(parsed.get()) : QString();
}

} // namespace tpm
