// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/advisory.h"

#include "station/firmware.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<Error> wrong(const QString &why)
{
    return std::unexpected(Error{Fault::Syntax, u"advisories: "_s + why});
}

Result<QStringList> textsIn(const QJsonObject &row, const QString &key)
{
    QStringList texts;
    const QJsonArray items = row[key].toArray();
    for (const QJsonValue &item : items) {
        if (!item.isString())
            return wrong(u"%1 of %2 is no list of texts"_s.arg(key, row[u"id"].toString()));
        texts.append(item.toString());
    }
    return texts;
}

Result<Advisory> advisoryIn(const QJsonObject &row)
{
    Advisory advisory{row[u"id"].toString(), row[u"manufacturer"].toString(), {}, {}, {},
        row[u"source"].toString()};
    if (advisory.id.isEmpty() || advisory.manufacturer.isEmpty() || advisory.source.isEmpty())
        return wrong(u"a row without id, manufacturer or source (id \"%1\")"_s.arg(advisory.id));
    for (const auto &[key, list] : {std::pair{u"models"_s, &advisory.models},
             {u"affected"_s, &advisory.affected}, {u"fixed"_s, &advisory.fixed}}) {
        auto texts = textsIn(row, key);
        if (!texts)
            return std::unexpected(texts.error());
        *list = *texts;
    }
    for (const QString &range : advisory.affected + advisory.fixed)
        if (!parseFirmwareRange(range))
            return wrong(u"\"%1\" of %2 is no range of versions"_s.arg(range, advisory.id));
    return advisory;
}

} // namespace

Advisory::State Advisory::judge(const tpm::Properties &properties) const
{
    return judge(properties.manufacturer, properties.vendorString, properties.firmware());
}

Advisory::State Advisory::judge(
    const QString &maker, const QString &vendorString, const QString &firmware) const
{
    const auto begins = [&vendorString](const QString &model) {
        return vendorString.startsWith(model, Qt::CaseInsensitive);
    };
    if (maker != manufacturer || (!models.isEmpty() && std::ranges::none_of(models, begins)))
        return State::OtherVendor;
    if (isInOne(firmware, affected))
        return State::Affected;
    return isInOne(firmware, fixed) ? State::Fixed : State::Unknown;
}

Result<QList<Advisory>> parseAdvisories(const QByteArray &json)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (!document.isArray())
        return wrong(document.isNull() ? error.errorString() : u"no list"_s);
    QList<Advisory> all;
    const QJsonArray rows = document.array();
    for (const QJsonValue &row : rows) {
        const auto advisory = advisoryIn(row.toObject());
        if (!advisory)
            return std::unexpected(advisory.error());
        all.append(*advisory);
    }
    return all;
}

QList<Advisory> shippedAdvisories()
{
    QFile file(u":/tpm/advisories.json"_s);
    const auto all = file.open(QIODevice::ReadOnly) ? parseAdvisories(file.readAll())
                                                    : wrong(file.errorString());
    Q_ASSERT(all); // our own file; a test reads it
    return all.value_or(QList<Advisory>());
}

} // namespace station
