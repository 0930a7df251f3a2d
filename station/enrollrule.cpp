// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/enrollrule.h"

#include "station/choice.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <algorithm>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr Word<Moment> moments[] = {
    {Moment::Pass, "pass"},
    {Moment::Lot, "lot"},
    {Moment::Ship, "ship"},
};

/// What becomes of a device's data when it registers again.
enum class Reprovision { Unsaid, Migrate, Reset, Never };
constexpr Word<Reprovision> reprovisions[] = {
    {Reprovision::Unsaid, ""},
    {Reprovision::Migrate, "migrate"},
    {Reprovision::Reset, "reset"},
    {Reprovision::Never, "never"},
};
enum class Allocation { Unsaid, Hashed, GeoLatency, Static, Custom };
constexpr Word<Allocation> allocations[] = {
    {Allocation::Unsaid, ""},
    {Allocation::Hashed, "hashed"},
    {Allocation::GeoLatency, "geoLatency"},
    {Allocation::Static, "static"},
    {Allocation::Custom, "custom"},
};

QStringList knownPlaceholders()
{
    // The device's own, what the factory's system may tell of it, and what its key gives.
    return {u"serial"_s, u"boardSerial"_s, u"order"_s, u"customer"_s, u"product"_s, u"deviceId"_s,
        u"mac"_s, u"ekSha256"_s, u"sdkRegistrationId"_s};
}

/// Any value for each placeholder: enough to see whether a text can be filled.
QMap<QString, QString> samples()
{
    QMap<QString, QString> all;
    for (const QString &name : knownPlaceholders())
        all[name] = u"x"_s;
    return all;
}

QString filled(TomlTable &table, const QString &key, const QString &otherwise = {})
{
    QString text = table.text(key, otherwise);
    if (const auto sample = fill(text, samples()); !sample)
        table.reject(key, sample.error().detail);
    return text;
}

QJsonObject filledObject(TomlTable &table, const QString &key)
{
    QJsonObject object = table.object(key);
    if (const auto sample = fill(object, samples()); !sample)
        table.reject(key, sample.error().detail);
    return object;
}

void readAllocation(TomlTable &table, QJsonObject &more)
{
    const auto policy = choice<Allocation>(table, u"allocation"_s, allocations, Allocation::Unsaid);
    const QString hook = table.text(u"allocation_webhook"_s);
    const QString version = table.text(u"allocation_version"_s);
    if ((policy == Allocation::Custom) == hook.isEmpty())
        table.reject(u"allocation"_s, u"custom needs allocation_webhook, and nothing else does"_s);
    if (policy != Allocation::Unsaid)
        more[u"allocationPolicy"_s] = wordIn<Allocation>(allocations, policy);
    if (!hook.isEmpty())
        more[u"customAllocationDefinition"_s] =
            QJsonObject{{u"webhookUrl"_s, hook}, {u"apiVersion"_s, version}};
}

void readReprovision(TomlTable &table, QJsonObject &more)
{
    const auto policy =
        choice<Reprovision>(table, u"reprovision"_s, reprovisions, Reprovision::Unsaid);
    if (policy != Reprovision::Unsaid)
        more[u"reprovisionPolicy"_s] =
            QJsonObject{{u"updateHubAssignment"_s, policy != Reprovision::Never},
                {u"migrateDeviceData"_s, policy == Reprovision::Migrate}};
}

/// What is left out is not in the record either: the service has its own defaults.
QJsonObject readMore(TomlTable &table)
{
    QJsonObject more;
    if (const QString hub = filled(table, u"iot_hub"_s); !hub.isEmpty())
        more[u"iotHubHostName"_s] = hub;
    if (const QStringList hubs = table.texts(u"iot_hubs"_s); !hubs.isEmpty())
        more[u"iotHubs"_s] = QJsonArray::fromStringList(hubs);
    readAllocation(table, more);
    readReprovision(table, more);
    if (table.truth(u"edge"_s, false))
        more[u"capabilities"_s] = QJsonObject{{u"iotEdge"_s, true}};
    QJsonObject twin;
    if (const auto tags = filledObject(table, u"tags"_s); !tags.isEmpty())
        twin[u"tags"_s] = tags;
    if (const auto desired = filledObject(table, u"desired"_s); !desired.isEmpty())
        twin[u"properties"_s] = QJsonObject{{u"desired"_s, desired}};
    if (!twin.isEmpty())
        more[u"initialTwin"_s] = twin;
    if (const auto about = filledObject(table, u"information"_s); !about.isEmpty())
        more[u"optionalDeviceInformation"_s] = about;
    return more;
}

