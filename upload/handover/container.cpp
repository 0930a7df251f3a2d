// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/container.h"

#include "upload/handover/zip.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace upload::handover {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

std::unexpected<Error> wrong(Fault fault, const QString &what)
{
    return std::unexpected(Error{fault, what});
}

} // namespace

Result<QStringList> namesBelow(const QString &folder)
{
    QStringList names;
    QDirIterator files(folder,
        QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        // A link is no folder, wherever it leads.
        if (files.fileInfo().isDir() && !files.fileInfo().isSymLink())
            continue;
        names.append(QDir(folder).relativeFilePath(files.filePath()));
        if (names.size() > mostNames)
            return wrong(Fault::Syntax, u"%1: more than %2 files"_s.arg(folder).arg(mostNames));
    }
    names.sort();
    return names;
}

Result<Container> Container::open(const QString &path)
{
    const QFileInfo place(path);
    if (!place.exists())
        return wrong(Fault::Missing, u"%1: there is no such file or folder"_s.arg(path));
    Container container(path, !place.isDir());
    auto names = container.m_isZip ? namesInZip(path) : namesBelow(path);
    if (!names)
        return std::unexpected(names.error());
    container.m_names = *names;
    container.m_names.sort();
    const auto twice = std::ranges::adjacent_find(container.m_names);
    if (twice != container.m_names.end())
        return wrong(Fault::Syntax, u"%1: %2 is in it twice"_s.arg(path, *twice));
    return container;
}

Result<std::unique_ptr<QIODevice>> Container::read(const QString &name) const
{
    if (!m_names.contains(name))
        return wrong(Fault::Missing, u"%1 is missing"_s.arg(name));
    if (m_isZip)
        return openInZip(m_path, name);
    const QString path = m_path + u'/' + name;
    auto file = std::make_unique<QFile>(path);
    // A fifo or a device would never end.
    if (!QFileInfo(path).isFile() || QFileInfo(path).isSymLink()
        || !file->open(QIODevice::ReadOnly))
        return wrong(Fault::Missing, u"%1 is no file that can be read"_s.arg(name));
    return file;
}

Result<QByteArray> Container::bytes(const QString &name, qint64 most) const
{
    const auto file = read(name);
    if (!file)
        return std::unexpected(file.error());
    QByteArray bytes;
    while (bytes.size() <= most) {
        const QByteArray piece = (*file)->read(most + 1 - bytes.size());
        if (piece.isEmpty())
            return bytes;
        bytes += piece;
    }
    return wrong(Fault::Syntax, u"%1 is larger than %2 KiB"_s.arg(name).arg(most >> 10));
}

} // namespace upload::handover
