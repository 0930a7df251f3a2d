// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/lines.h"

namespace upload::handover {

namespace {

constexpr qint64 pieceSize = 256 << 10;
constexpr qsizetype longestLine = 4 << 20;

} // namespace

std::optional<QByteArray> LineReader::next()
{
    QByteArray line;
    while (line.size() < longestLine) {
        if (m_at == m_piece.size()) {
            m_piece = m_file->read(pieceSize);
            m_at = 0;
            if (m_piece.isEmpty())
                break;
        }
        const qsizetype end = m_piece.indexOf('\n', m_at);
        line.append(m_piece.constData() + m_at, (end < 0 ? m_piece.size() : end) - m_at);
        m_at = end < 0 ? m_piece.size() : end + 1;
        if (end >= 0) {
            ++m_line;
            return line;
        }
    }
    if (line.isEmpty())
        return std::nullopt;
    ++m_line;
    return line;
}

} // namespace upload::handover
