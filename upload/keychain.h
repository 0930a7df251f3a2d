// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/credential.h"

#include <QObject>
#include <QTimer>

namespace QKeychain { // NOLINT(readability-identifier-naming): the library's
class Job;
}

namespace upload {

/// One secret in the desktop's keychain (the Secret Service, or KWallet), under the service
/// "ekstation". Main thread; each call ends in finished(), once, within its patience. Fault::Wrong:
/// no keychain, no such item, or nobody who unlocks it.
class KeychainItem : public QObject {
    Q_OBJECT
public:
    explicit KeychainItem(QString name, QObject *parent = nullptr);

    void read();
    void write(const Secret &secret);
    void remove();

    /// How long somebody may take to unlock the keychain.
    static constexpr std::chrono::seconds patience{60};

Q_SIGNALS:
    void finished(const upload::Result<upload::Secret> &content); ///< empty after write and remove

private:
    void start(QKeychain::Job *job);
    void finish(const Result<Secret> &content);

    QString m_name;
    QTimer m_deadline;
    bool m_isRunning = false;
};

} // namespace upload
