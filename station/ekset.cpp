// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ekset.h"

#include <QRegularExpression>

namespace station {

using namespace Qt::StringLiterals;

namespace {

const QByteArray form = "ekstation-ekset-1";
constexpr qsizetype headLines = 5;

std::unexpected<Error> wrong(const QString &file, qsizetype line, const QString &why)
{
    return std::unexpected(Error{Fault::Syntax, u"%1:%2: %3"_s.arg(file).arg(line).arg(why)});
}

QByteArray after(const QByteArray &line, const QByteArray &word)
{
    return line.startsWith(word + ' ') ? line.mid(word.size() + 1) : QByteArray();
}

std::optional<QByteArray> keyIn(const QByteArray &line)
{
    const QByteArray key = QByteArray::fromHex(line);
    return key.size() == 32 && key.toHex() == line ? std::optional(key) : std::nullopt;
}

/// Everything before the keys.
Result<EkSet> headIn(const QList<QByteArray> &lines, const QString &file)
{
    if (lines.first() != form)
        return wrong(file, 1, u"this is no set of endorsement keys (ekstation-ekset-1)"_s);
    EkSet set;
    set.line = QString::fromUtf8(after(lines.value(1), "line"));
    static const QRegularExpression name(u"^[^\\p{C}]{1,64}$"_s);
    if (!name.match(set.line).hasMatch() || set.line.toUtf8() != after(lines.value(1), "line"))
        return wrong(file, 2, u"\"line\" and 1 to 64 characters belong here"_s);
    const auto purpose = purposeOf(QString::fromLatin1(after(lines.value(2), "purpose")));
    if (purpose != Purpose::Production && purpose != Purpose::Training)
        return wrong(file, 3, u"\"purpose production\" or \"purpose training\" belongs here"_s);
    set.purpose = *purpose;
    const QString made = QString::fromLatin1(after(lines.value(3), "made"));
    set.made = QDateTime::fromString(made, Qt::ISODate);
    if (set.made.timeSpec() != Qt::UTC || set.made.toString(Qt::ISODate) != made || made.isEmpty())
        return wrong(file, 4, u"\"made\" and a UTC time belong here"_s);
    const qsizetype there = lines.size() - headLines - 1;
    bool isNumber = false;
    const qsizetype count = after(lines.value(4), "count").toLongLong(&isNumber);
    if (!isNumber || lines.value(4) != "count " + QByteArray::number(count) || count != there
        || !lines.last().isEmpty())
        return wrong(file, 5,
            u"it says \"%1\", and %2 lines follow"_s
                .arg(QString::fromLatin1(lines.value(4)).left(40))
                .arg(std::max<qsizetype>(0, there)));
    return set;
}

} // namespace

QByteArray EkSet::text() const
{
    QByteArray text = form + "\nline " + line.toUtf8() + "\npurpose " + word(purpose).toUtf8()
        + "\nmade " + made.toString(Qt::ISODate).toUtf8() + "\ncount "
        + QByteArray::number(keys.size()) + '\n';
    for (const QByteArray &key : keys)
        text += key.toHex() + '\n';
    return text;
}

Result<EkSet> parseEkSet(const QByteArray &text, const QString &file)
{
    const QList<QByteArray> lines = text.split('\n');
    auto set = headIn(lines, file);
    if (!set)
        return set;
    for (qsizetype at = headLines; at < lines.size() - 1; ++at) {
        const auto key = keyIn(lines[at]);
        if (!key)
            return wrong(file, at + 1, u"64 hex digits in lower case belong here"_s);
        if (!set->keys.isEmpty() && *key <= set->keys.last())
            return wrong(file, at + 1, u"keys ascend, and none stands there twice"_s);
        set->keys.append(*key);
    }
    return set;
}

} // namespace station
