// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serials.h"

#include <QFile>
#include <QStringDecoder>
#include <algorithm>

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

constexpr qint64 largestFile = 64 << 20;
constexpr qsizetype longestSerial = 128;

std::unexpected<Error> wrong(const QString &why)
{
    return std::unexpected(Error{Fault::Syntax, why});
}

} // namespace

station::Result<std::optional<Job>> parseSerialLine(const QByteArray &line)
{
    // Stateless: half a character at the end is an error, not the start of a next call.
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(line);
    if (utf8.hasError())
        return wrong(u"these bytes are no UTF-8"_s);
    const QStringList parts = text.trimmed().split(u'\t');
    const QString serial = parts.first().trimmed();
    if (serial.isEmpty() && parts.size() == 1)
        return std::nullopt;
    if (serial.startsWith(u'#'))
        return std::nullopt;
    if (serial.isEmpty() || serial.size() > longestSerial)
        return wrong(u"a serial has 1 to %1 characters"_s.arg(longestSerial));
    if (std::ranges::any_of(serial, [](QChar c) { return !c.isPrint() || c.isSpace(); }))
        return wrong(u"a serial has no spaces or control characters; a tab separates the target"_s);
    if (parts.size() > 2)
        return wrong(u"more than serial, tab, target"_s);
    return Job{serial, parts.value(1).trimmed()};
}

station::Result<QList<Job>> parseSerials(const QByteArray &text, const QString &file)
{
    QList<Job> jobs;
    const QList<QByteArray> lines = text.split('\n');
    for (qsizetype number = 0; number < lines.size(); ++number) {
        const auto job = parseSerialLine(lines[number]);
        if (!job)
            return wrong(u"%1:%2: %3"_s.arg(file).arg(number + 1).arg(job.error().detail));
        if (*job)
            jobs.append(**job);
    }
    return jobs;
}

station::Result<QList<Job>> loadSerials(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(
            Error{Fault::Missing, u"serials %1: %2"_s.arg(path, file.errorString())});
    const QByteArray bytes = file.read(largestFile + 1);
    if (bytes.size() > largestFile)
        return wrong(u"%1: larger than 64 MiB, this is no list of serials"_s.arg(path));
    return parseSerials(bytes, path);
}

} // namespace app
