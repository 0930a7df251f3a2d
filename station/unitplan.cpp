// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/unitplan.h"

#include "station/firmware.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

Result<QString> filled(
    const CheckRule &rule, const QString &key, const QString &text, const Device &device)
{
    if (!text.contains(u'{'))
        return text;
    const auto refused = [&](const QString &why) {
        return std::unexpected(Error{Fault::Refused,
            u"the plan's check \"%1\" asks for %2 = \"%3\": %4"_s.arg(rule.name, key, text, why)});
    };
    auto values = valuesOf(device);
    values.removeIf(
        [](std::pair<const QString &, QString &> value) { return value.second.isEmpty(); });
    const auto told = fill(text, values);
    if (!told)
        return refused(u"the factory's system did not say that of the unit"_s);
    if (rule.name == u"model" && key == u"firmware" && !parseFirmwareRange(*told))
        return refused(u"the factory's system said \"%1\", which is no version"_s.arg(*told));
    return told;
}

} // namespace

QMap<QString, QString> valuesOf(const Device &device)
{
    QMap<QString, QString> values = device.facts;
    values.insert({{u"serial"_s, device.serial}, {u"boardSerial"_s, device.boardSerial},
        {u"order"_s, device.order}, {u"customer"_s, device.customer},
        {u"product"_s, device.product}});
    return values;
}

Result<Plan> planFor(const Plan &plan, const Device &device)
{
    Plan own = plan;
    for (CheckRule &rule : own.checks)
        for (auto limit = rule.limits.begin(); limit != rule.limits.end(); ++limit) {
            const bool isList = limit->typeId() == QMetaType::QStringList;
            if (!isList && limit->typeId() != QMetaType::QString)
                continue;
            QStringList texts = limit->toStringList();
            for (QString &text : texts) {
                const auto told = filled(rule, limit.key(), text, device);
                if (!told)
                    return std::unexpected(told.error());
                text = *told;
            }
            *limit = isList ? QVariant(texts) : QVariant(texts.value(0));
        }
    return own;
}

} // namespace station
