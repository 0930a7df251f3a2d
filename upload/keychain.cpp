// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/keychain.h"

#include <qt6keychain/keychain.h>

#include <openssl/crypto.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace upload {

namespace {

const QString service = u"ekstation"_s;

Error errorOf(const QKeychain::Job &job, const QString &name)
{
    const QString item = u"the keychain's item \"%1\""_s.arg(name);
    QString detail;
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        // A locked one shows as none where nobody can be asked for its password.
        detail = u"the keychain shows no item \"%1\": unlock it, or enter the secret again with "
                 "`ekstation-cli credentials add %1 --in keychain`"_s.arg(name);
        break;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        detail = u"%1 is locked: unlock the keychain of this desktop"_s.arg(item);
        break;
    case QKeychain::NoBackendAvailable:
        detail = u"there is no keychain here; use a file or the TPM"_s;
        break;
    default:
        detail = u"%1: %2; is this a desktop with a keychain, and unlocked?"_s.arg(
            item, job.errorString());
    }
    return {Fault::Wrong, detail, 0, 0, {}};
}

} // namespace

KeychainItem::KeychainItem(QString name, QObject *parent) : QObject(parent), m_name(std::move(name))
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(patience);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        finish(std::unexpected(Error{Fault::Wrong,
            u"the keychain did not answer in %1 seconds: unlock it"_s.arg(patience.count()), 0, 0,
            {}}));
    });
}

void KeychainItem::read()
{
    start(new QKeychain::ReadPasswordJob(service));
}

void KeychainItem::write(const Secret &secret)
{
    auto *job = new QKeychain::WritePasswordJob(service);
    // As text: other programs of the desktop show it as what it is.
    job->setTextData(QString::fromUtf8(secret.bytes()));
    start(job);
}

void KeychainItem::remove()
{
    start(new QKeychain::DeletePasswordJob(service));
}

void KeychainItem::start(QKeychain::Job *job)
{
    job->setKey(m_name);
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this, [this](QKeychain::Job *done) {
        if (done->error() != QKeychain::NoError) {
            finish(std::unexpected(errorOf(*done, m_name)));
            return;
        }
        const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(done);
        QByteArray bytes = read ? read->textData().toUtf8() : QByteArray();
        const Secret content{bytes};
        OPENSSL_cleanse(bytes.data(), size_t(bytes.size()));
        finish(content);
    });
    m_isRunning = true;
    m_deadline.start();
    job->start();
}

void KeychainItem::finish(const Result<Secret> &content)
{
    // A job that waits for a person cannot be called back; it may end after its time.
    if (std::exchange(m_isRunning, false)) {
        m_deadline.stop();
        Q_EMIT finished(content);
    }
}

} // namespace upload
