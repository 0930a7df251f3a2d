// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Of an examination whose body is archived the search columns are left.
#include "station/ledgerreader.h"
#include "station/ornull.h"

#include <QJsonDocument>

namespace station {

using namespace Qt::StringLiterals;

QJsonObject remainsOf(const RecordRow &record)
{
    QJsonObject body = toJson(Examination{.verdict = record.verdict});
    for (const QString &unknown : {u"target"_s, u"findings"_s, u"commands"_s, u"ms"_s})
        body[unknown] = QJsonValue();
    for (const auto &[name, text] : {std::pair{u"serial"_s, record.serial},
             {u"boardSerial"_s, record.boardSerial}, {u"order"_s, record.order},
             {u"customer"_s, record.customer}, {u"product"_s, record.product},
             {u"slot"_s, record.slot}, {u"purpose"_s, word(record.purpose)}})
        body[name] = text;
    body[u"attempt"_s] = record.attempt;
    body[u"plan"_s] = QJsonObject{{u"name"_s, record.planName}, {u"version"_s, record.planVersion}};
    body[u"tpm"_s] = QJsonObject{
        {u"manufacturer"_s, orNull(record.manufacturer)}, {u"firmware"_s, orNull(record.firmware)}};
    body[u"ek"_s] = QJsonObject{{u"sha256"_s, orNull(record.ekSha256)},
        {u"registrationId"_s, orNull(record.registrationId)}};
    if (!record.errorCode.isEmpty())
        body[u"error"_s] = QJsonObject{{u"code"_s, record.errorCode}};
    return body;
}

QJsonObject saidIn(const StoredEntry &stored)
{
    if (stored.entry.body.isNull() && stored.record)
        return remainsOf(*stored.record);
    return QJsonDocument::fromJson(stored.entry.body).object();
}

} // namespace station
