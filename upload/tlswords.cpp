// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/tlswords.h"

#include "upload/enrollment.h"

#include <QSslCertificate>

using namespace Qt::StringLiterals;

namespace upload {

namespace {

QString timeOf(const QDateTime &time)
{
    return time.toUTC().toString(u"yyyy-MM-dd HH:mm"_s);
}

QString wordsOf(const QSslError &error, const QString &host, const QDateTime &now)
{
    const QSslCertificate shown = error.certificate();
    switch (error.error()) {
    case QSslError::CertificateExpired:
        return u"the certificate of %1 expired on %2; the station's clock says %3 (UTC)"_s.arg(
            host, timeOf(shown.expiryDate()), timeOf(now));
    case QSslError::CertificateNotYetValid:
        return u"the certificate of %1 is valid from %2; the station's clock says %3 (UTC)"_s.arg(
            host, timeOf(shown.effectiveDate()), timeOf(now));
    case QSslError::HostNameMismatch: {
        const QStringList names = shown.subjectAlternativeNames().values();
        return u"the certificate is not for %1, but for %2: is the URL right, or does somebody "
               "stand between?"_s.arg(host, tame(names.join(u", "_s)));
    }
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateSignatureFailed: // another CA of the same name
    case QSslError::CertificateUntrusted: {
        const QStringList issuer = shown.issuerInfo(QSslCertificate::CommonName);
        return u"the certificate of %1 is by \"%2\", whom this station does not know: name that "
               "CA's certificate in `ca`, if it is the right one"_s.arg(
                   host, tame(issuer.join(u", "_s)));
    }
    default:
        return u"the certificate of %1: %2"_s.arg(host, error.errorString());
    }
}

} // namespace

QString wordsOf(const QList<QSslError> &errors, const QString &host, const QDateTime &now)
{
    QStringList words;
    for (const QSslError &error : errors) {
        words.append(wordsOf(error, host, now));
    }
    words.removeDuplicates(); // one unknown issuer is several errors
    return words.join(u"; "_s);
}

} // namespace upload
