// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/askingdesks.h"

/// Who may work at a station, and as what, is kept in its window.
class PeopleListTest : public QObject, private AskingDesks {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { stock(); }
    void theFirstAdministratorIsMadeInTheWindow();
    void peopleAreAddedChangedAndErased();
    void whoeverLosesTheirRoleLosesTheirRights();
};

void PeopleListTest::theFirstAdministratorIsMadeInTheWindow()
{
    const auto desk = asking(false);
    desk->press(u"tabPeople"_s);
    QTRY_VERIFY(desk->child<QWidget>(u"peopleForm"_s)->isVisible());
    write(*desk, u"personName"_s, u"Ada"_s);
    auto *role = desk->child<QComboBox>(u"personRole"_s);
    role->setCurrentIndex(role->findText(u"administrator"_s));
    write(*desk, u"personPin"_s, u"24680"_s);
    desk->press(u"personSave"_s);
    // From now on nobody else makes one.
    QTRY_VERIFY(!desk->child<QWidget>(u"peopleForm"_s)->isVisible());
    logIn(*desk, u"Ada"_s, u"24680"_s);
    QTRY_VERIFY(desk->child<QWidget>(u"peopleForm"_s)->isVisible());
}

void PeopleListTest::peopleAreAddedChangedAndErased()
{
    const auto desk = asking();
    logIn(*desk, u"Ada"_s, u"24680"_s);
    auto *list = desk->child<QListWidget>(u"people"_s);
    QTRY_COMPARE(list->count(), 5);
    write(*desk, u"personName"_s, u"Eve"_s);
    write(*desk, u"personPin"_s, u"12"_s);
    desk->press(u"personSave"_s);
    QTRY_VERIFY(label(*desk, u"peopleMessage"_s)->text().contains(u"4 to 64"_s));
    write(*desk, u"personPin"_s, u"8642"_s);
    write(*desk, u"personBadge"_s, u"SN-0001"_s);
    desk->press(u"personSave"_s);
    QTRY_VERIFY(label(*desk, u"peopleMessage"_s)->text().contains(u"like a badge"_s));
    write(*desk, u"personBadge"_s, u"B0000005"_s);
    desk->press(u"personSave"_s);
    QTRY_COMPARE(list->count(), 6);
    take(*desk, u"people-list"_s);
    const auto rowOf = [list](const QString &name) {
        for (int row = 1; row < list->count(); ++row)
            if (list->item(row)->text().startsWith(name))
                return row;
        return -1;
    };
    QCOMPARE(list->item(rowOf(u"Eve"_s))->text(), u"Eve (operator): PIN, badge"_s);
    list->setCurrentRow(rowOf(u"Eve"_s));
    auto *role = desk->child<QComboBox>(u"personRole"_s);
    role->setCurrentIndex(role->findText(u"technician"_s));
    desk->press(u"personSave"_s);
    QTRY_VERIFY(list->item(rowOf(u"Eve"_s))->text().contains(u"technician"_s));
    // The last administrator stays.
    list->setCurrentRow(rowOf(u"Ada"_s));
    desk->press(u"personErase"_s);
    desk->press(u"personErase"_s);
    QTRY_VERIFY(label(*desk, u"peopleMessage"_s)->text().contains(u"last administrator"_s));
    list->setCurrentRow(rowOf(u"Eve"_s));
    desk->press(u"personErase"_s);
    QCOMPARE(list->count(), 6); // pressed once
    desk->press(u"personErase"_s);
    QTRY_COMPARE(list->count(), 5);
    const QStringList done = actions(*desk);
    QVERIFY(done.contains(u"person-add"_s) && done.contains(u"person-change"_s));
    QCOMPARE(done.last(), u"person-erase"_s);
}

void PeopleListTest::whoeverLosesTheirRoleLosesTheirRights()
{
    const auto desk = asking();
    logIn(*desk, u"Ada"_s, u"24680"_s);
    auto *list = desk->child<QListWidget>(u"people"_s);
    auto *role = desk->child<QComboBox>(u"personRole"_s);
    const auto choose = [&](const QString &name) {
        for (int row = 1; row < list->count(); ++row)
            if (list->item(row)->text().startsWith(name))
                list->setCurrentRow(row);
    };
    QTRY_COMPARE(list->count(), 5);
    write(*desk, u"personName"_s, u"Kim"_s);
    role->setCurrentIndex(role->findText(u"administrator"_s));
    write(*desk, u"personPin"_s, u"8642"_s);
    desk->press(u"personSave"_s);
    QTRY_COMPARE(list->count(), 6);
    choose(u"Ada"_s);
    role->setCurrentIndex(role->findText(u"operator"_s));
    desk->press(u"personSave"_s);
    QTRY_VERIFY(!desk->child<QPushButton>(u"tabSettings"_s)->isEnabled());
    QCOMPARE(label(*desk, u"worker"_s)->text(), u"Ada works here, as operator."_s);
    logIn(*desk, u"Kim"_s, u"8642"_s);
    QTRY_VERIFY(desk->child<QWidget>(u"peopleForm"_s)->isVisible());
    // Another comes, and the first leaves for good.
    choose(u"Ada"_s);
    role->setCurrentIndex(role->findText(u"administrator"_s));
    desk->press(u"personSave"_s);
    QTRY_VERIFY(!list->findItems(u"Ada (administrator)"_s, Qt::MatchStartsWith).isEmpty());
    choose(u"Kim"_s);
    desk->press(u"personErase"_s);
    desk->press(u"personErase"_s);
    QTRY_COMPARE(label(*desk, u"worker"_s)->text(), u"Nobody is logged in."_s);
    QCOMPARE(desk->child<QPushButton>(u"tabPeople"_s)->text(), u"Log in"_s);
}

QTEST_MAIN(PeopleListTest)
#include "peoplelist.moc"
