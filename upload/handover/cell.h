// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace upload::handover {

/// A text that a spreadsheet leaves as it is: what it would take for a formula, a number, a date or
/// a truth gets an apostrophe before it. Control characters become blanks.
[[nodiscard]] QString guarded(const QString &text);
/// The text that was guarded.
[[nodiscard]] QString unguarded(const QString &cell);
/// Guarded, and as RFC 4180 wants it.
[[nodiscard]] QByteArray csvCell(const QString &text);

/// What a spreadsheet has made of an identifier or a key, in words; empty: nothing.
[[nodiscard]] QString spoiltBySpreadsheet(const QString &cell);

} // namespace upload::handover
