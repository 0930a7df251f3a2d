// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/unitwording.h"

#include "ui/phrase.h"

namespace ui::wording {

using namespace Qt::StringLiterals;
using station::Disposition;
using station::UnitEvent;

namespace {

constexpr Phrase actions[] = {
    {"release", QT_TRANSLATE_NOOP("wording", "released")},
    {"ship", QT_TRANSLATE_NOOP("wording", "shipped")},
    {"replace-board", QT_TRANSLATE_NOOP("wording", "board replaced")},
    {"scrap", QT_TRANSLATE_NOOP("wording", "scrapped")},
    {"repair", QT_TRANSLATE_NOOP("wording", "repaired")},
    {"return", QT_TRANSLATE_NOOP("wording", "came back")},
    {"retest", QT_TRANSLATE_NOOP("wording", "retest allowed")},
};

} // namespace

QString disposition(std::optional<Disposition> disposition)
{
    if (!disposition)
        return tr("Never examined");
    switch (*disposition) {
    case Disposition::Held:
        return tr("Held");
    case Disposition::Released:
        return tr("Released");
    case Disposition::Shipped:
        return tr("Shipped");
    case Disposition::Scrapped:
        return tr("Scrapped");
    case Disposition::Returned:
        return tr("Came back");
    case Disposition::Replaced:
        return tr("In repair: examine its new board");
    }
    return {};
}

QString deed(UnitEvent event)
{
    switch (event) {
    case UnitEvent::Release:
        return tr("Release");
    case UnitEvent::Ship:
        return tr("Ship");
    case UnitEvent::ReplaceBoard:
        return tr("Replace board");
    case UnitEvent::Scrap:
        return tr("Scrap");
    case UnitEvent::Repair:
        return tr("Repaired");
    case UnitEvent::Return:
        return tr("Take back");
    case UnitEvent::Retest:
        return tr("Allow retest");
    default:
        return {};
    }
}

QString sureOf(UnitEvent event)
{
    return tr("Sure? %1").arg(deed(event));
}

QString action(const QString &word)
{
    return phrase(actions, word, word);
}

QString done(const QString &serial, const station::UnitDone &done)
{
    QString text = tr("%1: %2.").arg(serial, disposition(done.disposition));
    for (const station::HubIdentity &hub : done.hubs)
        text += u' '
            + tr("The cloud's owner has to remove device %1 from %2 as well.")
                  .arg(hub.deviceId, hub.hub.isEmpty() ? tr("its hub") : hub.hub);
    return text;
}

QString released(const station::Release &release, qint64 units)
{
    if (release.serial.isEmpty())
        return units > 0 ? tr("Order %1: units released: %2.").arg(release.order).arg(units)
                         : tr("Order %1 has no held unit: nothing to release.").arg(release.order);
    return units > 0
        ? tr("%1 is released.").arg(release.serial)
        : tr("%1 was not held, or has not passed: nothing to release.").arg(release.serial);
}

QString order(const std::optional<station::Order> &order, const station::OrderTally &tally)
{
    if (!order)
        return tr("No order: every serial of the plan is tested");
    return tr("Order %1: %2 of %3 passed (%4, %5)")
        .arg(order->ref)
        .arg(tally.passed)
        .arg(order->quantity)
        .arg(order->customer, order->product);
}

QString noOrder()
{
    return tr("This line works for no order. Open one under \"Units\".");
}

QString occupied(const QStringList &slotNames)
{
    return tr("Clear the line first: a device stands on slot %1, or a serial waits.")
        .arg(slotNames.join(u", "_s));
}

QString opened(const QString &ref)
{
    return tr("The line works for order %1 now.").arg(ref);
}

QString closed(const QString &ref, const station::OrderTally &tally)
{
    return tr("Order %1 is closed: %2 passed, %3 failed, %4 in repair, %5 scrapped.")
        .arg(ref)
        .arg(tally.passed)
        .arg(tally.failed)
        .arg(tally.inRepair)
        .arg(tally.scrapped);
}

QString mayPack(bool may)
{
    return may ? tr("PACK") : tr("DO NOT PACK");
}

QString packHint()
{
    return tr("Scan the unit that is to be packed");
}

QString packing(const QString &serial)
{
    return tr("Looking at %1").arg(serial);
}

} // namespace ui::wording
