// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed.h"

#include <QSocketNotifier>

#include <cerrno>
#include <unistd.h>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 4096;

} // namespace

Feed::Feed(int fd) : m_fd(fd), m_notifier(new QSocketNotifier(fd, QSocketNotifier::Read, this))
{
    connect(m_notifier, &QSocketNotifier::activated, this, &Feed::readSome);
}

void Feed::readSome()
{
    std::array<char, 65536> buffer{};
    const ssize_t count = read(m_fd, buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count > 0)
        return add({buffer.data(), count});
    m_notifier->setEnabled(false);
    take(m_rest);
    Q_EMIT ended();
}

void Feed::add(QByteArrayView bytes)
{
    if (m_skipping) {
        const qsizetype end = bytes.indexOf('\n') + 1;
        if (end == 0)
            return;
        bytes = bytes.sliced(end);
        m_skipping = false;
    }
    m_rest.append(bytes.data(), bytes.size());
    if (const qsizetype end = m_rest.lastIndexOf('\n') + 1; end > 0) {
        take(m_rest.first(end - 1));
        m_rest.remove(0, end);
    }
    if (m_rest.size() > longestLine) {
        Q_EMIT wrong(u"a line longer than %1 bytes"_s.arg(longestLine));
        m_rest.clear();
        m_skipping = true; // its end is no serial
    }
}

void Feed::take(const QByteArray &lines)
{
    QList<Job> jobs;
    for (const QByteArray &line : lines.split('\n')) {
        const auto job = parseSerialLine(line);
        if (!job)
            Q_EMIT wrong(job.error().detail);
        else if (*job)
            jobs.append(**job);
    }
    if (!jobs.isEmpty())
        Q_EMIT came(jobs);
}

} // namespace app
