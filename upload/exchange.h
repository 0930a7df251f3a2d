// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/answer.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QSslConfiguration>
#include <QTimer>

namespace upload {

/// OpenSSL stays as it is until the process is gone. By default it frees its globals when main()
/// returns, while the network library's thread may still be ending with them. Before any other use
/// of OpenSSL.
void keepTlsToTheEnd();

/// TLS that trusts the roots in a PEM file, or the system's where none is named. Fault::Wrong.
[[nodiscard]] Result<QSslConfiguration> tlsFor(const QString &caFile);

/// https, a host, and nothing else but a port: what a service's URL is. Fault::Wrong.
[[nodiscard]] Result<bool> checkServiceUrl(const QUrl &url);

/// A request without redirects, cookies, caches, compression or HTTP/2.
[[nodiscard]] QNetworkRequest plainRequest(const QUrl &service, const QByteArray &encodedPath,
    const QSslConfiguration &tls, std::chrono::milliseconds silence);

/// One HTTP exchange with a deadline and a bound on the answer's size. Emits finished() once; a
/// destroyed exchange aborts silently.
class Exchange : public QObject {
    Q_OBJECT
public:
    Exchange(QNetworkReply *reply, std::chrono::milliseconds deadline, qsizetype largestAnswer,
        QObject *parent);
    ~Exchange() override;

Q_SIGNALS:
    void finished(const upload::Result<upload::Answer> &answer); ///< of any HTTP status

private:
    void read();
    void finish();
    void giveUp(Fault fault, const QString &detail);
    [[nodiscard]] Error errorOfReply() const;
    [[nodiscard]] Answer answerOfReply() const;

    QNetworkReply *m_reply; ///< owned by its access manager
    QTimer m_deadline;
    qsizetype m_largestAnswer;
    QByteArray m_body;
    bool m_isSent = false; ///< the whole request
    std::optional<Error> m_failure; ///< why this side gave up
    QString m_tlsErrors;
};

} // namespace upload
