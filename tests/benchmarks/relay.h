// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <chrono>

/// Stands before simulated TPMs on a thread of its own and holds back each answer, as a slow TPM
/// would.
class Relay {
public:
    /// One socket below `folder` for each of the targets.
    Relay(const QStringList &targets, const QString &folder, std::chrono::milliseconds delay)
        : m_delay(delay)
    {
        m_context.moveToThread(&m_thread);
        m_thread.start();
        for (const QString &target : targets) {
            const QString path = folder + QStringLiteral("/slow%1.sock").arg(m_targets.size() + 1);
            m_targets.append(QStringLiteral("swtpm:path=") + path);
            QMetaObject::invokeMethod(
                &m_context,
                [this, path, upstream = target.section(u'=', 1)] { listen(path, upstream); },
                Qt::BlockingQueuedConnection);
        }
    }
    ~Relay()
    {
        QMetaObject::invokeMethod(
            &m_context, [this] { qDeleteAll(m_context.children()); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    Q_DISABLE_COPY_MOVE(Relay)

    [[nodiscard]] const QStringList &targets() const { return m_targets; }
    [[nodiscard]] int answers() const { return m_answers; } ///< given so far

private:
    void listen(const QString &path, const QString &upstream)
    {
        auto *server = new QLocalServer(&m_context);
        if (!server->listen(path))
            qFatal("%s", qPrintable(server->errorString()));
        QObject::connect(server, &QLocalServer::newConnection, server, [this, server, upstream] {
            while (QLocalSocket *client = server->nextPendingConnection())
                join(client, upstream);
        });
    }
    void join(QLocalSocket *client, const QString &upstream)
    {
        auto *device = new QLocalSocket(client);
        device->connectToServer(upstream);
        QObject::connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
        QObject::connect(client, &QLocalSocket::readyRead, device,
            [client, device] { device->write(client->readAll()); });
        QObject::connect(device, &QLocalSocket::readyRead, client, [this, client, device] {
            QTimer::singleShot(
                m_delay, Qt::PreciseTimer, client, [this, client, answer = device->readAll()] {
                    ++m_answers;
                    client->write(answer);
                });
        });
        device->write(client->readAll());
    }

    std::chrono::milliseconds m_delay;
    QStringList m_targets;
    std::atomic<int> m_answers = 0;
    QThread m_thread;
    QObject m_context; ///< lives on the thread, and owns its servers
};
