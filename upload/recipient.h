// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledger.h"
#include "upload/post.h"

#include <QStringList>

namespace upload {

/// Where the factory's own system takes reports: a command, or an address.
struct ReportPlace {
    QStringList command; ///< reads one report on stdin; exit code 0: taken, 65: refused for good
    QUrl url; ///< https, gets each report as the body of a POST; where there is no command
    QString caFile; ///< PEM: the only trusted roots; empty: the system's
    std::chrono::milliseconds deadline = std::chrono::seconds(10);

    [[nodiscard]] bool isSet() const { return !command.isEmpty() || !url.isEmpty(); }

    bool operator==(const ReportPlace &) const = default;
};

/// Hands reports to the factory's system, one at a time. Main thread.
class Recipient : public QObject {
    Q_OBJECT
public:
    using Then = std::function<void(const Result<bool> &)>;

    /// Fault::Wrong for an unusable URL or CA file.
    [[nodiscard]] static Result<std::unique_ptr<Recipient>> open(
        const ReportPlace &place, const station::Clock &clock = station::systemClock);

    /// Ends in `then`, never before the call returned, and never after the recipient is gone.
    /// Fault::Refused: it will not take this report, now or later.
    void give(const QByteArray &report, const Then &then);

private:
    Recipient(ReportPlace place, station::Clock clock, std::unique_ptr<Post> post);
    void run(const QByteArray &report, const Then &then);
    void post(const QByteArray &report, const Then &then);

    ReportPlace m_place;
    station::Clock m_clock;
    std::unique_ptr<Post> m_post; ///< null: there is a command
};

} // namespace upload
