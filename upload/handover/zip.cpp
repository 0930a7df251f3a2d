// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/zip.h"

#include "upload/handover/export.h"

#include <QFile>

#include <archive.h>
#include <archive_entry.h>

namespace upload::handover {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

constexpr size_t block = 64 << 10;

struct ReadEnd {
    void operator()(archive *zip) const { archive_read_free(zip); }
};
struct WriteEnd {
    void operator()(archive *zip) const { archive_write_free(zip); }
};
struct EntryEnd {
    void operator()(archive_entry *entry) const { archive_entry_free(entry); }
};
using Reading = std::unique_ptr<archive, ReadEnd>;
using Writing = std::unique_ptr<archive, WriteEnd>;

std::unexpected<Error> wrong(Fault fault, const QString &path, archive *zip)
{
    const char *why = archive_error_string(zip);
    return std::unexpected(Error{fault,
        u"%1: %2"_s.arg(path, QString::fromLocal8Bit(why != nullptr ? why : "damaged").left(200))});
}

Result<Reading> opened(const QString &path)
{
    Reading zip(archive_read_new());
    archive_read_support_format_zip_seekable(zip.get());
    if (archive_read_open_filename(zip.get(), QFile::encodeName(path).constData(), block)
        != ARCHIVE_OK)
        return wrong(Fault::Syntax, path, zip.get());
    return zip;
}

QString nameOf(archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    return QString::fromUtf8(name != nullptr ? name : "?").left(400);
}

/// One file of a .zip while it is unpacked.
class Unpacked : public QIODevice {
public:
    explicit Unpacked(Reading zip) : m_zip(std::move(zip)) { open(QIODevice::ReadOnly); }
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_ended && QIODevice::atEnd(); }

protected:
    qint64 readData(char *bytes, qint64 most) override
    {
        const auto size = archive_read_data(m_zip.get(), bytes, static_cast<size_t>(most));
        m_ended = m_ended || (most > 0 && size <= 0);
        if (size < 0)
            setErrorString(QString::fromLocal8Bit(archive_error_string(m_zip.get())));
        return size > 0 ? size : (size == 0 ? 0 : -1);
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    Reading m_zip;
    bool m_ended = false;
};

Result<void> packOne(archive *zip, const QString &path, const QString &name,
    const std::function<bool()> &isCancelled)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{Fault::Full, u"%1: %2"_s.arg(path, file.errorString())});
    const std::unique_ptr<archive_entry, EntryEnd> entry(archive_entry_new());
    archive_entry_set_pathname_utf8(entry.get(), name.toUtf8().constData());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), file.size());
    if (archive_write_header(zip, entry.get()) != ARCHIVE_OK)
        return wrong(Fault::Full, name, zip);
    QByteArray piece(block, Qt::Uninitialized);
    while (true) {
        if (isCancelled())
            return std::unexpected(cancelled());
        const qint64 size = file.read(piece.data(), piece.size());
        if (size == 0)
            return {};
        if (size < 0
            || archive_write_data(zip, piece.constData(), static_cast<size_t>(size)) != size)
            return wrong(Fault::Full, name, zip);
    }
}

} // namespace

Result<QStringList> namesInZip(const QString &path)
{
    auto zip = opened(path);
    if (!zip)
        return std::unexpected(zip.error());
    QStringList names;
    archive_entry *entry = nullptr;
    while (true) {
        const int status = archive_read_next_header(zip->get(), &entry);
        if (status == ARCHIVE_EOF)
            return names;
        if (status < ARCHIVE_WARN || names.size() > mostNames)
            return wrong(Fault::Syntax, path, zip->get());
        names.append(nameOf(entry));
    }
}

Result<std::unique_ptr<QIODevice>> openInZip(const QString &path, const QString &name)
{
    auto zip = opened(path);
    if (!zip)
        return std::unexpected(zip.error());
    archive_entry *entry = nullptr;
    while (archive_read_next_header(zip->get(), &entry) >= ARCHIVE_WARN)
        if (nameOf(entry) == name && archive_entry_filetype(entry) == AE_IFREG)
            return std::make_unique<Unpacked>(std::move(*zip));
    return std::unexpected(Error{Fault::Missing, u"%1 is no file that can be read"_s.arg(name)});
}

Result<void> pack(
    const QString &folder, const QString &path, const std::function<bool()> &isCancelled)
{
    const auto names = namesBelow(folder);
    if (!names)
        return std::unexpected(names.error());
    const Writing zip(archive_write_new());
    archive_write_set_format_zip(zip.get());
    if (archive_write_open_filename(zip.get(), QFile::encodeName(path).constData()) != ARCHIVE_OK)
        return wrong(Fault::Full, path, zip.get());
    for (const QString &name : *names)
        if (const auto packed = packOne(zip.get(), folder + u'/' + name, name, isCancelled);
            !packed)
            return packed;
    if (archive_write_close(zip.get()) != ARCHIVE_OK)
        return wrong(Fault::Full, path, zip.get());
    return {};
}

} // namespace upload::handover