QList<EnrollRoute> readRoutes(TomlTable &enroll, const QString &otherwise)
{
    QList<EnrollRoute> routes;
    for (TomlTable table : enroll.tables(u"route"_s)) {
        table.require({u"service"_s});
        const EnrollRoute route{table.text(u"customer"_s), table.text(u"order"_s),
            table.text(u"product"_s), table.text(u"service"_s)};
        if ((route.customer + route.order + route.product).isEmpty())
            table.reject(u"service"_s, u"say whose: a route needs customer, order or product"_s);
        if (route.service.isEmpty())
            table.reject(u"service"_s, u"name a service, as [service.NAME] of the station does"_s);
        if (otherwise.isEmpty()) // or devices would be proven and silently not enrolled
            table.reject(u"service"_s,
                u"[enroll] itself needs a service too, for the devices that no route fits"_s);
        table.close();
        routes.append(route);
    }
    return routes;
}

Result<QJsonValue> filledValue(const QJsonValue &value, const QMap<QString, QString> &values)
{
    if (value.isString()) {
        const auto text = fill(value.toString(), values);
        return text ? Result<QJsonValue>(*text) : std::unexpected(text.error());
    }
    if (value.isObject()) {
        const auto object = fill(value.toObject(), values);
        return object ? Result<QJsonValue>(*object) : std::unexpected(object.error());
    }
    if (!value.isArray())
        return value;
    QJsonArray array;
    for (const QJsonValue &item : value.toArray()) {
        const auto filledItem = filledValue(item, values);
        if (!filledItem)
            return filledItem;
        array.append(*filledItem);
    }
    return QJsonValue(array);
}

} // namespace

QString word(Moment moment)
{
    return wordIn<Moment>(moments, moment);
}

std::optional<Moment> momentOf(QStringView word)
{
    return valueIn<Moment>(moments, word);
}

bool EnrollRoute::fits(const Device &device) const
{
    return (customer.isEmpty() || customer == device.customer)
        && (order.isEmpty() || order == device.order)
        && (product.isEmpty() || product == device.product);
}

QString EnrollRule::serviceFor(const Device &device) const
{
    const auto route = std::ranges::find_if(
        routes, [&device](const EnrollRoute &one) { return one.fits(device); });
    return route == routes.end() ? service : route->service;
}

QStringList EnrollRule::services() const
{
    QStringList all;
    if (!service.isEmpty())
        all.append(service);
    for (const EnrollRoute &route : routes)
        if (!all.contains(route.service))
            all.append(route.service);
    return all;
}

EnrollRule readEnroll(TomlTable table)
{
    EnrollRule rule;
    rule.registrationId = filled(table, u"registration_id"_s, u"{sdkRegistrationId}"_s);
    rule.deviceId = filled(table, u"device_id"_s, u"{serial}"_s);
    rule.service = table.text(u"service"_s);
    rule.routes = readRoutes(table, rule.service);
    rule.when = choice<Moment>(table, u"when"_s, moments, Moment::Pass);
    const QString as = table.text(u"create_as"_s, u"enabled"_s);
    if (as != u"enabled" && as != u"disabled")
        table.reject(u"create_as"_s, u"write enabled or disabled"_s);
    rule.enabled = as == u"enabled";
    rule.more = readMore(table);
    table.close();
    return rule;
}

Result<QString> fill(const QString &text, const QMap<QString, QString> &values)
{
    static const QRegularExpression placeholder(u"\\{([^{}]*)\\}"_s);
    if (QString(text).remove(placeholder).contains(QRegularExpression(u"[{}]"_s)))
        return std::unexpected(
            Error{Fault::Syntax, u"\"%1\" has a brace without its partner"_s.arg(text)});
    QString result;
    qsizetype from = 0;
    for (auto at = placeholder.globalMatch(text); at.hasNext();) {
        const auto match = at.next();
        const QString name = match.captured(1);
        if (!values.contains(name))
            return std::unexpected(Error{Fault::Syntax,
                u"unknown placeholder {%1}; known are {%2}"_s.arg(
                    name, QStringList(values.keys()).join(u"}, {"_s))});
        result += text.mid(from, match.capturedStart() - from) + values[name];
        from = match.capturedEnd();
    }
    return result + text.mid(from);
}

Result<QJsonObject> fill(const QJsonObject &object, const QMap<QString, QString> &values)
{
    QJsonObject result;
    for (auto field = object.begin(); field != object.end(); ++field) {
        const auto value = filledValue(field.value(), values);
        if (!value)
            return std::unexpected(value.error());
        result[field.key()] = *value;
    }
    return result;
}

} // namespace station
