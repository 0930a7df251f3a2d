// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>
#include <memory>
#include <optional>

namespace upload::handover {

/// Reads a file line by line in large pieces, from folders and archives alike.
class LineReader {
public:
    explicit LineReader(std::unique_ptr<QIODevice> file) : m_file(std::move(file)) { }

    /// Without its '\n'; nothing at the end. What follows the last '\n' is a line too. A line of
    /// more than 4 MiB comes in pieces, which nobody will take for a record.
    [[nodiscard]] std::optional<QByteArray> next();
    [[nodiscard]] qint64 line() const { return m_line; } ///< of what next() gave, from 1

private:
    std::unique_ptr<QIODevice> m_file;
    QByteArray m_piece;
    qsizetype m_at = 0;
    qint64 m_line = 0;
};

} // namespace upload::handover
