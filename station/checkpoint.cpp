// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checkpoint.h"

#include "station/hex.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

QByteArray checkpointText(const QString &stationId, const Head &head)
{
    return u"ekstation-checkpoint-1 %1 %2 %3\n"_s.arg(stationId)
        .arg(head.seq)
        .arg(hex(head.hash))
        .toUtf8();
}

QByteArray bodyOf(const Checkpoint &checkpoint)
{
    return QJsonDocument(
        QJsonObject{{u"seq"_s, checkpoint.head.seq}, {u"hash"_s, hex(checkpoint.head.hash)},
            {u"signature"_s, QString::fromLatin1(checkpoint.signature)}})
        .toJson(QJsonDocument::Compact);
}

Result<Checkpoint> parseCheckpoint(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const Checkpoint checkpoint{
        {object[u"seq"].toInteger(-1), QByteArray::fromHex(object[u"hash"].toString().toLatin1())},
        object[u"signature"].toString().toLatin1()};
    if (checkpoint.head.seq < 0 || checkpoint.head.hash.size() != Head().hash.size()
        || checkpoint.signature.isEmpty())
        return std::unexpected(
            Error{Fault::Syntax, u"a checkpoint holds \"seq\", \"hash\" and \"signature\""_s});
    return checkpoint;
}

} // namespace station
