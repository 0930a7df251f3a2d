// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingsform.h"

#include <QCoreApplication>
#include <QProcess>

namespace app {

using namespace Qt::StringLiterals;
using Kind = ui::Field::Kind;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("settings", text);
}

using Options = QList<ui::Field::Option>;

/// `id` is the key without the name of a service: what explains it.
ui::Field field(const QString &key, const QString &id, const char *label, const QString &value,
    Kind kind = Kind::Text, const Options &options = {})
{
    const QByteArray explained = id.toLatin1();
    const QString said = QCoreApplication::translate("station.toml", explained.constData());
    return {key, tr(label), said == id ? explanationOf(id) : said, value, kind, options};
}

ui::Field field(const QString &key, const char *label, const QString &value, Kind kind = Kind::Text,
    const Options &options = {})
{
    return field(key, key, label, value, kind, options);
}

QString truth(bool value)
{
    return value ? u"true"_s : u"false"_s;
}

QList<ui::Field> desktopFields(const Settings &settings)
{
    const QList<std::pair<QString, const char *>> themes{
        {u"system"_s, QT_TRANSLATE_NOOP("settings", "as the computer")},
        {u"light"_s, QT_TRANSLATE_NOOP("settings", "light")},
        {u"dark"_s, QT_TRANSLATE_NOOP("settings", "dark")},
        {u"contrast"_s, QT_TRANSLATE_NOOP("settings", "high contrast")}};
    Options looks;
    for (const auto &[word, label] : themes)
        looks.append({word, tr(label)});
    QList<ui::Field> fields{
        // Each language is called what those who read it call it.
        field(u"desktop.language"_s, QT_TRANSLATE_NOOP("settings", "Language"), settings.language,
            Kind::Choice,
            {{{}, looks.first().label}, {u"en"_s, u"English"_s}, {u"ko"_s, u"한국어"_s}}),
        field(u"desktop.theme"_s, QT_TRANSLATE_NOOP("settings", "Look"), settings.theme,
            Kind::Choice, looks),
    };
    const QMap<QString, const char *> labels{
        {u"pass"_s, QT_TRANSLATE_NOOP("settings", "Sound: a device has passed")},
        {u"fail"_s, QT_TRANSLATE_NOOP("settings", "Sound: a device has failed")},
        {u"attention"_s, QT_TRANSLATE_NOOP("settings", "Sound: somebody is needed")}};
    for (const QString &sound : everySound())
        fields.append(field(u"desktop.sounds."_s + sound,
            sound == everySound().last() ? u"desktop.sounds"_s : QString(), labels[sound],
            truth(settings.sounds.contains(sound)), Kind::Truth));
    return fields;
}

QList<ui::Field> fieldsOf(const Settings &settings)
{
    return desktopFields(settings)
        + QList<ui::Field>{
            field(u"station.id"_s, QT_TRANSLATE_NOOP("settings", "Station"), settings.stationId),
            field(u"station.purpose"_s, QT_TRANSLATE_NOOP("settings", "Purpose"),
                word(settings.purpose), Kind::Choice,
                {{u"production"_s, u"production"_s}, {u"training"_s, u"training"_s}}),
            field(u"line.plan"_s, QT_TRANSLATE_NOOP("settings", "Plan"), settings.plan),
            field(u"ledger.url"_s, QT_TRANSLATE_NOOP("settings", "Records"), settings.ledgerUrl),
            field(u"deliver.automatic"_s, QT_TRANSLATE_NOOP("settings", "Enroll at once"),
                truth(settings.deliverAutomatically), Kind::Truth),
            field(u"admit.command"_s, QT_TRANSLATE_NOOP("settings", "Ask before a test"),
                settings.admitCommand.join(u' ')),
            field(u"login.required"_s, QT_TRANSLATE_NOOP("settings", "Ask who works here"),
                truth(settings.login.isRequired), Kind::Truth),
            field(u"login.badge"_s, QT_TRANSLATE_NOOP("settings", "Badges"), settings.login.badge),
            field(u"login.idle_minutes"_s, QT_TRANSLATE_NOOP("settings", "Log out after minutes"),
                QString::number(settings.login.idle.count()), Kind::Number),
        };
}

