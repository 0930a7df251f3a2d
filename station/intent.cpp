// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/intent.h"
#include "station/ornull.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

QByteArray bodyOf(const Intent &intent)
{
    const QJsonObject body{{u"action"_s, intent.action}, {u"serial"_s, intent.device.serial},
        {u"slot"_s, intent.slot}, {u"ekSha256"_s, intent.ekSha256},
        {u"losesEk"_s, orNull(intent.losesEk)},
        {u"takes"_s, QJsonArray::fromStringList(intent.takes)}};
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace station
