// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/trust.h"

#include "tpm/x509.h"

#include <QCryptographicHash>

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

using Verification = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;

void freeLists(STACK_OF(X509_CRL) * stack)
{
    sk_X509_CRL_pop_free(stack, X509_CRL_free);
}
using RevocationLists = std::unique_ptr<STACK_OF(X509_CRL), Freed<freeLists>>;

/// A CRL that is missing, old, or speaks of something else revokes nothing; that is said by its
/// date, and is no reason to distrust.
int tolerate(int good, X509_STORE_CTX *verification)
{
    if (good == 1)
        return 1;
    switch (X509_STORE_CTX_get_error(verification)) {
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_DIFFERENT_CRL_SCOPE:
    case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
        X509_STORE_CTX_set_error(verification, X509_V_OK);
        return 1;
    default:
        return 0;
    }
}

Distrust distrustOf(int error)
{
    switch (error) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
        return Distrust::UnknownIssuer;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
        return Distrust::Signature;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return Distrust::NotYetValid;
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return Distrust::Expired;
    case X509_V_ERR_CERT_REVOKED:
        return Distrust::Revoked;
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION:
        return Distrust::Critical;
    default:
        return Distrust::Other;
    }
}

/// The date of the newest CRL of this issuer; null if there is none.
QDateTime newestList(X509_STORE_CTX *verification, const X509_NAME *issuer)
{
    const RevocationLists lists(X509_STORE_CTX_get1_crls(verification, issuer));
    QDateTime newest;
    for (int at = 0; lists && at < sk_X509_CRL_num(lists.get()); ++at) {
        const auto made = timeOf(X509_CRL_get0_lastUpdate(sk_X509_CRL_value(lists.get(), at)));
        if (!newest.isValid() || made > newest)
            newest = made;
    }
    return newest;
}

QDateTime unrevokedAt(X509_STORE_CTX *verification)
{
    const auto *chain = X509_STORE_CTX_get0_chain(verification);
    QDateTime oldest;
    for (int at = 0; at + 1 < sk_X509_num(chain); ++at) { // nobody revokes a root
        const auto made = newestList(verification, X509_get_issuer_name(sk_X509_value(chain, at)));
        if (!made.isValid())
            return {};
        if (!oldest.isValid() || made < oldest)
            oldest = made;
    }
    return oldest;
}

Certificates stackOf(const QList<QByteArray> &issuers)
{
    Certificates stack(sk_X509_new_null());
    for (const QByteArray &der : issuers)
        if (X509Certificate one = parseX509(der))
            if (sk_X509_push(stack.get(), one.get()) > 0)
                (void)one.release();
    return stack;
}

} // namespace

struct Trust::Store {
    std::unique_ptr<X509_STORE, Freed<X509_STORE_free>> store{X509_STORE_new()};
};

Trust::Trust(const Anchors &anchors)
    : m_store(std::make_unique<Store>()), m_isEmpty(anchors.certificates.isEmpty()),
      m_sha256(QCryptographicHash::hash(anchors.pem(), QCryptographicHash::Sha256))
{
    for (const QByteArray &der : anchors.certificates)
        if (const auto one = parseX509(der))
            X509_STORE_add_cert(m_store->store.get(), one.get());
    for (const QByteArray &der : anchors.revocations)
        if (const auto one = parseCrl(der))
            X509_STORE_add_crl(m_store->store.get(), one.get());
    ERR_clear_error();
}

Trust::~Trust() = default;

Path Trust::judge(
    const QByteArray &der, const QList<QByteArray> &issuers, const QDateTime &now) const
{
    const X509Certificate certificate = parseX509(der);
    if (!certificate)
        return {Distrust::Unreadable, u"%1 bytes are no certificate"_s.arg(der.size()), {}};
    if (X509_get0_pubkey(certificate.get()) == nullptr) // OpenSSL walks no path from such a one
        return {Distrust::Other, u"its key is of a kind that no path can be verified for"_s, {}};
    const Certificates along = stackOf(issuers);
    const Verification verification(X509_STORE_CTX_new());
    if (X509_STORE_CTX_init(
            verification.get(), m_store->store.get(), certificate.get(), along.get())
        != 1)
        return {Distrust::Other, u"OpenSSL cannot begin"_s, {}};
    X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(verification.get());
    X509_VERIFY_PARAM_set_time(rules, static_cast<time_t>(now.toSecsSinceEpoch()));
    // No purpose: OpenSSL knows none that fits an EK, and would refuse the critical alternative
    // name that the EK Credential Profile (3.2.9) asks for. The profile's own is judged apart.
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    X509_STORE_CTX_set_verify_cb(verification.get(), tolerate);
    const bool good = X509_verify_cert(verification.get()) == 1;
    const int error = X509_STORE_CTX_get_error(verification.get());
    X509 *at = X509_STORE_CTX_get_current_cert(verification.get());
    ERR_clear_error();
    if (!good)
        return {distrustOf(error),
            u"%1: %2"_s.arg(nameOf(X509_get_subject_name(at != nullptr ? at : certificate.get())),
                QString::fromLatin1(X509_verify_cert_error_string(error))),
            {}};
    const auto *chain = X509_STORE_CTX_get0_chain(verification.get());
    X509 *root = sk_X509_value(chain, sk_X509_num(chain) - 1);
    return {{}, nameOf(X509_get_subject_name(root)), unrevokedAt(verification.get())};
}

} // namespace tpm
