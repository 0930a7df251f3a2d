// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/cell.h"

#include <QRegularExpression>

namespace upload::handover {

using namespace Qt::StringLiterals;

namespace {

bool isTaken(const QString &text)
{
    // Signs begin formulas; digits with these signs between them are numbers, dates or times.
    static const QRegularExpression number(u"^[0-9.,:/ eE%+-]*[0-9][0-9.,:/ eE%+-]*$"_s);
    // SEP-12 becomes the twelfth of September, in the language of whoever opens the file.
    static const QRegularExpression date(
        u"^(ene|gen|jan|feb|fev|f\u00e9v|mar|m\u00e4r|mrt|abr|apr|avr|mag|mai|maj|may|mei|giu|jui|"
        u"jun|jul|lug|"
        "ago|aou|ao\u00fb|aug|sep|set|oct|okt|ott|out|nov|dec|d\u00e9c|des|dez|dic)[a-z\u00e9\u00fb]*[ ./-]?[0-9]+$"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression truth(
        u"^(true|false|wahr|falsch|vrai|faux|verdadero|falso|vero)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (text.isEmpty())
        return false;
    if (!text.front().isLetter())
        return u"=+-@'"_s.contains(text.front()) || number.match(text).hasMatch();
    constexpr qsizetype longestDate = 24;
    return text.size() <= longestDate
        && (date.match(text).hasMatch() || truth.match(text).hasMatch());
}

} // namespace

QString guarded(const QString &text)
{
    QString clean = text;
    for (QChar &character : clean)
        if (character.category() == QChar::Other_Control)
            character = u' ';
    clean = clean.trimmed();
    return isTaken(clean) ? u'\'' + clean : clean;
}

QString unguarded(const QString &cell)
{
    return cell.startsWith(u'\'') ? cell.mid(1) : cell;
}

QByteArray csvCell(const QString &text)
{
    QString cell = guarded(text);
    // German Excel separates by semicolons, so these are quoted as well.
    if (cell.contains(u',') || cell.contains(u';') || cell.contains(u'"'))
        cell = u'"' + cell.replace(u'"', u"\"\""_s) + u'"';
    return cell.toUtf8();
}

QString spoiltBySpreadsheet(const QString &cell)
{
    static const QRegularExpression scientific(u"^[0-9]+([.,][0-9]+)?E[+-]?[0-9]+$"_s);
    static const QRegularExpression error(
        u"^#(NAME|VALUE|REF|DIV/0|NUM|N/A|NULL|WERT|BEZUG)[!?]?$"_s);
    static const QRegularExpression bare(u"^[0-9]+([.,][0-9]+)?$"_s);
    if (scientific.match(cell).hasMatch())
        return u"a spreadsheet has rounded it to %1, and the rest is lost"_s.arg(cell);
    if (error.match(cell).hasMatch())
        return u"a spreadsheet took it for a formula (%1)"_s.arg(cell);
    if (cell.startsWith(u'='))
        return u"a spreadsheet's formula"_s;
    // Written here, a number has its apostrophe; without it noughts before it may be gone.
    if (bare.match(cell).hasMatch())
        return u"a bare number (%1): a spreadsheet may have cut noughts before it or rounded it"_s
            .arg(cell);
    return {};
}

} // namespace upload::handover
