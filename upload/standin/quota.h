// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

namespace upload::standin {

/// So many in so much time, for each key by itself: a bucket that fills evenly.
class Quota {
public:
    Quota(int most, int seconds) : m_most(most), m_perUs(most / (seconds * 1e6)) { }

    /// Zero: granted. Otherwise nothing was taken, and so many seconds have to pass.
    [[nodiscard]] int spend(const QString &key, int amount, qint64 nowUs);

private:
    struct Bucket {
        double left = 0;
        qint64 atUs = 0;
    };
    void forgetFull(qint64 nowUs);

    int m_most; ///< 0: no limit
    double m_perUs;
    QHash<QString, Bucket> m_buckets;
};

} // namespace upload::standin
