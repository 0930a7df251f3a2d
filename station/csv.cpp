// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/csv.h"

#include <QStringDecoder>

#include <algorithm>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestCell = 64 << 10;

std::unexpected<Error> wrong(int line, const QString &why)
{
    return std::unexpected(Error{Fault::Syntax, u"%1: %2"_s.arg(line).arg(why)});
}

Result<QString> decoded(const QByteArray &bytes, int line)
{
    // Stateless: half a character at the end is an error, not the start of a next call.
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(bytes);
    if (utf8.hasError())
        return wrong(line, u"these bytes are no UTF-8"_s);
    return text;
}

} // namespace

CsvReader::CsvReader(const QByteArray &bytes) : m_bytes(bytes)
{
    if (m_bytes.startsWith("\xef\xbb\xbf"))
        m_at = 3;
    const QByteArray first = m_bytes.mid(m_at, 4096).split('\n').first();
    for (const char separator : {';', '\t'})
        if (first.count(separator) > first.count(m_separator))
            m_separator = separator;
}

void CsvReader::skipBreak()
{
    if (!atEnd() && m_bytes[m_at] == '\r')
        ++m_at;
    if (!atEnd() && m_bytes[m_at] == '\n') {
        ++m_at;
        ++m_line;
    }
}

Result<QByteArray> CsvReader::quoted()
{
    const int line = m_line;
    QByteArray bytes;
    for (++m_at; !atEnd(); ++m_at) {
        if (m_bytes[m_at] == '"') {
            ++m_at;
            if (atEnd() || m_bytes[m_at] != '"') // two of them are one that is meant
                return bytes;
        }
        m_line += m_bytes[m_at] == '\n' ? 1 : 0;
        bytes += m_bytes[m_at];
    }
    return wrong(line, u"a quote that nothing closes"_s);
}

Result<QString> CsvReader::cell()
{
    const int line = m_line;
    const auto skipBlanks = [this] {
        while (!atBreak() && m_bytes[m_at] == ' ')
            ++m_at;
    };
    skipBlanks();
    QByteArray bytes;
    if (!atEnd() && m_bytes[m_at] == '"') {
        auto inside = quoted();
        if (!inside)
            return std::unexpected(inside.error());
        bytes = *inside;
        skipBlanks();
        if (!atBreak() && m_bytes[m_at] != m_separator)
            return wrong(m_line, u"text after a closing quote"_s);
    } else {
        const qsizetype from = m_at;
        while (!atBreak() && m_bytes[m_at] != m_separator)
            ++m_at;
        bytes = m_bytes.mid(from, m_at - from).trimmed();
        if (bytes.contains('"'))
            return wrong(line, u"a quote in the middle of a cell; quote the whole cell"_s);
    }
    if (bytes.size() > longestCell)
        return wrong(line, u"a cell of more than 64 KiB"_s);
    return decoded(bytes, line);
}

Result<std::optional<CsvRow>> CsvReader::next()
{
    while (!atEnd() && atBreak())
        skipBreak();
    if (atEnd())
        return std::nullopt;
    CsvRow row{m_line, {}};
    while (true) {
        const auto text = cell();
        if (!text)
            return std::unexpected(text.error());
        row.cells.append(*text);
        if (atBreak())
            break;
        ++m_at; // the separator
    }
    skipBreak();
    return row;
}

} // namespace station
