// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look.h"
#include "ui/unitpage.h"
#include "ui/unitwording.h"
#include "ui/wording.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString cell(const QString &html, const QString &style = {})
{
    return u"<td style='padding:4px 12px 4px 0;%1'>%2</td>"_s.arg(style, html);
}

/// The verdict in its colours and words, or what people did.
QString headOf(const station::StoredEntry &stored, const QJsonObject &body)
{
    if (const auto &record = stored.record) {
        const Colours colours = look::colours(slotStateOf(record->verdict));
        return u"<span style='background:%1;color:%2'>&nbsp;%3&nbsp;</span>"_s.arg(
            colours.surface.name(), colours.text.name(),
            wording::verdict(record->verdict).toHtmlEscaped());
    }
    return u"<b>%1</b>"_s.arg(wording::action(body[u"action"].toString()).toHtmlEscaped());
}

QString whyOf(const station::StoredEntry &stored, const QJsonObject &body)
{
    QStringList said;
    const QJsonArray findings = body[u"findings"].toArray();
    for (const QJsonValue &finding : findings)
        if (finding[u"outcome"].toString() == u"fail")
            said.append(
                u"%1: %2"_s.arg(finding[u"check"].toString(), finding[u"measured"].toString()));
    if (const QString trouble = body[u"error"][u"detail"].toString(); !trouble.isEmpty())
        said.append(trouble);
    for (const QString &key : {u"reason"_s, u"work"_s, u"board"_s})
        said.append(body[key].toString());
    said += stored.people;
    for (const station::Delivery &delivery : stored.deliveries)
        said.append(u"%1: %2"_s.arg(word(delivery.kind), wording::delivery(delivery.state)));
    said.removeAll(QString());
    return said.join(u"; "_s).toHtmlEscaped();
}

QString lineOf(const station::StoredEntry &stored)
{
    const QJsonObject body = station::saidIn(stored);
    const QString time = QLocale().toString(
        QDateTime::fromMSecsSinceEpoch(stored.entry.atUs / 1000), QLocale::ShortFormat);
    const QString purpose = stored.record ? word(stored.record->purpose) : QString();
    return u"<tr>"_s + cell(time.toHtmlEscaped(), u"white-space:nowrap"_s)
        + cell(headOf(stored, body), u"white-space:nowrap"_s) + cell(purpose)
        + cell(whyOf(stored, body))
        + cell(u"%1/%2"_s.arg(stored.entry.stationId).arg(stored.entry.seq).toHtmlEscaped())
        + u"</tr>"_s;
}

} // namespace

QString timelineOf(const station::UnitLife &life)
{
    QString rows;
    for (auto stored = life.entries.crbegin(); stored != life.entries.crend(); ++stored)
        rows += lineOf(*stored);
    return u"<table cellspacing='0'>%1</table>"_s.arg(rows);
}

} // namespace ui
