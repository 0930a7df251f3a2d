// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/anchors.h"

#include "tpm/x509.h"

#include <QCryptographicHash>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<Error> none(const QString &what)
{
    return std::unexpected(Error{Fault::Protocol, what});
}

void take(QList<QByteArray> &into, const QByteArray &der)
{
    const auto at = std::ranges::lower_bound(into, der);
    if (at == into.end() || *at != der)
        into.insert(at, der);
}

/// One block between BEGIN and END.
struct Block {
    QByteArray name;
    QByteArray der;
};

Result<std::optional<Block>> nextBlock(BIO *text)
{
    char *name = nullptr;
    char *header = nullptr;
    unsigned char *content = nullptr;
    long size = 0;
    if (PEM_read_bio(text, &name, &header, &content, &size) != 1) {
        const bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
        ERR_clear_error();
        if (ended)
            return std::nullopt;
        return none(u"a PEM block is damaged"_s);
    }
    Block block{name, QByteArray(reinterpret_cast<const char *>(content), size)};
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(content);
    return block;
}

Result<Anchors> fromPem(const QByteArray &bytes)
{
    const Memory text(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
    Anchors anchors;
    for (int number = 1;; ++number) {
        const auto block = nextBlock(text.get());
        if (!block)
            return none(u"PEM block %1: %2"_s.arg(number).arg(block.error().detail));
        if (!*block)
            return anchors;
        const auto &[name, der] = **block;
        if (name.contains("PRIVATE KEY"))
            return std::unexpected(Error{Fault::Unsuitable,
                u"PEM block %1 is a private key; take it out and keep it secret"_s.arg(number)});
        if (name == PEM_STRING_X509 && parseX509(der))
            take(anchors.certificates, der);
        else if (name == PEM_STRING_X509_CRL && parseCrl(der))
            take(anchors.revocations, der);
        else
            return none(u"PEM block %1, \"%2\", is no certificate and no CRL"_s.arg(number).arg(
                printable(name)));
    }
}

} // namespace

void Anchors::add(const Anchors &other)
{
    for (const QByteArray &der : other.certificates)
        take(certificates, der);
    for (const QByteArray &der : other.revocations)
        take(revocations, der);
}

QByteArray Anchors::pem() const
{
    const Memory text(BIO_new(BIO_s_mem()));
    const auto write = [&text](const char *name, const QByteArray &der) {
        PEM_write_bio(text.get(), name, "", bytes(der), static_cast<long>(der.size()));
    };
    for (const QByteArray &der : certificates)
        write(PEM_STRING_X509, der);
    for (const QByteArray &der : revocations)
        write(PEM_STRING_X509_CRL, der);
    return contentOf(text);
}

Result<Anchors> parseAnchors(const QByteArray &bytes)
{
    if (bytes.contains("-----BEGIN ")) {
        auto anchors = fromPem(bytes);
        if (anchors && anchors->isEmpty())
            return none(u"there is no whole PEM block in it"_s);
        return anchors;
    }
    if (parseX509(bytes))
        return Anchors{{bytes}, {}};
    if (parseCrl(bytes))
        return Anchors{{}, {bytes}};
    return none(u"%1 bytes are no certificate and no CRL, neither PEM nor DER"_s.arg(bytes.size()));
}

QList<Anchor> describe(const Anchors &anchors)
{
    QList<Anchor> result;
    const auto sha256 = [](const QByteArray &der) {
        return QCryptographicHash::hash(der, QCryptographicHash::Sha256);
    };
    for (const QByteArray &der : anchors.certificates)
        if (const auto one = parseX509(der))
            result.append(
                {isSelfIssued(one.get()) ? Anchor::Kind::Root : Anchor::Kind::Intermediate,
                    nameOf(X509_get_subject_name(one.get())),
                    nameOf(X509_get_issuer_name(one.get())), sha256(der),
                    timeOf(X509_get0_notBefore(one.get())), timeOf(X509_get0_notAfter(one.get()))});
    for (const QByteArray &der : anchors.revocations)
        if (const auto one = parseCrl(der))
            result.append({Anchor::Kind::Revocations, {}, nameOf(X509_CRL_get_issuer(one.get())),
                sha256(der), timeOf(X509_CRL_get0_lastUpdate(one.get())),
                timeOf(X509_CRL_get0_nextUpdate(one.get()))});
    return result;
}

} // namespace tpm
