// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/chainline.h"

#include "station/hex.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace upload::handover {

using namespace Qt::StringLiterals;
using station::Entry;
using station::Error;
using station::Fault;
using station::hex;

namespace {

std::optional<QByteArray> fromHex(const QJsonValue &value, qsizetype size)
{
    const QByteArray text = value.toString().toLatin1();
    const QByteArray bytes = QByteArray::fromHex(text);
    return bytes.size() == size && bytes.toHex() == text ? std::optional(bytes) : std::nullopt;
}

std::unexpected<Error> wrong(const QString &what)
{
    return std::unexpected(Error{Fault::Syntax, what});
}

} // namespace

QByteArray chainLine(const Entry &entry)
{
    QJsonObject line{{u"station"_s, entry.stationId}, {u"seq"_s, entry.seq}};
    if (entry.body.isNull()) {
        line.insert(u"digest"_s, hex(entry.digest));
    } else {
        line.insert(u"kind"_s, entry.kind);
        line.insert(u"atUs"_s, entry.atUs);
        line.insert(u"salt"_s, hex(entry.salt));
        line.insert(u"body"_s, QString::fromUtf8(entry.body));
    }
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

Result<Entry> parseChainLine(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    Entry entry{.stationId = object[u"station"].toString(), .seq = object[u"seq"].toInteger()};
    if (entry.stationId.isEmpty() || entry.seq < 1)
        return wrong(u"no JSON with \"station\" and \"seq\""_s);
    if (!object.contains(u"body")) {
        const auto digest = fromHex(object[u"digest"], 32);
        if (!digest || object.size() != 3)
            return wrong(u"neither a body nor a digest of 64 hex digits"_s);
        entry.digest = *digest;
        return entry;
    }
    const auto salt = fromHex(object[u"salt"], 16);
    if (!salt || object.size() != 6 || !object[u"atUs"].isDouble() || !object[u"body"].isString())
        return wrong(
            u"an entry with its body has \"kind\", \"atUs\" and a \"salt\" of 32 hex digits"_s);
    entry.kind = object[u"kind"].toString();
    entry.atUs = object[u"atUs"].toInteger();
    entry.salt = *salt;
    entry.body = object[u"body"].toString().toUtf8();
    entry.digest = digestOf(entry);
    return entry;
}

} // namespace upload::handover
