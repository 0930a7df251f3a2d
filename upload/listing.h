// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/backoff.h"
#include "upload/client.h"

#include <QTimer>

namespace upload {

/// Reads the whole list of a service's enrollments page by page, none of which it keeps. Bears
/// faults that pass by themselves: waits as long as the service asks for, and tries a few times
/// more.
class Listing : public QObject {
    Q_OBJECT
public:
    using Take = std::function<Result<void>(const QList<Enrollment> &)>;

    /// `perMinute`: calls; `take` gets each page, and its failure ends the listing.
    Listing(Client &client, int perMinute, Take take, station::Clock clock = station::systemClock,
        QObject *parent = nullptr);

    void start(); ///< once; ends in ended()

Q_SIGNALS:
    void ended(const upload::Result<qint64> &enrollments); ///< how many there were

private:
    void step();
    void turned(const Result<Page> &page);
    void retry(const Error &error);

    Client &m_client;
    Pace m_pace;
    Take m_take;
    station::Clock m_clock;
    QTimer m_timer;
    QByteArray m_continuation;
    int m_pageSize;
    int m_failures = 0; ///< in a row
    qint64 m_enrollments = 0;
};

} // namespace upload
