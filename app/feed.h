// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serials.h"

#include <QObject>

class QSocketNotifier;

namespace app {

/// Serials as they come in on a descriptor, such as a pipe or a scanner's terminal.
class Feed : public QObject {
    Q_OBJECT
public:
    explicit Feed(int fd);

Q_SIGNALS:
    void came(const QList<app::Job> &jobs);
    void wrong(const QString &why); ///< this line is left out
    void ended();

private:
    void readSome();
    void add(QByteArrayView bytes);
    void take(const QByteArray &lines);

    int m_fd;
    QByteArray m_rest; ///< the start of a line
    bool m_skipping = false; ///< until the end of a line that was too long
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace app
