// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/tokensource.h"

#include "tpm/sealedkey.h"
#include "upload/keychain.h"
#include "upload/sastoken.h"

#include <QDateTime>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr std::chrono::seconds tpmPatience{20}; // while another program uses the TPM
constexpr std::chrono::milliseconds tpmPause{200};
constexpr qint64 quiet = 30; // seconds
/// A hardware TPM may take half a minute to make its storage root key anew.
constexpr tpm::Budget tpmBudget{.command = std::chrono::seconds(5),
    .creation = std::chrono::seconds(60),
    .examination = std::chrono::seconds(90)};

tpm::Result<QByteArray> signInTpm(
    const Seal &seal, const QByteArray &subject, const std::shared_ptr<tpm::Stop> &stop)
{
    const auto target = tpm::parseTarget(seal.target);
    if (!target) {
        return std::unexpected(target.error());
    }
    const auto session = tpm::Session::open(*target, tpmBudget, stop);
    if (!session) {
        return std::unexpected(session.error());
    }
    return tpm::signSealed(**session, seal.key, subject);
}

Error expired(qint64 expiry)
{
    return {Fault::Unauthorized,
        u"the SAS token expired at %1: add a new one"_s.arg(
            QDateTime::fromSecsSinceEpoch(expiry, Qt::UTC).toString(Qt::ISODate)),
        0, 0, {}};
}

/// What a failed signature means for the delivery that waits for it.
Error errorOf(const tpm::Error &error, const QString &target)
{
    const QString tpm = u"the station's TPM (%1)"_s.arg(target);
    if (tpm::isForeign(error)) {
        return {Fault::Unauthorized,
            u"%1 was cleared, or is another one than the key was sealed in: enter the key again "
            "with `ekstation-cli credentials add`"_s.arg(tpm),
            0, 0, {}};
    }
    // What is busy or silent may answer the next time; an absent one must be looked for.
    const bool mayPass = error.fault == tpm::Fault::Busy || error.fault == tpm::Fault::Timeout
        || error.fault == tpm::Fault::Link || error.fault == tpm::Fault::Cancelled;
    return {mayPass ? Fault::Unreachable : Fault::Wrong,
        u"%1 does not sign: %2"_s.arg(tpm, error.detail), 0, 0, {}};
}

} // namespace

TokenSource::TokenSource(Credential credential, station::Clock clock, std::chrono::seconds life)
    : m_credential(std::move(credential)), m_clock(std::move(clock)), m_life(life)
{
    m_tpmThread.setMaxThreadCount(1);
    connect(this, &TokenSource::signedInTpm, this, &TokenSource::takeSignature);
}

TokenSource::~TokenSource()
{
    m_stop->request();
    m_tpmThread.waitForDone();
}

qint64 TokenSource::now() const
{
    return m_clock().utcUs / 1'000'000;
}

std::optional<QByteArray> TokenSource::token()
{
    const qint64 left = m_expiry - now();
    const qint64 life = m_life.count();
    const bool isReadyMade = !m_credential.token.isEmpty();
    // Renewed in its last quarter; also where the clock was set back, since the service would see a
    // token that lives longer than it allows. Somebody else's token lives as long as it says.
    if ((isReadyMade ? left <= 0 : left < life / 4 || left > life) && !m_isAsking
        && (now() >= m_quietUntil || left <= 0 || left > life)) {
        ask();
    }
    return current();
}

/// In its last quarter a token is still good: a TPM takes its time to make the next one.
std::optional<QByteArray> TokenSource::current() const
{
    const qint64 left = m_expiry - now();
    const bool isReadyMade = !m_credential.token.isEmpty();
    return left > 0 && (isReadyMade || left <= m_life.count()) ? std::optional(m_token)
                                                               : std::nullopt;
}

void TokenSource::ask()
{
    if (!m_credential.token.isEmpty() && m_credential.expiry > now()) {
        m_token = m_credential.token.bytes().toByteArray();
        m_expiry = m_credential.expiry;
    } else if (!m_credential.key.isEmpty()) {
        m_expiry = now() + m_life.count();
        m_token = signToken(m_credential.host, m_credential.key, m_credential.policy, m_expiry);
    } else {
        m_isAsking = true;
        m_patience = QDeadlineTimer(tpmPatience);
        // Never from within token(): the caller has nothing in hand yet.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!m_credential.token.isEmpty()) {
                    settle(std::unexpected(expired(m_credential.expiry)));
                } else if (m_credential.seal) {
                    askTpm(*m_credential.seal);
                } else {
                    openKeychain();
                }
            },
            Qt::QueuedConnection);
    }
}

void TokenSource::openKeychain()
{
    auto *item = new KeychainItem(m_credential.keychain, this);
    connect(item, &KeychainItem::finished, this, [this, item](const Result<Secret> &content) {
        item->deleteLater();
        auto credential = content ? parseCredential(content->bytes())
                                  : Result<Credential>(std::unexpected(content.error()));
        if (credential) {
            m_credential = *credential;
        }
        settle(credential ? Result<bool>(true) : std::unexpected(credential.error()));
    });
    item->read();
}

void TokenSource::askTpm(const Seal &seal)
{
    const qint64 expiry = now() + m_life.count();
    m_tpmThread.start(
        [this, expiry, seal, stop = m_stop, subject = tokenSubject(m_credential.host, expiry)] {
            Q_EMIT signedInTpm(expiry, signInTpm(seal, subject, stop));
        });
}

void TokenSource::takeSignature(qint64 expiry, const tpm::Result<QByteArray> &signature)
{
    if (!signature && signature.error().fault == tpm::Fault::Busy && !m_patience.hasExpired()) {
        QTimer::singleShot(tpmPause, this, [this] { askTpm(m_credential.seal.value_or(Seal{})); });
        return;
    }
    if (!signature) {
        settle(
            std::unexpected(errorOf(signature.error(), m_credential.seal.value_or(Seal{}).target)));
        return;
    }
    m_token = assembleToken(m_credential.host, *signature, m_credential.policy, expiry);
    m_expiry = expiry;
    settle(true);
}

void TokenSource::settle(const Result<bool> &outcome)
{
    m_isAsking = false;
    m_quietUntil = outcome ? 0 : now() + quiet;
    Q_EMIT settled(outcome);
}

} // namespace upload
