// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instance.h"

#include "tpm/lock.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 1000;

} // namespace

Instance::Instance(const Settings &settings)
{
    const auto folder = tpm::lockFolder();
    if (!folder)
        return;
    QString ledger = settings.ledgerUrl;
    if (ledger.startsWith(u"sqlite:"))
        ledger = QDir(settings.folder).absoluteFilePath(ledger.mid(7));
    const QByteArray subject = ledger.toUtf8() + '\n' + settings.stationId.toUtf8();
    const QByteArray hash = QCryptographicHash::hash(subject, QCryptographicHash::Sha256);
    // A socket's path is short; sixteen digits tell stations apart.
    m_name = *folder + u'/' + QString::fromLatin1(hash.toHex().left(16)) + u".window"_s;
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (auto *other = m_server.nextPendingConnection())
            other->deleteLater();
        Q_EMIT raiseAsked();
    });
}

bool Instance::raiseOther() const
{
    QLocalSocket socket;
    socket.connectToServer(m_name, QIODevice::ReadOnly);
    return !m_name.isEmpty() && socket.waitForConnected(patienceMs);
}

void Instance::listen()
{
    // Only the ledger's lock lets a program get here, so this can only be what a crash has left.
    QLocalServer::removeServer(m_name);
    m_server.listen(m_name);
}

} // namespace app
