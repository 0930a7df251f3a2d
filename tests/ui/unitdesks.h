// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/store.h"
#include "tests/ui/deskroom.h"

#include <QComboBox>
#include <QFile>
#include <QTextBrowser>

using namespace Qt::StringLiterals;
using support::DeskRoom;
using support::Kind;
using ui::SlotState;

/// What the tests of orders, units and the gate share: desks, and the hands of who works at them.
class UnitDesks {
protected:
    void stock() { m_shelf = std::make_unique<support::Shelf>(m_workplace.path(u"shelf"_s)); }
    /// A desk whose plan waits for the lot, and asks who does what and why.
    [[nodiscard]] std::unique_ptr<DeskRoom> open();
    static void write(DeskRoom &desk, const QString &name, const QString &text);
    static void press(DeskRoom &desk, const QString &name) { desk.press(name); }
    static bool passes(DeskRoom &desk, int slot, const QString &serial);
    /// The page of units, about one of them.
    static void look(DeskRoom &desk, const QString &serial);
    static QString text(DeskRoom &desk, const QString &name)
    {
        return desk.child<QLabel>(name)->text();
    }
    static QString plate(DeskRoom &desk)
    {
        return desk.child<QWidget>(u"plate"_s)->accessibleName();
    }
    static void pack(DeskRoom &desk, const QString &serial);
    /// Scans it again until the plate says so: an enrollment is still on its way, or the slot is
    /// just asked whether somebody is there.
    [[nodiscard]] static bool packs(
        DeskRoom &desk, const QString &serial, const std::function<bool()> &isSaid);
    static void openOrder(DeskRoom &desk, const QString &ref);
    /// How it looks, in three sizes.
    static void take(DeskRoom &desk, const QString &name);

    support::Workplace m_workplace;
    std::unique_ptr<support::Shelf> m_shelf;
    int m_count = 0;
};

inline std::unique_ptr<DeskRoom> UnitDesks::open()
{
    const QString folder = m_workplace.path(u"desk%1"_s.arg(++m_count));
    m_shelf->copyTo(folder);
    QFile shipped(u":/plans/training.toml"_s);
    if (!shipped.open(QIODevice::ReadOnly))
        qFatal("no training plan");
    QString plan = QString::fromUtf8(shipped.readAll());
    plan.replace(u"when = \"pass\""_s, u"when = \"lot\""_s);
    plan.replace(u"[rework]\npersons = 0\nreasons = []"_s,
        u"[rework]\npersons = 1\nreasons = [\"no-boot\", \"cracked\"]"_s);
    plan.replace(u"attempts = 3"_s, u"attempts = 1"_s);
    QFile file(folder + u"/lot.toml"_s);
    if (!file.open(QIODevice::WriteOnly) || file.write(plan.toUtf8()) < 0)
        qFatal("cannot write the plan");
    file.close();
    app::Settings settings;
    settings = DeskRoom(folder, QSize(1280, 800), file.fileName()).desk().wiring().settings();
    {
        const auto store =
            station::Store::open(ledgerPlace(settings, station::LedgerPlace::Role::Line));
        if (!store || !(*store)->addPerson(u"Ann Example"_s, u"repair"_s)
            || !(*store)->addPerson(u"Bob Example"_s, u"qa"_s))
            qFatal("nobody can be written down");
    }
    return std::make_unique<DeskRoom>(folder, QSize(1280, 800), file.fileName());
}

inline void UnitDesks::write(DeskRoom &desk, const QString &name, const QString &text)
{
    auto *field = desk.child<QLineEdit>(name);
    field->clear();
    QTest::keyClicks(field, text);
}

inline bool UnitDesks::passes(DeskRoom &desk, int slot, const QString &serial)
{
    press(desk, u"tabLine"_s);
    if (!desk.plug(slot, Kind::Good))
        return false;
    desk.scan(serial);
    return desk.waits(slot, SlotState::Pass);
}

inline void UnitDesks::look(DeskRoom &desk, const QString &serial)
{
    press(desk, u"tabUnits"_s);
    write(desk, u"unitSerial"_s, serial);
    QTest::keyClick(desk.child<QLineEdit>(u"unitSerial"_s), Qt::Key_Return);
    QTRY_VERIFY(text(desk, u"disposition"_s).startsWith(serial));
}

inline void UnitDesks::pack(DeskRoom &desk, const QString &serial)
{
    press(desk, u"tabPack"_s);
    // Whatever has the focus, a scanner types into the one field.
    QTest::keyClicks(desk.child<QPushButton>(u"tabPack"_s), serial);
    QTest::keyClick(&desk.window().packPage().scanField(), Qt::Key_Return);
}

inline bool UnitDesks::packs(
    DeskRoom &desk, const QString &serial, const std::function<bool()> &isSaid)
{
    for (int scans = 0; scans < 20; ++scans) {
        pack(desk, serial);
        if (QTest::qWaitFor(isSaid, 1000))
            return true;
    }
    return false;
}

inline void UnitDesks::openOrder(DeskRoom &desk, const QString &ref)
{
    press(desk, u"tabUnits"_s);
    press(desk, u"orderOpen"_s);
    write(desk, u"orderRef"_s, ref);
    write(desk, u"orderCustomer"_s, u"ACME"_s);
    write(desk, u"orderProduct"_s, u"gateway"_s);
    write(desk, u"orderQuantity"_s, u"2"_s);
    press(desk, u"orderGo"_s);
}

inline void UnitDesks::take(DeskRoom &desk, const QString &name)
{
    for (const QSize &size : {QSize(1920, 1080), QSize(800, 480), QSize(1280, 800)}) {
        desk.window().resize(size);
        QCoreApplication::processEvents();
        QCOMPARE(desk.window().size(), size); // nothing on the page is wider than the window
        desk.window().grab().save(
            QStringLiteral(BINARY_FOLDER "/../pictures/%1-%2.png").arg(name).arg(size.width()));
    }
}
