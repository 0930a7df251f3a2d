// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTemporaryDir>

namespace support {

/// A fresh CA, and server certificates signed by it; all PEM.
class Pki {
public:
    struct Server {
        QByteArray certificate;
        QByteArray key;
    };

    Pki();
    /// `names` as OpenSSL writes subjectAltName; a negative life makes an expired certificate.
    [[nodiscard]] Server server(
        const QByteArray &names = "DNS:localhost,IP:127.0.0.1", long lifeSeconds = 3600) const;
    [[nodiscard]] const QByteArray &ca() const { return m_ca; }
    [[nodiscard]] QString caFile() const; ///< as long as this object lives

private:
    QByteArray m_ca;
    QByteArray m_key;
    QTemporaryDir m_folder;
};

} // namespace support
