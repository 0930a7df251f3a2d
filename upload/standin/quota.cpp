// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/quota.h"

#include <cmath>

namespace upload::standin {

namespace {

constexpr qsizetype mostBuckets = 20'000; // some 2 MB

} // namespace

int Quota::spend(const QString &key, int amount, qint64 nowUs)
{
    if (m_most <= 0) {
        return 0;
    }
    if (m_buckets.size() >= mostBuckets && !m_buckets.contains(key)) {
        forgetFull(nowUs);
    }
    if (!m_buckets.contains(key)) {
        m_buckets.insert(key, {double(m_most), nowUs});
    }
    Bucket &bucket = m_buckets[key];
    bucket.left =
        qMin(double(m_most), bucket.left + double(qMax<qint64>(0, nowUs - bucket.atUs)) * m_perUs);
    bucket.atUs = nowUs;
    const double missing = qMin(amount, m_most) - bucket.left; // more than fits costs what fits
    if (missing > 1e-9) {
        return qMax(1, int(std::ceil(missing / m_perUs / 1e6)));
    }
    bucket.left -= amount;
    return 0;
}

/// A full bucket remembers nothing. Where none is full, all are forgotten: kindness, not memory.
void Quota::forgetFull(qint64 nowUs)
{
    m_buckets.removeIf([&](const auto &bucket) {
        return bucket->left + double(nowUs - bucket->atUs) * m_perUs >= m_most;
    });
    if (m_buckets.size() >= mostBuckets) {
        m_buckets.clear();
    }
}

} // namespace upload::standin
