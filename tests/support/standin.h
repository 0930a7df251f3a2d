// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/program.h"
#include "upload/credential.h"

#include <QUrl>

namespace support {

/// ekstation-cli serve as a process of its own, on a folder that outlives it.
class StandIn {
public:
    explicit StandIn(QString folder, const QStringList &more = {});

    void start(); ///< on the same port as before, if it ran before
    void kill(); ///< SIGKILL; it is dead when this returns

    [[nodiscard]] const QUrl &url() const { return m_url; }
    [[nodiscard]] QString idScope() const { return m_idScope; }
    [[nodiscard]] QString caFile() const { return m_folder + QStringLiteral("/ca.pem"); }
    [[nodiscard]] QString credentialFile() const
    {
        return m_folder + QStringLiteral("/main.credential");
    }
    [[nodiscard]] QString database() const
    {
        return m_folder + QStringLiteral("/data/enrollments.db");
    }
    /// Of the owner, or of another policy that it was told to have.
    [[nodiscard]] upload::Credential credential(const QString &policy = {}) const;

    /// One request of the service API by curl: the status, and the body.
    struct Said {
        int status = 0;
        QByteArray body;
    };
    [[nodiscard]] Said ask(const QByteArray &verb, const QString &path, const QByteArray &body = {},
        const QString &policy = {}) const;
    /// Enrolls a key (a TPM2B_PUBLIC) under an id; the test ends where that is refused.
    void enroll(const QString &registrationId, const QByteArray &endorsementKey,
        const QString &deviceId = {}) const;

    /// ekstation-cli register for this service, to be added to.
    [[nodiscard]] QStringList registration(const QString &target) const;

private:
    QString m_folder;
    QStringList m_more;
    QUrl m_url;
    QString m_idScope;
    std::unique_ptr<Cli> m_process;
};

} // namespace support
