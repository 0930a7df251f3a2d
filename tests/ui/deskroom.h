// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desk.h"
#include "app/speech.h"
#include "tests/support/workplace.h"
#include "ui/look.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>

namespace support {

using Kind = app::Classroom::Kind;
using namespace Qt::StringLiterals;

/// Simulated devices that are made once for a whole test program, because that takes seconds.
class Shelf {
public:
    explicit Shelf(const QString &folder) : m_folder(folder)
    {
        if (const auto made = app::Classroom::prepare(folder); !made)
            qFatal("%s", qPrintable(made.error().detail));
    }

    /// The same devices in a new folder, with no record of them.
    void copyTo(const QString &folder) const
    {
        const QString from = m_folder + u"/devices"_s;
        const QDir devices(from);
        for (const QString &name : devices.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QDir().mkpath(folder + u"/devices/"_s + name);
            for (const QString &file : QDir(from + u'/' + name).entryList(QDir::Files))
                QFile::copy(
                    from + u'/' + name + u'/' + file, folder + u"/devices/"_s + name + u'/' + file);
        }
        QFile::copy(from + u"/ready"_s, folder + u"/devices/ready"_s);
    }

private:
    QString m_folder;
};

/// A training station with its real window, driven as a person would.
class DeskRoom {
public:
    explicit DeskRoom(const QString &folder, const QSize &size = {1280, 800},
        const QString &planFile = {}, const upload::ReportPlace &report = {},
        const std::function<void(app::Settings &)> &change = {})
    {
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
        ui::look::wear(ui::look::Theme::Light);
        auto room = app::Classroom::open(folder);
        if (!room)
            qFatal("%s", qPrintable(room.error().detail));
        auto settings = (*room)->settings();
        if (!planFile.isEmpty())
            settings.plan = planFile;
        settings.report = report;
        if (change)
            change(settings);
        m_speech.speak(settings.language);
        const QString file = (*room)->settingsFile();
        auto desk = app::Desk::open(settings, file, std::move(*room));
        if (!desk)
            qFatal("%s", qPrintable(desk.error().detail));
        m_desk = std::move(*desk);
        QObject::connect(m_desk.get(), &app::Desk::languageChosen, m_desk.get(),
            [this](const QString &language) { m_speech.speak(language); });
        window().resize(size);
        window().show();
        m_desk->begin();
        // Without a window manager nobody else gives the focus.
        window().activateWindow();
        page().scanField().setFocus();
    }

    app::Desk &desk() { return *m_desk; }
    app::Classroom &room() { return *m_desk->classroom(); }
    ui::Window &window() { return m_desk->window(); }
    ui::LinePage &page() { return window().linePage(); }
    const ui::SlotView &view(int slot) { return page().slotModel().at(slot); }
    ui::SlotState state(int slot) { return view(slot).state; }
    template <typename T> T *child(const QString &name) { return window().findChild<T *>(name); }
    QString said() { return child<QLabel>(u"said"_s)->text(); }
    QString note()
    {
        const auto *note = child<QLabel>(u"noteText"_s);
        return note->isVisible() ? note->text() : QString();
    }

    void press(const QString &name) { QTest::mouseClick(child<QPushButton>(name), Qt::LeftButton); }
    /// As a scanner types: a burst of keys, then Enter.
    void scan(const QString &serial)
    {
        QTest::keyClicks(&page().scanField(), serial);
        QTest::keyClick(&page().scanField(), Qt::Key_Return);
    }
    /// Plugs a device in and waits until the station has seen it.
    [[nodiscard]] bool plug(int slot, Kind kind)
    {
        return room().plug(kind).has_value() && waits(slot, ui::SlotState::Ready);
    }
    /// TRAIN-0001 passes in slot 1, and TRAIN-0101, which has the same key, fails in slot 2.
    [[nodiscard]] bool testGoodAndClone()
    {
        if (!plug(0, Kind::Good))
            return false;
        scan(u"TRAIN-0001"_s);
        if (!waits(0, ui::SlotState::Pass) || !plug(1, Kind::Clone))
            return false;
        scan(u"TRAIN-0101"_s);
        return waits(1, ui::SlotState::Fail);
    }
    [[nodiscard]] bool waits(int slot, ui::SlotState wanted)
    {
        return QTest::qWaitFor([&] { return state(slot) == wanted; }, 60'000);
    }

private:
    app::Speech m_speech; ///< leaves with the room
    std::unique_ptr<app::Desk> m_desk;
};

} // namespace support
