// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/receipt.h"
#include "station/ornull.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace station {

using namespace Qt::StringLiterals;

namespace {

const QString receiptForm = u"ekstation-receipt-1"_s;

std::unexpected<Error> wrong(const QString &file, qsizetype line, const QString &why)
{
    return std::unexpected(Error{Fault::Syntax, u"%1:%2: %3"_s.arg(file).arg(line).arg(why)});
}

QByteArray lineOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray headOf(const Receipt &receipt)
{
    return lineOf({{u"form"_s, receiptForm}, {u"bundle"_s, receipt.bundle},
        {u"station"_s, receipt.stationId}, {u"purpose"_s, word(receipt.purpose)},
        {u"made"_s, receipt.made}, {u"rows"_s, receipt.rows.size()}});
}

QByteArray lineOf(const ReceiptRow &row)
{
    return lineOf({{u"registrationId"_s, row.registrationId}, {u"ekSha256"_s, row.ekSha256},
        {u"outcome"_s, row.confirmed ? u"confirmed"_s : u"rejected"_s},
        {u"reason"_s, orNull(row.reason)}});
}

bool matches(const QString &text, const QString &pattern)
{
    return QRegularExpression(pattern).match(text).hasMatch();
}

} // namespace

QByteArray Receipt::text() const
{
    QByteArray text = headOf(*this);
    for (const ReceiptRow &row : rows)
        text += lineOf(row);
    return text;
}

bool isReceipt(const QByteArray &text)
{
    return QJsonDocument::fromJson(text.left(text.indexOf('\n')))[u"form"].toString()
        == receiptForm;
}

Result<Receipt> parseReceipt(const QByteArray &text, const QString &file)
{
    const QList<QByteArray> lines = text.split('\n');
    const QJsonObject head = QJsonDocument::fromJson(lines.first()).object();
    Receipt receipt{.bundle = head[u"bundle"].toString(),
        .stationId = head[u"station"].toString(),
        .made = head[u"made"].toString()};
    const auto purpose = purposeOf(head[u"purpose"].toString());
    if (!isReceipt(text) || (purpose != Purpose::Production && purpose != Purpose::Training)
        || !matches(receipt.bundle, u"^[0-9a-f]{64}$"_s)
        || !matches(receipt.stationId, u"^[^\\p{C}]{1,64}$"_s)
        || QDateTime::fromString(receipt.made, Qt::ISODate).toString(Qt::ISODate) != receipt.made
        || !receipt.made.endsWith(u'Z'))
        return wrong(file, 1, u"this is no head of a receipt (ekstation-receipt-1)"_s);
    receipt.purpose = *purpose;
    for (qsizetype at = 1; at < lines.size() - 1; ++at) {
        const QJsonObject object = QJsonDocument::fromJson(lines[at]).object();
        const ReceiptRow row{object[u"registrationId"].toString(), object[u"ekSha256"].toString(),
            object[u"outcome"].toString() == u"confirmed", object[u"reason"].toString()};
        if (row.registrationId.isEmpty() || row.ekSha256.size() != 64
            || lineOf(row) != lines[at] + '\n' || (!row.confirmed && row.reason.isEmpty()))
            return wrong(file, at + 1,
                u"registrationId, ekSha256, outcome, and the reason of a rejection belong here"_s);
        receipt.rows.append(row);
    }
    if (!lines.last().isEmpty() || headOf(receipt) != lines.first() + '\n')
        return wrong(file, 1,
            u"it says %1 rows, and %2 follow"_s.arg(head[u"rows"].toInteger())
                .arg(receipt.rows.size()));
    return receipt;
}

} // namespace station