QList<ui::Field> serviceFieldsOf(const QString &name, const ServiceSettings &service)
{
    const auto own = [&name](const QString &key, const char *label, const QString &value,
                         Kind kind = Kind::Text) {
        return field(u"service.%1.%2"_s.arg(name, key), u"service."_s + key, label, value, kind);
    };
    return {
        own(u"url"_s, QT_TRANSLATE_NOOP("settings", "Service"), service.url),
        own(u"id_scope"_s, QT_TRANSLATE_NOOP("settings", "ID scope"), service.idScope),
        own(u"credential"_s, QT_TRANSLATE_NOOP("settings", "Credential"), service.credential),
        own(u"ca"_s, QT_TRANSLATE_NOOP("settings", "Certificates"), service.caFile),
        own(u"proxy"_s, QT_TRANSLATE_NOOP("settings", "Proxy"), service.proxy),
        own(u"proxy_password"_s, QT_TRANSLATE_NOOP("settings", "Proxy's password"),
            service.proxyPassword),
        own(u"quota_per_minute"_s, QT_TRANSLATE_NOOP("settings", "Requests a minute"),
            QString::number(service.quotaPerMinute), Kind::Number),
        own(u"capacity"_s, QT_TRANSLATE_NOOP("settings", "Most enrollments"),
            QString::number(service.capacity), Kind::Number),
        own(u"test"_s, QT_TRANSLATE_NOOP("settings", "This service is a stand-in"),
            truth(service.test), Kind::Truth),
    };
}

constexpr auto noNumber = QT_TRANSLATE_NOOP("settings", "\"%1\" is no whole number");

std::expected<station::LoginRule, Complaint> loginOf(const QMap<QString, QString> &values)
{
    const QString key = u"login.idle_minutes"_s;
    bool isNumber = false;
    const int minutes = values[key].toInt(&isNumber);
    if (!isNumber)
        return std::unexpected(Complaint{key, tr(noNumber).arg(values[key])});
    return station::LoginRule{.isRequired = values[u"login.required"_s] == u"true",
        .badge = values[u"login.badge"_s],
        .idle = std::chrono::minutes(minutes)};
}

std::expected<ServiceSettings, Complaint> serviceOf(
    const QString &name, const QMap<QString, QString> &values, const ServiceSettings &before)
{
    const auto value = [&](const QString &key) {
        return values[u"service.%1.%2"_s.arg(name, key)];
    };
    ServiceSettings service = before;
    service.url = value(u"url"_s);
    service.idScope = value(u"id_scope"_s);
    service.credential = value(u"credential"_s);
    service.caFile = value(u"ca"_s);
    service.proxy = value(u"proxy"_s);
    service.proxyPassword = value(u"proxy_password"_s);
    service.test = value(u"test"_s) == u"true";
    for (const auto &[key, number] : {std::pair(u"quota_per_minute"_s, &service.quotaPerMinute),
             std::pair(u"capacity"_s, &service.capacity)}) {
        bool isNumber = false;
        *number = value(key).toInt(&isNumber);
        if (!isNumber)
            return std::unexpected(
                Complaint{u"service.%1.%2"_s.arg(name, key), tr(noNumber).arg(value(key))});
    }
    return service;
}

} // namespace

ui::SettingsPage *makeSettingsPage(const Settings &settings)
{
    return new ui::SettingsPage({.fields = [settings] { return fieldsOf(settings); },
        .serviceFields =
            [services = settings.services](
                const QString &name) { return serviceFieldsOf(name, services.value(name)); },
        .services = settings.services.keys(),
        .slotList = settings.slotList});
}

std::expected<Settings, Complaint> settingsOf(const ui::SettingsPage &page, const Settings &before)
{
    const auto values = page.values();
    Settings wanted = before;
    const auto login = loginOf(values);
    if (!login)
        return std::unexpected(login.error());
    wanted.login = *login;
    wanted.stationId = values[u"station.id"_s];
    wanted.purpose = station::purposeOf(values[u"station.purpose"_s]).value_or(before.purpose);
    wanted.plan = values[u"line.plan"_s];
    wanted.language = values[u"desktop.language"_s];
    wanted.theme = values[u"desktop.theme"_s];
    wanted.sounds.clear();
    for (const QString &sound : everySound())
        if (values[u"desktop.sounds."_s + sound] == u"true")
            wanted.sounds.append(sound);
    wanted.ledgerUrl = values[u"ledger.url"_s];
    wanted.deliverAutomatically = values[u"deliver.automatic"_s] == u"true";
    if (values[u"admit.command"_s] != before.admitCommand.join(u' '))
        wanted.admitCommand = QProcess::splitCommand(values[u"admit.command"_s]);
    wanted.slotList = page.slotList();
    wanted.services.clear();
    for (const QString &name : page.services()) {
        const auto service = serviceOf(name, values, before.services.value(name));
        if (!service)
            return std::unexpected(service.error());
        wanted.services[name] = *service;
    }
    return wanted;
}

QString textOf(const Symptom &symptom)
{
    return symptom.cure.isEmpty() ? symptom.seen : symptom.seen + u". "_s + symptom.cure;
}

} // namespace app
