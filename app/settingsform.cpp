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

ui::Field field(const QString &key, const char *label, const QString &value, Kind kind = Kind::Text,
    const QStringList &choices = {})
{
    const QByteArray id = key.toLatin1();
    const QString said = QCoreApplication::translate("station.toml", id.constData());
    return {key, tr(label), said == key ? explanationOf(key) : said, value, kind, choices};
}

/// The form shows one service: the plans that ship have one.
QString shownService(const Settings &settings)
{
    return settings.services.isEmpty() ? u"main"_s : settings.services.firstKey();
}

/// Each language is called what those who read it call it.
QString nameOf(const QString &language)
{
    return language == u"en" ? u"English"_s : language == u"ko" ? u"한국어"_s : u"-"_s;
}

QList<ui::Field> fieldsOf(const Settings &settings)
{
    const ServiceSettings service = settings.services.value(shownService(settings));
    const auto truth = [](bool value) { return value ? u"true"_s : u"false"_s; };
    return {
        field(u"desktop.language"_s, QT_TRANSLATE_NOOP("settings", "Language"),
            nameOf(settings.language), Kind::Choice,
            {nameOf({}), nameOf(u"en"_s), nameOf(u"ko"_s)}),
        field(u"station.id"_s, QT_TRANSLATE_NOOP("settings", "Station"), settings.stationId),
        field(u"station.purpose"_s, QT_TRANSLATE_NOOP("settings", "Purpose"),
            word(settings.purpose), Kind::Choice, {u"production"_s, u"training"_s}),
        field(u"line.plan"_s, QT_TRANSLATE_NOOP("settings", "Plan"), settings.plan),
        field(u"ledger.url"_s, QT_TRANSLATE_NOOP("settings", "Records"), settings.ledgerUrl),
        field(u"service.url"_s, QT_TRANSLATE_NOOP("settings", "Service"), service.url),
        field(u"service.id_scope"_s, QT_TRANSLATE_NOOP("settings", "ID scope"), service.idScope),
        field(u"service.credential"_s, QT_TRANSLATE_NOOP("settings", "Credential"),
            service.credential),
        field(u"service.ca"_s, QT_TRANSLATE_NOOP("settings", "Certificates"), service.caFile),
        field(u"service.quota_per_minute"_s, QT_TRANSLATE_NOOP("settings", "Requests a minute"),
            QString::number(service.quotaPerMinute), Kind::Number),
        field(u"service.test"_s, QT_TRANSLATE_NOOP("settings", "This service is a stand-in"),
            truth(service.test), Kind::Truth),
        field(u"deliver.automatic"_s, QT_TRANSLATE_NOOP("settings", "Enroll at once"),
            truth(settings.deliverAutomatically), Kind::Truth),
        field(u"admit.command"_s, QT_TRANSLATE_NOOP("settings", "Ask before a test"),
            settings.admitCommand.join(u' ')),
    };
}

} // namespace

ui::SettingsPage *makeSettingsPage(const Settings &settings)
{
    return new ui::SettingsPage([settings] { return fieldsOf(settings); }, settings.slotList);
}

station::Result<Settings> settingsOf(const QMap<QString, QString> &values,
    const QList<station::Slot> &slotList, const Settings &before)
{
    Settings wanted = before;
    wanted.stationId = values[u"station.id"_s];
    wanted.purpose = station::purposeOf(values[u"station.purpose"_s]).value_or(before.purpose);
    wanted.plan = values[u"line.plan"_s];
    for (const QString &language : {u""_s, u"en"_s, u"ko"_s})
        if (values[u"desktop.language"_s] == nameOf(language))
            wanted.language = language;
    wanted.ledgerUrl = values[u"ledger.url"_s];
    wanted.deliverAutomatically = values[u"deliver.automatic"_s] == u"true";
    if (values[u"admit.command"_s] != before.admitCommand.join(u' '))
        wanted.admitCommand = QProcess::splitCommand(values[u"admit.command"_s]);
    wanted.slotList = slotList;
    const QString name = shownService(before);
    if (values[u"service.url"_s].isEmpty()) {
        wanted.services.remove(name);
        return wanted;
    }
    ServiceSettings &service = wanted.services[name];
    service.url = values[u"service.url"_s];
    service.idScope = values[u"service.id_scope"_s];
    service.credential = values[u"service.credential"_s];
    service.caFile = values[u"service.ca"_s];
    service.test = values[u"service.test"_s] == u"true";
    bool isNumber = false;
    service.quotaPerMinute = values[u"service.quota_per_minute"_s].toInt(&isNumber);
    if (!isNumber)
        return std::unexpected(station::Error{station::Fault::Syntax,
            u"requests a minute: \"%1\" is no number"_s.arg(
                values[u"service.quota_per_minute"_s])});
    return wanted;
}

QString textOf(const Symptom &symptom)
{
    return symptom.cure.isEmpty() ? symptom.seen : symptom.seen + u". "_s + symptom.cure;
}

} // namespace app
