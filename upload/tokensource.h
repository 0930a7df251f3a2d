// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"
#include "tpm/stop.h"
#include "upload/credential.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QThreadPool>

namespace upload {

/// From here on a ready-made token deserves a warning: a weekend must not see it end.
inline constexpr std::chrono::seconds tokenWarning = std::chrono::hours(72);

/// Hands out a credential's tokens: the same one until it nears its end. A key in memory signs at
/// once; a TPM signs in a thread of its own, a keychain is asked on first use. Main thread.
class TokenSource : public QObject {
    Q_OBJECT
public:
    TokenSource(Credential credential, station::Clock clock,
        std::chrono::seconds life = std::chrono::hours(1));
    ~TokenSource() override;
    Q_DISABLE_COPY_MOVE(TokenSource)

    /// The token, if it is at hand. Else nothing, and settled() will tell what came of asking.
    [[nodiscard]] std::optional<QByteArray> token();
    [[nodiscard]] std::optional<QByteArray> current() const; ///< the same, without asking
    void renew() { m_expiry = 0; } ///< the next token() is a new one

Q_SIGNALS:
    /// There is a token now, or there can be none: Fault::Unauthorized where somebody must bring a
    /// new key or token, Fault::Wrong where the station's keychain or TPM must be seen to,
    /// Fault::Unreachable where waiting may help.
    void settled(const upload::Result<bool> &outcome);
    void signedInTpm(qint64 expiry, const tpm::Result<QByteArray> &signature);

private:
    void ask();
    void openKeychain();
    void askTpm(const Seal &seal);
    void takeSignature(qint64 expiry, const tpm::Result<QByteArray> &signature);
    void settle(const Result<bool> &outcome);
    [[nodiscard]] qint64 now() const;

    Credential m_credential;
    station::Clock m_clock;
    std::chrono::seconds m_life;
    QByteArray m_token;
    qint64 m_expiry = 0;
    bool m_isAsking = false;
    qint64 m_quietUntil = 0; ///< no new attempt before, while the token is still good
    QDeadlineTimer m_patience; ///< with a TPM that somebody else uses
    std::shared_ptr<tpm::Stop> m_stop = std::make_shared<tpm::Stop>();
    QThreadPool m_tpmThread;
};

} // namespace upload
