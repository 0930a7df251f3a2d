// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <QByteArray>
#include <QStringList>
#include <optional>

namespace station {

/// One row of a CSV file.
struct CsvRow {
    int line = 0; ///< where it begins, from 1
    QStringList cells; ///< without quotes, and without blanks around what was not quoted

    bool operator==(const CsvRow &) const = default;
};

/// Reads RFC 4180 in UTF-8 row by row; a byte order mark, CRLF and empty lines are borne. The first
/// row decides between comma, semicolon and tab.
class CsvReader {
public:
    explicit CsvReader(const QByteArray &bytes);

    /// Nothing at the end. Fault::Syntax with the line ("7: …").
    [[nodiscard]] Result<std::optional<CsvRow>> next();

private:
    [[nodiscard]] Result<QString> cell();
    [[nodiscard]] Result<QByteArray> quoted();
    [[nodiscard]] bool atEnd() const { return m_at >= m_bytes.size(); }
    [[nodiscard]] bool atBreak() const
    {
        return atEnd() || m_bytes[m_at] == '\n' || m_bytes[m_at] == '\r';
    }
    void skipBreak();

    const QByteArray &m_bytes;
    qsizetype m_at = 0;
    int m_line = 1;
    char m_separator = ',';
};

} // namespace station
