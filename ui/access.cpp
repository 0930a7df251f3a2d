// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access.h"

#include <QAccessibleWidget>
#include <QWidget>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QAccessibleInterface *interfaceOf(const QString &className, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    if (!widget)
        return nullptr;
    if (className == u"ui::Tile" || className == u"ui::Mark")
        return new QAccessibleWidget(widget, QAccessible::Indicator);
    if (className == u"ui::AwayBar")
        return new QAccessibleWidget(widget, QAccessible::AlertMessage);
    if (className == u"ui::Board" || className == u"ui::TallyBox" || className == u"ui::TrainingBar"
        || className == u"ui::FieldForm")
        return new QAccessibleWidget(widget, QAccessible::Grouping);
    return nullptr; // Qt knows its own
}

} // namespace

void installRoles()
{
    QAccessible::installFactory(interfaceOf);
}

} // namespace ui
