// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look.h"
#include "ui/recordpage.h"
#include "ui/wording.h"

#include <QJsonArray>
#include <QLocale>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString row(const QString &name, const QString &value)
{
    return value.isEmpty()
        ? QString()
        : u"<tr><td style='padding:3px 14px 3px 0;color:%3'>%1</td><td style='padding:3px 0'>%2</td></tr>"_s
              .arg(name.toHtmlEscaped(), value.toHtmlEscaped(), look::scheme().quiet.name());
}

QString section(const QString &title, const QString &rows)
{
    return rows.isEmpty()
        ? QString()
        : u"<h3 style='margin-bottom:4px'>%1</h3><table cellspacing='0'>%2</table>"_s.arg(
              title.toHtmlEscaped(), rows);
}

/// In groups of eight, so that it can wrap and be read out.
QString grouped(const QString &hex)
{
    QStringList parts;
    for (qsizetype at = 0; at < hex.size(); at += 8)
        parts.append(hex.mid(at, 8));
    return parts.join(u' ');
}

QString findingsOf(const QJsonArray &findings)
{
    QString rows;
    for (const auto &value : findings) {
        const QJsonObject finding = value.toObject();
        QString text =
            u"%1: %2"_s.arg(finding[u"outcome"].toString(), finding[u"measured"].toString());
        if (const QString advice = wording::advice(finding[u"advice"].toString());
            !advice.isEmpty())
            text += u". "_s + advice;
        rows += row(wording::check(finding[u"check"].toString()), text);
    }
    return rows;
}

QString certificatesOf(const QJsonArray &certificates)
{
    QString rows;
    for (const auto &value : certificates) {
        const QJsonObject certificate = value.toObject();
        rows += row(certificate[u"nvIndex"].toString(),
            RecordPage::tr("%1, SHA-256 %2")
                .arg(certificate[u"keyMatches"].toBool() ? RecordPage::tr("for this key")
                                                         : RecordPage::tr("for another key"),
                    grouped(certificate[u"sha256"].toString())));
    }
    return rows;
}

QString deliveriesOf(const QList<station::Delivery> &deliveries)
{
    QString rows;
    for (const auto &delivery : deliveries) {
        QString text = RecordPage::tr("%1 at %2, %n time(s) sent", nullptr, delivery.attempts)
                           .arg(wording::delivery(delivery.state), delivery.payload.destination);
        if (!delivery.serviceText.isEmpty())
            text += u". "_s + delivery.serviceText.left(300);
        rows += row(word(delivery.kind), text);
    }
    return rows;
}

QString archiveOf(const station::StoredEntry &stored)
{
    if (!stored.entry.body.isNull())
        return {};
    return stored.archive ? RecordPage::tr("findings and certificates are in %1, SHA-256 %2")
                                .arg(stored.archive->bundle, grouped(stored.archive->sha256))
                          : RecordPage::tr("nobody says where");
}

} // namespace

QString detailOf(const station::StoredEntry &stored)
{
    const QJsonObject body = saidIn(stored);
    const QJsonObject key = body[u"ek"].toObject();
    const QJsonObject tpm = body[u"tpm"].toObject();
    QString head;
    if (const auto &record = stored.record) {
        const Colours colours = look::colours(slotStateOf(record->verdict));
        head =
            u"<h2 style='margin:0'>%1 <span style='background:%2;color:%3'>&nbsp;%4&nbsp;</span></h2>"_s
                .arg(record->serial.toHtmlEscaped(), colours.surface.name(), colours.text.name(),
                    wording::verdict(record->verdict).toHtmlEscaped());
    }
    const QString time = QLocale().toString(
        QDateTime::fromMSecsSinceEpoch(stored.entry.atUs / 1000), QLocale::LongFormat);
    const QString device = row(RecordPage::tr("Time"), time)
        + row(RecordPage::tr("Entry"), u"%1/%2"_s.arg(stored.entry.stationId).arg(stored.entry.seq))
        + row(RecordPage::tr("Slot"), body[u"slot"].toString())
        + row(RecordPage::tr("Attempt"), QString::number(body[u"attempt"].toInt(1)))
        + row(RecordPage::tr("Plan"),
            u"%1 %2"_s.arg(body[u"plan"][u"name"].toString(), body[u"plan"][u"version"].toString())
                .trimmed())
        + row(RecordPage::tr("TPM"),
            u"%1 %2 %3"_s
                .arg(tpm[u"manufacturer"].toString(), tpm[u"vendorString"].toString(),
                    tpm[u"firmware"].toString())
                .trimmed())
        + row(RecordPage::tr("Archived"), archiveOf(stored))
        + row(RecordPage::tr("Trouble"), body[u"error"][u"detail"].toString());
    const QString ek = row(RecordPage::tr("Kind"), key[u"type"].toString())
        + row(RecordPage::tr("SHA-256"), grouped(key[u"sha256"].toString()))
        + row(RecordPage::tr("Registration"), key[u"registrationId"].toString())
        + row(RecordPage::tr("Binding"), stored.binding ? stored.binding->state : QString());
    return head + section(RecordPage::tr("Device"), device)
        + section(RecordPage::tr("Findings"), findingsOf(body[u"findings"].toArray()))
        + section(RecordPage::tr("Endorsement key"), ek)
        + section(RecordPage::tr("Certificates"), certificatesOf(key[u"certificates"].toArray()))
        + section(RecordPage::tr("Deliveries"), deliveriesOf(stored.deliveries));
}

} // namespace ui
