// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/supplierlist.h"

#include "station/csv.h"
#include "tpm/diagnosis.h"

#include <QFile>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 512 << 20; // a million keys in base64

std::unexpected<Error> wrong(const QString &why)
{
    return std::unexpected(Error{Fault::Syntax, why});
}

/// Which cell is what; -1: there is none.
struct Columns {
    qsizetype sha256 = -1;
    qsizetype key = -1;
    qsizetype serial = -1;
};

Result<Columns> columnsOf(const CsvRow &heading)
{
    Columns columns;
    for (qsizetype at = 0; at < heading.cells.size(); ++at) {
        const QString name = heading.cells[at].toLower();
        qsizetype *column = name == u"ek_sha256" ? &columns.sha256
            : name == u"ek"                      ? &columns.key
            : name == u"serial"                  ? &columns.serial
                                                 : nullptr;
        if (column == nullptr)
            continue;
        if (*column >= 0)
            return wrong(u"%1: two columns are called %2"_s.arg(heading.line).arg(name));
        *column = at;
    }
    if (columns.sha256 < 0 && columns.key < 0 && columns.serial < 0)
        return wrong(u"%1: the first line must name its columns: ek_sha256, ek or serial"_s.arg(
            heading.line));
    if (columns.sha256 >= 0 && columns.key >= 0)
        return wrong(u"%1: ek_sha256 and ek say the same; leave one out"_s.arg(heading.line));
    return columns;
}

/// 32 bytes; empty where the row has no key.
Result<QByteArray> keyIn(const CsvRow &row, const Columns &columns)
{
    const QString text = row.cells.value(std::max(columns.sha256, columns.key));
    if (text.isEmpty() || (columns.sha256 < 0 && columns.key < 0))
        return QByteArray();
    if (columns.sha256 >= 0) {
        const QByteArray hash = QByteArray::fromHex(text.toLatin1());
        if (hash.size() != 32 || text.size() != 64)
            return wrong(
                u"%1: ek_sha256 is 64 hex digits, the SHA-256 of a TPM2B_PUBLIC"_s.arg(row.line));
        return hash;
    }
    const auto seen = tpm::diagnose(text.toUtf8());
    if (!seen.key)
        return wrong(u"%1: ek: %2"_s.arg(row.line).arg(seen.detail));
    return seen.key->sha256();
}

} // namespace

Result<void> SupplierList::add(const QByteArray &key, const QString &serial, int line)
{
    if (key.isEmpty() && serial.isEmpty())
        return wrong(u"%1: neither a key nor a serial"_s.arg(line));
    if (!key.isEmpty() && m_keys.contains(key))
        return wrong(u"%1: this key stands there twice"_s.arg(line));
    if (!serial.isEmpty() && m_serials.contains(serial))
        return wrong(u"%1: serial \"%2\" stands in line %3 already"_s.arg(line)
                .arg(serial.left(128))
                .arg(m_serials[serial]));
    if (!key.isEmpty())
        m_keys[key] = serial;
    if (!serial.isEmpty())
        m_serials[serial] = line;
    return {};
}

Result<SupplierList> SupplierList::parse(const QByteArray &csv, const QString &file)
{
    const auto inFile = [&file](const Error &error) { return wrong(file + u':' + error.detail); };
    CsvReader reader(csv);
    const auto heading = reader.next();
    if (!heading)
        return inFile(heading.error());
    if (!*heading)
        return wrong(file + u":1: an empty file; its first line must name its columns"_s);
    const auto columns = columnsOf(**heading);
    if (!columns)
        return inFile(columns.error());
    SupplierList list;
    while (true) {
        const auto row = reader.next();
        if (!row)
            return inFile(row.error());
        if (!*row)
            break;
        const auto key = keyIn(**row, *columns);
        if (!key)
            return inFile(key.error());
        const auto added = list.add(*key,
            columns->serial < 0 ? QString() : (*row)->cells.value(columns->serial), (*row)->line);
        if (!added)
            return inFile(added.error());
    }
    if (list.size() == 0)
        return wrong(u"%1:%2: nothing follows the heading"_s.arg(file).arg((*heading)->line));
    return list;
}

Result<SupplierList> SupplierList::load(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(
            Error{Fault::Missing, u"the supplier's list %1: %2"_s.arg(path, file.errorString())});
    const QByteArray bytes = file.read(largestFile + 1);
    if (bytes.size() > largestFile)
        return wrong(u"%1: larger than 512 MiB; split it by order"_s.arg(path));
    return parse(bytes, path);
}

SupplierList::Answer SupplierList::find(const QByteArray &ekSha256, const QString &serial) const
{
    if (!m_keys.isEmpty()) {
        const auto known = m_keys.constFind(ekSha256);
        if (known == m_keys.constEnd())
            return Answer::UnknownKey;
        const bool fits = known->isEmpty() || serial.isEmpty() || *known == serial;
        return fits ? Answer::Delivered : Answer::OtherSerial;
    }
    if (serial.isEmpty())
        return Answer::NothingToFind;
    return m_serials.contains(serial) ? Answer::Delivered : Answer::UnknownSerial;
}

} // namespace station
