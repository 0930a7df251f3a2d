// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trainingbar.h"

#include "ui/look.h"
#include "ui/spoken.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int narrow = 700; ///< below this width a label stands for "scan it"

void name(QPushButton *button, const QString &tip)
{
    button->setAccessibleName(tip);
    button->setToolTip(tip);
}

} // namespace

TrainingBar::TrainingBar(int slots, QWidget *parent) : QWidget(parent)
{
    setObjectName(u"training"_s);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(6);
    auto *kinds = new QHBoxLayout;
    kinds->setSpacing(6);
    auto *title = new QLabel(this);
    title->setObjectName(u"trainingTitle"_s);
    speak(this, [this, title] {
        setAccessibleName(tr("Simulated devices"));
        title->setText(tr("Plug in:"));
    });
    kinds->addWidget(title);
    const auto add = [&](Kind kind, const QString &objectName, const char *text, const char *tip) {
        auto *plug = button(objectName);
        speak(plug, [plug, text, tip] {
            plug->setText(tr(text));
            name(plug, tr(tip));
        });
        connect(plug, &QPushButton::clicked, this, [this, kind] { Q_EMIT plugAsked(kind); });
        kinds->addWidget(plug, 1);
        m_kinds.append(plug);
    };
    add(Kind::Good, u"plugGood"_s, QT_TR_NOOP("&Good"), QT_TR_NOOP("A device that passes"));
    add(Kind::Clone, u"plugClone"_s, QT_TR_NOOP("C&lone"),
        QT_TR_NOOP("A device with another device's key"));
    add(Kind::Owned, u"plugOwned"_s, QT_TR_NOOP("&Password"),
        QT_TR_NOOP("A device that somebody else has set a password on"));
    add(Kind::Silent, u"plugSilent"_s, QT_TR_NOOP("&No answer"),
        QT_TR_NOOP("A device that does not answer"));
    add(Kind::Slow, u"plugSlow"_s, QT_TR_NOOP("Slo&w"), QT_TR_NOOP("A device that answers slowly"));
    m_cloud = button(u"cloudSwitch"_s);
    m_cloud->setCheckable(true);
    connect(m_cloud, &QPushButton::toggled, this, [this](bool isCut) {
        showCloud(!isCut);
        Q_EMIT cloudAsked(!isCut);
    });
    speak(m_cloud, [this] {
        name(m_cloud, tr("Cuts or restores the connection to the service"));
        showCloud(!m_cloud->isChecked());
    });
    kinds->addSpacing(12);
    kinds->addWidget(m_cloud, 1);
    rows->addLayout(kinds);
    auto *places = new QGridLayout;
    places->setSpacing(6);
    for (int slot = 0; slot < slots; ++slot) {
        m_places.append(makePlace(slot));
        places->addWidget(m_places.last().scan, 0, 2 * slot);
        places->addWidget(m_places.last().unplug, 0, 2 * slot + 1);
        places->setColumnStretch(2 * slot, 2);
        places->setColumnStretch(2 * slot + 1, 1);
        showDevice(slot, {});
    }
    rows->addLayout(places);
}

QPushButton *TrainingBar::button(const QString &name)
{
    auto *made = new QPushButton(this);
    made->setObjectName(name);
    made->setFocusPolicy(Qt::TabFocus);
    made->setMinimumSize(48, 48);
    return made;
}

TrainingBar::Place TrainingBar::makePlace(int slot)
{
    Place place{.scan = button(u"scanLabel-%1"_s.arg(slot + 1)),
        .unplug = button(u"unplug-%1"_s.arg(slot + 1))};
    speak(place.unplug, [this, place, slot] {
        place.unplug->setText(tr("Pull out"));
        name(place.unplug, tr("Pull the device out of slot %1").arg(slot + 1));
        name(place.scan, tr("Scan this device's label"));
        showLabel(place.scan, slot);
    });
    connect(place.scan, &QPushButton::clicked, this,
        [this, scan = place.scan] { Q_EMIT labelScanned(scan->property("label").toString()); });
    connect(place.unplug, &QPushButton::clicked, this, [this, slot] { Q_EMIT unplugAsked(slot); });
    return place;
}

void TrainingBar::showLabel(QPushButton *scan, int slot) const
{
    const QString label = scan->property("label").toString();
    scan->setText(label.isEmpty() ? tr("Slot %1 is free").arg(slot + 1)
            : width() < narrow    ? label
                                  : tr("Scan %1").arg(label));
}

void TrainingBar::showDevice(int slot, const QString &label)
{
    const Place &place = m_places[slot];
    place.scan->setProperty("label", label);
    showLabel(place.scan, slot);
    place.scan->setEnabled(!label.isEmpty());
    place.unplug->setEnabled(!label.isEmpty());
    const bool isRoom = std::ranges::any_of(m_places,
        [](const Place &one) { return one.scan->property("label").toString().isEmpty(); });
    for (QPushButton *kind : std::as_const(m_kinds))
        kind->setEnabled(isRoom);
}

/// Two buttons for each slot: on a small screen their words need smaller letters.
void TrainingBar::fit()
{
    const double factor = width() < narrow ? 0.68 : width() < 1000 ? 0.84 : 1;
    for (const Place &place : std::as_const(m_places))
        for (QPushButton *one : {place.scan, place.unplug})
            one->setFont(look::scaled(font(), factor));
    m_cloud->setFont(look::scaled(font(), factor));
    for (int slot = 0; slot < m_places.size(); ++slot)
        showLabel(m_places[slot].scan, slot);
}

void TrainingBar::resizeEvent(QResizeEvent *)
{
    fit();
}

void TrainingBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_cloud)
        fit();
}

void TrainingBar::showCloud(bool isOn)
{
    const QSignalBlocker blocker(m_cloud);
    m_cloud->setChecked(!isOn);
    m_cloud->setText(isOn ? tr("C&ut cloud") : tr("Resto&re cloud"));
}

} // namespace ui
