// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <memory>

namespace support {

/// A TPM maker's certification: a root, an issuer below it, and the EK certificates that it signs.
/// DER unless said otherwise.
class Maker {
public:
    /// How a certificate departs from the good one.
    struct Odd {
        long fromSeconds = -7200; ///< from now
        long untilSeconds = 365L * 86400;
        QByteArray usage = "2.23.133.8.1"; ///< extended key usage; empty: none
        QByteArray manufacturer = "id:49424D00"; ///< what simulated TPMs say of themselves
        QByteArray unknownExtension; ///< an OID; it is critical
        QByteArray serial = "01"; ///< hex
        bool isAuthority = false;
        bool isForOaep = false; ///< the key is marked for OAEP alone
        bool isSelfSigned = false;
    };

    explicit Maker(const QByteArray &name = "test maker");
    ~Maker();
    Q_DISABLE_COPY_MOVE(Maker)

    [[nodiscard]] const QByteArray &root() const;
    [[nodiscard]] const QByteArray &issuer() const;
    [[nodiscard]] QByteArray pem() const; ///< both
    /// For an RSA endorsement key, as TPM2B_PUBLIC.
    [[nodiscard]] QByteArray certify(const QByteArray &publicArea, const Odd &odd) const;
    [[nodiscard]] QByteArray certify(const QByteArray &publicArea) const
    {
        return certify(publicArea, Odd());
    }
    /// The issuer's CRL with these serials (hex), made an hour ago.
    [[nodiscard]] QByteArray revoke(
        const QList<QByteArray> &serials, long untilSeconds = 86400) const;
    [[nodiscard]] QByteArray rootRevokes(const QList<QByteArray> &serials) const;

    /// The public area of an L-1 key whose private half nobody keeps.
    [[nodiscard]] static QByteArray someKey();

private:
    struct Authorities;
    std::unique_ptr<Authorities> m_authorities;
};

} // namespace support
