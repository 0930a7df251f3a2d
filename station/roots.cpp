// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/roots.h"

#include "station/cabinet.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 64 << 20; // all TPM makers' roots together are below 2 MiB
constexpr qint64 largestPart = 1 << 20; // one file in a folder or cabinet
constexpr int mostParts = 20'000;

std::unexpected<Error> wrong(Fault fault, const QString &what)
{
    return std::unexpected(Error{fault, what});
}

Result<QByteArray> bytesOf(const QString &path, qint64 most)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return wrong(Fault::Missing, u"%1: %2"_s.arg(path, file.errorString()));
    const QByteArray bytes = file.read(most + 1);
    if (bytes.size() > most)
        return wrong(Fault::Syntax,
            u"%1: larger than %2 MiB; name the certificates themselves"_s.arg(path).arg(
                most >> 20));
    return bytes;
}

/// Takes in one part of a folder or cabinet. What is no anchor lies there for people to read; but
/// a private key is an accident that somebody must hear of.
Result<void> takePart(Gathered &gathered, const QString &name, const QByteArray &bytes)
{
    const auto anchors = tpm::parseAnchors(bytes);
    if (anchors)
        gathered.anchors.add(*anchors);
    else if (anchors.error().fault == tpm::Fault::Unsuitable)
        return wrong(Fault::Syntax, u"%1: %2"_s.arg(name, anchors.error().detail));
    else
        gathered.skipped.append(u"%1: %2"_s.arg(name, anchors.error().detail));
    return {};
}

Result<Gathered> fromFolder(const QString &path)
{
    Gathered gathered;
    int parts = 0;
    QDirIterator files(path, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString name = files.next();
        if (++parts > mostParts)
            return wrong(Fault::Syntax, u"%1: more than %2 files"_s.arg(path).arg(mostParts));
        if (files.fileInfo().size() > largestPart) {
            gathered.skipped.append(u"%1: larger than 1 MiB"_s.arg(name));
            continue;
        }
        const auto bytes = bytesOf(name, largestPart);
        if (!bytes)
            return std::unexpected(bytes.error());
        if (auto taken = takePart(gathered, name, *bytes); !taken)
            return std::unexpected(taken.error());
    }
    return gathered;
}

Result<Gathered> fromCabinet(const QString &path, const QByteArray &bytes)
{
    const auto parts = unpackCabinet(bytes, largestPart, mostParts);
    if (!parts)
        return wrong(Fault::Syntax, u"%1: %2"_s.arg(path, parts.error().detail));
    Gathered gathered;
    for (const auto &[name, content] : *parts)
        if (auto taken = takePart(gathered, u"%1(%2)"_s.arg(path, name), content); !taken)
            return std::unexpected(taken.error());
    return gathered;
}

Result<Gathered> fromFile(const QString &path)
{
    const auto bytes = bytesOf(path, largestFile);
    if (!bytes)
        return std::unexpected(bytes.error());
    if (isCabinet(*bytes))
        return fromCabinet(path, *bytes);
    const auto anchors = tpm::parseAnchors(*bytes);
    if (!anchors)
        return wrong(Fault::Syntax,
            u"%1: %2; a root store takes PEM, DER, folders and cabinets of them"_s.arg(
                path, anchors.error().detail));
    return Gathered{*anchors, {}};
}

} // namespace

QString usualRootsFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + u"/ekstation/roots.pem"_s;
}

Result<tpm::Anchors> loadRoots(const QString &file)
{
    if (!QFile::exists(file))
        return tpm::Anchors{};
    const auto bytes = bytesOf(file, largestFile);
    if (!bytes)
        return std::unexpected(bytes.error());
    if (bytes->isEmpty())
        return tpm::Anchors{};
    const auto anchors = tpm::parseAnchors(*bytes);
    if (!anchors)
        return wrong(Fault::Syntax,
            u"the root store %1: %2; import the roots anew with --replace"_s.arg(
                file, anchors.error().detail));
    return *anchors;
}

Result<void> saveRoots(const QString &path, const tpm::Anchors &anchors)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder))
        return wrong(Fault::Missing, u"the folder %1 cannot be made"_s.arg(folder));
    QSaveFile file(path);
    const QByteArray pem = anchors.pem();
    if (!file.open(QIODevice::WriteOnly) || file.write(pem) != pem.size() || !file.commit())
        return wrong(Fault::Full, u"the root store %1: %2"_s.arg(path, file.errorString()));
    return {};
}

Result<Gathered> gatherRoots(const QStringList &paths)
{
    Gathered all;
    for (const QString &path : paths) {
        const auto some = QFileInfo(path).isDir() ? fromFolder(path) : fromFile(path);
        if (!some)
            return some;
        if (some->anchors.isEmpty())
            return wrong(
                Fault::Syntax, u"%1: there is no certificate and no CRL in it"_s.arg(path));
        all.anchors.add(some->anchors);
        all.skipped += some->skipped;
    }
    return all;
}

} // namespace station
