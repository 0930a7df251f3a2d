// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/replicafile.h"

#include "station/changelog.h"
#include "station/ledgerreader.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace station {

using namespace Qt::StringLiterals;

namespace {

/// The file and its name are on the disk.
bool synced(const QString &path)
{
    bool done = true;
    for (const QString &name : {path, QFileInfo(path).absolutePath()}) {
        const int fd =
            ::open(QFile::encodeName(name).constData(), O_RDONLY | O_CLOEXEC); // NOLINT(*-vararg)
        done = fd >= 0 && fsync(fd) == 0 && done;
        if (fd >= 0)
            close(fd);
    }
    return done;
}

/// A copy that was damaged is made anew, and somebody's other file stays. What cannot be read now
/// is not known to be one.
bool mayBeReplica(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() == 0)
        return true;
    return file.peek(16) == QByteArray("SQLite format 3\0", 16);
}

} // namespace

std::pair<quint64, quint64> inodeOf(const QString &path)
{
    struct stat found{};
    std::ignore = stat(QFile::encodeName(path).constData(), &found);
    return {found.st_dev, found.st_ino};
}

std::unexpected<Error> notCopied(const QString &copy, const QString &why)
{
    return std::unexpected(Error{Fault::Full, u"%1: %2"_s.arg(copy, why)});
}

Result<void> makeReplica(const QString &file, const QByteArray &log, qint64 last)
{
    auto copy = Database::open(
        {.engine = DatabasePlace::Engine::Sqlite, .path = file}, Database::Access::ReadWrite);
    if (!copy)
        return std::unexpected(copy.error());
    if (auto dropped = dropChangeLog(**copy); !dropped)
        return dropped;
    for (const auto &[sql, values] :
        {std::pair{u"CREATE TABLE replica (log BLOB NOT NULL, last INTEGER NOT NULL) STRICT"_s,
             QVariantList()},
            {u"INSERT INTO replica (log, last) VALUES (?, ?)"_s, QVariantList{log, last}}})
        if (auto done = (*copy)->change(sql, values); !done)
            return std::unexpected(done.error());
    if (auto mode = (*copy)->select(u"PRAGMA journal_mode = delete"_s); !mode)
        return std::unexpected(mode.error());
    return {};
}

Result<void> placeReplica(const QString &draft, const QString &copy)
{
    const QString arriving = copy + u".new"_s;
    QFile::remove(arriving);
    QFile file(draft);
    if (!file.copy(arriving))
        return notCopied(copy, file.errorString());
    // A journal that the old file's writer has left must not be taken for one of the new file.
    QFile::remove(copy + u"-journal"_s);
    if (!synced(arriving)
        || ::rename(QFile::encodeName(arriving).constData(), QFile::encodeName(copy).constData())
            != 0
        || !synced(copy))
        return notCopied(copy, qt_error_string(errno));
    return {};
}

Result<void> checkReplica(const QString &ledger, const QString &copy)
{
    const auto read = [](const QString &path) {
        return LedgerReader::open({.url = u"sqlite:"_s + path, .folder = {}, .stationId = {}});
    };
    if (!QFileInfo::exists(ledger) || !QFileInfo::exists(copy))
        return {};
    auto theirs = read(copy);
    if (!theirs && !mayBeReplica(copy))
        return std::unexpected(Error{Fault::Refused,
            u"%1 is no ledger and would be written over; move it away, or name another file in [ledger] replica"_s
                .arg(copy)});
    if (!theirs)
        return {}; // nothing that could be gone on from; it is made anew
    auto ours = read(ledger);
    const auto stations = theirs->stations();
    if (!ours || !stations)
        return std::unexpected(ours ? stations.error() : ours.error());
    for (const QString &station : *stations) {
        const auto fork = ours->parting(*theirs, station);
        const auto here = ours->lengthOf(station);
        const auto there = theirs->lengthOf(station);
        if (!fork || !here || !there)
            return std::unexpected(Error{Fault::Ledger, u"%1 cannot be compared"_s.arg(copy)});
        if (*fork)
            return std::unexpected(Error{Fault::Refused,
                u"the replica %1 is of another chain: station %2 differs from entry %3 on; find out which of the two is right, then name another file"_s
                    .arg(copy, station)
                    .arg(**fork)});
        if (*there > *here)
            return std::unexpected(Error{Fault::Refused,
                u"the replica %1 knows entry %3 of station %2, the ledger ends at %4; restore the ledger from it (ledger restore), or name another file"_s
                    .arg(copy, station)
                    .arg(*there)
                    .arg(*here)});
    }
    return {};
}

} // namespace station
