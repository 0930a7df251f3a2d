// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"
#include "tests/ui/unitdesks.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QListWidget>

/// What the tests of people share: stations that ask who works at them.
class AskingDesks : protected UnitDesks {
protected:
    static inline const QString badgeOfBob = u"B0000002"_s;
    /// Ada administers with a PIN, Bob has a badge and is of QA, Tom is an operator.
    [[nodiscard]] std::unique_ptr<DeskRoom> asking(
        bool isPeopled = true, const QString &theme = {}, const QString &language = {});
    static void logIn(DeskRoom &desk, const QString &name, const QString &pin);
    /// What the ledger says that was done, the newest last.
    [[nodiscard]] static QList<QJsonObject> bodies(DeskRoom &desk);
    [[nodiscard]] static QStringList actions(DeskRoom &desk);
    static QLabel *label(DeskRoom &desk, const QString &name) { return desk.child<QLabel>(name); }
};

inline std::unique_ptr<DeskRoom> AskingDesks::asking(
    bool isPeopled, const QString &theme, const QString &language)
{
    const QString folder = m_workplace.path(u"asking%1"_s.arg(++m_count));
    m_shelf->copyTo(folder);
    const auto rule = [theme, language](app::Settings &settings) {
        settings.login = {.isRequired = true, .badge = u"B[0-9]{7}"_s};
        settings.theme = theme;
        settings.language = language;
    };
    if (isPeopled) {
        app::Settings settings =
            DeskRoom(folder, QSize(1280, 800), {}, {}, rule).desk().wiring().settings();
        auto store = station::Store::open(ledgerPlace(settings, station::LedgerPlace::Role::Line));
        if (!store)
            qFatal("%s", qPrintable(store.error().detail));
        const auto add = [&store](const QString &name, const QString &role, const char *pin,
                             const QString &badge) {
            station::PersonChange change{.person = {}, .name = name, .role = role};
            change.pin = station::Secret(QByteArrayView(pin));
            if (!badge.isEmpty())
                change.badge = station::Secret(badge.toUtf8());
            change.by = name == u"Ada" ? QString() : u"Ada"_s;
            if (const auto id = (*store)->changePerson(change); !id)
                qFatal("%s", qPrintable(id.error().detail));
        };
        add(u"Ada"_s, u"administrator"_s, "24680", {});
        add(u"Bob"_s, u"qa"_s, "1212", badgeOfBob);
        add(u"Tom"_s, u"operator"_s, "1357", {});
        add(u"Maximiliane Example"_s, u"operator"_s, "8888", u"B0000003"_s);
    }
    return std::make_unique<DeskRoom>(
        folder, QSize(1280, 800), QString(), upload::ReportPlace{}, rule);
}

inline void AskingDesks::logIn(DeskRoom &desk, const QString &name, const QString &pin)
{
    desk.press(u"tabPeople"_s);
    if (desk.child<QPushButton>(u"logOut"_s)->isVisible())
        desk.press(u"logOut"_s);
    auto *names = desk.child<QComboBox>(u"names"_s);
    QTRY_VERIFY(names->findText(name) >= 0);
    names->setCurrentIndex(names->findText(name));
    QTest::keyClicks(desk.child<QLineEdit>(u"pin"_s), pin);
    QTest::keyClick(desk.child<QLineEdit>(u"pin"_s), Qt::Key_Return);
    QTRY_VERIFY(label(desk, u"loginMessage"_s)->isVisible());
}

inline QList<QJsonObject> AskingDesks::bodies(DeskRoom &desk)
{
    auto reader = station::LedgerReader::open(
        ledgerPlace(desk.desk().wiring().settings(), station::LedgerPlace::Role::Courier));
    if (!reader)
        qFatal("%s", qPrintable(reader.error().detail));
    QList<QJsonObject> bodies;
    const QString station = desk.desk().wiring().settings().stationId;
    for (qint64 seq = 1;; ++seq) {
        const auto entry = reader->entry({station, seq});
        if (!entry)
            return bodies;
        if (entry->entry.kind == u"action")
            bodies.append(QJsonDocument::fromJson(entry->entry.body).object());
    }
}

inline QStringList AskingDesks::actions(DeskRoom &desk)
{
    QStringList actions;
    for (const QJsonObject &body : bodies(desk))
        actions.append(body[u"action"_s].toString());
    return actions;
}
