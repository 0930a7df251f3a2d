// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QMap>

#include <sqlite3.h>

/// A layer under SQLite's files that writes down what reached them and in which order, so that a
/// test can see what a disk would hold had the power gone at any moment.
namespace powercut {

/// One thing done to one file.
struct Step {
    enum class Kind { Write, Truncate, Sync, Delete };
    Kind kind = Kind::Write;
    QString file; ///< without its folder
    qint64 offset = 0;
    QByteArray bytes;
};

/// What a disk makes of writes that nobody has waited for.
enum class Unsynced { Lost, EveryOtherKept };

inline QList<Step> log;
inline bool isRecording = false;
inline bool isFull = false; ///< the disk takes no more writes

inline void apply(QByteArray &content, const Step &step)
{
    if (step.kind == Step::Kind::Truncate) {
        content.truncate(step.offset);
        return;
    }
    if (content.size() < step.offset + step.bytes.size())
        content.append(step.offset + step.bytes.size() - content.size(), '\0');
    content.replace(step.offset, step.bytes.size(), step.bytes);
}

/// Writes into a folder what the disk holds after the first `steps` of the log.
inline void cutAfter(qsizetype steps, Unsynced unsynced, const QDir &folder)
{
    QMap<QString, QByteArray> synced;
    QMap<QString, QList<Step>> waiting;
    for (const Step &step : log.first(steps)) {
        QByteArray &content = synced[step.file];
        QList<Step> &open = waiting[step.file];
        if (step.kind == Step::Kind::Write || step.kind == Step::Kind::Truncate) {
            open.append(step);
            continue;
        }
        for (const Step &done : std::as_const(open))
            apply(content, done);
        open.clear();
        if (step.kind == Step::Kind::Delete)
            synced.remove(step.file);
    }
    for (auto [file, content] : synced.asKeyValueRange()) {
        const QList<Step> open = waiting.value(file);
        for (qsizetype at = 0; unsynced == Unsynced::EveryOtherKept && at < open.size(); at += 2)
            apply(content, open.at(at));
        QFile image(folder.filePath(file));
        if (!image.open(QIODevice::WriteOnly) || image.write(content) != content.size())
            qFatal("cannot write what the disk would hold");
    }
}

/// SQLite's own file object stands behind ours in the same allocation.
struct File {
    sqlite3_file base;
    QString *name; ///< null for temporary files

    [[nodiscard]] sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

inline File *fileOf(sqlite3_file *file)
{
    return reinterpret_cast<File *>(file);
}

inline sqlite3_file *realOf(sqlite3_file *file)
{
    return fileOf(file)->real();
}

inline void note(sqlite3_file *file, Step step)
{
    if (!isRecording || !fileOf(file)->name)
        return;
    step.file = *fileOf(file)->name;
    log.append(step);
}

inline int close(sqlite3_file *file)
{
    const int result = realOf(file)->pMethods->xClose(realOf(file));
    delete fileOf(file)->name;
    return result;
}

inline int write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    if (isFull)
        return SQLITE_FULL;
    note(file, {Step::Kind::Write, {}, offset, QByteArray(static_cast<const char *>(bytes), size)});
    return realOf(file)->pMethods->xWrite(realOf(file), bytes, size, offset);
}

inline int truncate(sqlite3_file *file, sqlite3_int64 size)
{
    note(file, {Step::Kind::Truncate, {}, size, {}});
    return realOf(file)->pMethods->xTruncate(realOf(file), size);
}

inline int sync(sqlite3_file *file, int)
{
    // Only noted: the real disk would make a test of hundreds of cuts slow and prove nothing.
    note(file, {Step::Kind::Sync, {}, 0, {}});
    return SQLITE_OK;
}

// Handed on as they are. The last two of the methods (mapped pages) are left out: SQLite then reads
// and writes as above.
template <auto Method, typename... Arguments> int pass(sqlite3_file *file, Arguments... arguments)
{
    return (realOf(file)->pMethods->*Method)(realOf(file), arguments...);
}

inline void barrier(sqlite3_file *file)
{
    realOf(file)->pMethods->xShmBarrier(realOf(file));
}

using Io = sqlite3_io_methods;
inline const Io methods{.iVersion = 2,
    .xClose = close,
    .xRead = pass<&Io::xRead, void *, int, sqlite3_int64>,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = pass<&Io::xFileSize, sqlite3_int64 *>,
    .xLock = pass<&Io::xLock, int>,
    .xUnlock = pass<&Io::xUnlock, int>,
    .xCheckReservedLock = pass<&Io::xCheckReservedLock, int *>,
    .xFileControl = pass<&Io::xFileControl, int, void *>,
    .xSectorSize = pass<&Io::xSectorSize>,
    .xDeviceCharacteristics = pass<&Io::xDeviceCharacteristics>,
    .xShmMap = pass<&Io::xShmMap, int, int, int, volatile void **>,
    .xShmLock = pass<&Io::xShmLock, int, int, int>,
    .xShmBarrier = barrier,
    .xShmUnmap = pass<&Io::xShmUnmap, int>};

inline sqlite3_vfs *system()
{
    static sqlite3_vfs *const vfs = sqlite3_vfs_find("unix");
    return vfs;
}

inline QString nameOf(const char *path)
{
    return QFile::decodeName(path).section(QChar(u'/'), -1);
}

inline int open(sqlite3_vfs *, const char *path, sqlite3_file *file, int flags, int *out)
{
    const int result = system()->xOpen(system(), path, realOf(file), flags, out);
    // SQLite closes a file that failed to open only where it has methods.
    fileOf(file)->base.pMethods = realOf(file)->pMethods ? &methods : nullptr;
    fileOf(file)->name = path && realOf(file)->pMethods ? new QString(nameOf(path)) : nullptr;
    return result;
}

inline int remove(sqlite3_vfs *, const char *path, int syncFolder)
{
    if (isRecording)
        log.append({Step::Kind::Delete, nameOf(path), 0, {}});
    return system()->xDelete(system(), path, syncFolder);
}

/// From here on every new connection of this process goes through the layer.
inline void install()
{
    static sqlite3_vfs layer = *system();
    layer.zName = "powercut";
    layer.szOsFile = static_cast<int>(sizeof(File)) + system()->szOsFile;
    layer.xOpen = open;
    layer.xDelete = remove;
    layer.pNext = nullptr;
    if (sqlite3_vfs_register(&layer, 1) != SQLITE_OK)
        qFatal("SQLite does not take the layer");
}

} // namespace powercut
