// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trainingbar.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

TrainingBar::TrainingBar(int slots, QWidget *parent) : QWidget(parent)
{
    setObjectName(u"training"_s);
    setAccessibleName(tr("Simulated devices"));
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(6);
    auto *kinds = new QHBoxLayout;
    kinds->setSpacing(6);
    auto *title = new QLabel(tr("Plug in:"), this);
    title->setObjectName(u"trainingTitle"_s);
    kinds->addWidget(title);
    const auto add = [&](Kind kind, const QString &name, const QString &text, const QString &tip) {
        auto *plug = button(name, text, tip);
        connect(plug, &QPushButton::clicked, this, [this, kind] { Q_EMIT plugAsked(kind); });
        kinds->addWidget(plug, 1);
        m_kinds.append(plug);
    };
    add(Kind::Good, u"plugGood"_s, tr("&Good"), tr("A device that passes"));
    add(Kind::Clone, u"plugClone"_s, tr("C&lone"), tr("A device with another device's key"));
    add(Kind::Owned, u"plugOwned"_s, tr("&Owned"),
        tr("A device that somebody else has set a password on"));
    add(Kind::Silent, u"plugSilent"_s, tr("S&ilent"), tr("A device that does not answer"));
    add(Kind::Slow, u"plugSlow"_s, tr("Slo&w"), tr("A device that answers slowly"));
    m_cloud = button(u"cloudSwitch"_s, {}, tr("Cuts or restores the connection to the service"));
    m_cloud->setCheckable(true);
    connect(m_cloud, &QPushButton::toggled, this, [this](bool isCut) {
        showCloud(!isCut);
        Q_EMIT cloudAsked(!isCut);
    });
    showCloud(true);
    kinds->addSpacing(12);
    kinds->addWidget(m_cloud, 1);
    rows->addLayout(kinds);
    auto *places = new QGridLayout;
    places->setSpacing(6);
    for (int slot = 0; slot < slots; ++slot) {
        m_places.append(makePlace(slot));
        places->addWidget(m_places.last().scan, 0, 2 * slot);
        places->addWidget(m_places.last().unplug, 0, 2 * slot + 1);
        places->setColumnStretch(2 * slot, 3);
        places->setColumnStretch(2 * slot + 1, 2);
        showDevice(slot, {});
    }
    rows->addLayout(places);
}

QPushButton *TrainingBar::button(const QString &name, const QString &text, const QString &tip)
{
    auto *made = new QPushButton(text, this);
    made->setObjectName(name);
    made->setAccessibleName(tip);
    made->setToolTip(tip);
    made->setFocusPolicy(Qt::TabFocus);
    made->setMinimumSize(48, 48);
    return made;
}

TrainingBar::Place TrainingBar::makePlace(int slot)
{
    Place place{.scan = button(u"scanLabel-%1"_s.arg(slot + 1), {}, tr("Scan this device's label")),
        .unplug = button(u"unplug-%1"_s.arg(slot + 1), tr("Pull out"),
            tr("Pull the device out of slot %1").arg(slot + 1))};
    connect(place.scan, &QPushButton::clicked, this,
        [this, scan = place.scan] { Q_EMIT labelScanned(scan->property("label").toString()); });
    connect(place.unplug, &QPushButton::clicked, this, [this, slot] { Q_EMIT unplugAsked(slot); });
    return place;
}

void TrainingBar::showDevice(int slot, const QString &label)
{
    const Place &place = m_places[slot];
    place.scan->setProperty("label", label);
    place.scan->setText(
        label.isEmpty() ? tr("Slot %1 is free").arg(slot + 1) : tr("Scan %1").arg(label));
    place.scan->setEnabled(!label.isEmpty());
    place.unplug->setEnabled(!label.isEmpty());
    const bool isRoom = std::ranges::any_of(m_places,
        [](const Place &one) { return one.scan->property("label").toString().isEmpty(); });
    for (QPushButton *kind : std::as_const(m_kinds))
        kind->setEnabled(isRoom);
}

void TrainingBar::showCloud(bool isOn)
{
    const QSignalBlocker blocker(m_cloud);
    m_cloud->setChecked(!isOn);
    m_cloud->setText(isOn ? tr("C&ut the cloud") : tr("Resto&re the cloud"));
}

} // namespace ui
