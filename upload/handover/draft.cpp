// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/draft.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace upload::handover {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

QString lastError()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

std::unexpected<Error> failed(const QString &path, const QString &why)
{
    return std::unexpected(Error{Fault::Full, u"%1: %2; nothing was written"_s.arg(path, why)});
}

} // namespace

// One call for a file or for a folder of a hundred thousand.
bool synced(const QString &folder)
{
    const int fd = open(QFile::encodeName(folder).constData(), // NOLINT(*-vararg)
        O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool done = fd >= 0 && syncfs(fd) == 0;
    if (fd >= 0)
        close(fd);
    return done;
}

Draft::Draft(QString target, std::unique_ptr<QTemporaryDir> folder)
    : m_target(std::move(target)), m_folder(std::move(folder))
{
}

Result<Draft> Draft::of(const QString &target, Kind kind)
{
    const QFileInfo there(QDir::cleanPath(target));
    const QString folder = there.absolutePath();
    if (!QFileInfo(folder).isDir())
        return std::unexpected(
            Error{Fault::Missing, u"%1: there is no folder %2"_s.arg(target, folder)});
    if (there.exists() && (there.isDir() || kind == Kind::Folder))
        return std::unexpected(
            Error{Fault::Refused, u"%1 is there already; choose another name"_s.arg(target)});
    auto temporary =
        std::make_unique<QTemporaryDir>(u"%1/.%2.XXXXXX"_s.arg(folder, there.fileName()));
    if (!temporary->isValid())
        return failed(target, temporary->errorString());
    Draft draft(there.absoluteFilePath(), std::move(temporary));
    // An own mode: the folder around it is for nobody else, and what is handed over is for others.
    if (kind == Kind::Folder && !QDir().mkpath(draft.path()))
        return failed(target, lastError());
    return draft;
}

QString Draft::path() const
{
    return m_folder->filePath(u"whole"_s);
}

QString Draft::aside(const QString &name) const
{
    return m_folder->filePath(name);
}

Result<void> Draft::publish()
{
    if (!synced(m_folder->path()))
        return failed(m_target, lastError());
    if (std::rename(QFile::encodeName(path()).constData(), QFile::encodeName(m_target).constData())
        != 0)
        return failed(m_target, lastError());
    if (!synced(QFileInfo(m_target).absolutePath()))
        return std::unexpected(Error{Fault::Full,
            u"%1: written, but the disk does not say that it keeps it: %2"_s.arg(
                m_target, lastError())});
    return {};
}

Result<std::unique_ptr<QFile>> created(const QString &path)
{
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return failed(path, file->errorString());
    return file;
}

Result<void> put(QFile &file, const QByteArray &bytes)
{
    if (file.write(bytes) != bytes.size())
        return failed(file.fileName(), file.errorString());
    return {};
}

Result<void> closed(QFile &file)
{
    if (!file.flush())
        return failed(file.fileName(), file.errorString());
    file.close();
    return {};
}

} // namespace upload::handover
