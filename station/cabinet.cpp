// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/cabinet.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestCabinet = 64 << 20; // unpacked

struct Closed {
    void operator()(archive *reader) const { archive_read_free(reader); }
};

std::unexpected<Error> broken(const QString &what)
{
    return std::unexpected(Error{Fault::Syntax, what});
}

std::unexpected<Error> broken(archive *reader)
{
    return broken(u"a damaged cabinet: %1"_s.arg(
        QString::fromLocal8Bit(archive_error_string(reader)).left(200)));
}

QString nameOf(archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    QString text = QString::fromUtf8(name != nullptr ? name : "?").left(200);
    for (QChar &character : text)
        if (!character.isPrint())
            character = u'?';
    return text;
}

Result<QByteArray> contentOf(archive *reader, const QString &name, qint64 most)
{
    // Read until it ends: the size that the entry claims is only a claim.
    QByteArray content;
    QByteArray piece(64 << 10, Qt::Uninitialized);
    while (true) {
        const auto size =
            archive_read_data(reader, piece.data(), static_cast<size_t>(piece.size()));
        if (size < 0)
            return broken(reader);
        if (size == 0)
            return content;
        content.append(piece.constData(), size);
        if (content.size() > most)
            return broken(u"%1 is larger than %2 KiB"_s.arg(name).arg(most >> 10));
    }
}

} // namespace

bool isCabinet(const QByteArray &bytes)
{
    return bytes.startsWith("MSCF");
}

Result<QList<CabinetPart>> unpackCabinet(const QByteArray &bytes, qint64 largestPart, int mostParts)
{
    const std::unique_ptr<archive, Closed> reader(archive_read_new());
    archive_read_support_format_cab(reader.get());
    if (archive_read_open_memory(reader.get(), bytes.constData(), static_cast<size_t>(bytes.size()))
        != ARCHIVE_OK)
        return broken(reader.get());
    QList<CabinetPart> parts;
    qint64 total = 0;
    while (true) {
        archive_entry *entry = nullptr;
        const int status = archive_read_next_header(reader.get(), &entry);
        if (status == ARCHIVE_EOF)
            return parts;
        if (status < ARCHIVE_WARN)
            return broken(reader.get());
        if (archive_entry_filetype(entry) != AE_IFREG)
            continue;
        if (parts.size() >= mostParts)
            return broken(u"more than %1 files"_s.arg(mostParts));
        const QString name = nameOf(entry);
        const auto content = contentOf(reader.get(), name, largestPart);
        if (!content)
            return std::unexpected(content.error());
        total += content->size();
        if (total > largestCabinet)
            return broken(u"more than %1 MiB when unpacked"_s.arg(largestCabinet >> 20));
        parts.append({name, *content});
    }
}

} // namespace station
