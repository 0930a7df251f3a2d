// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QPushButton;

namespace ui {

/// What a trainer does to simulated devices: plug in one of a kind, pull one out, cut the cloud. A
/// device's label can be scanned by a press, for who has no scanner.
class TrainingBar : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Good, Clone, Owned, Silent, Slow };
    Q_ENUM(Kind)

    explicit TrainingBar(int slots, QWidget *parent = nullptr);

    void showDevice(int slot, const QString &label); ///< empty: the slot is free
    void showCloud(bool isOn);

Q_SIGNALS:
    void plugAsked(ui::TrainingBar::Kind kind);
    void unplugAsked(int slot);
    void labelScanned(const QString &label);
    void cloudAsked(bool isOn);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Place {
        QPushButton *scan = nullptr;
        QPushButton *unplug = nullptr;
    };

    QPushButton *button(const QString &name);
    void fit();
    void showLabel(QPushButton *scan, int slot) const;
    Place makePlace(int slot);

    QList<Place> m_places;
    QList<QPushButton *> m_kinds;
    QPushButton *m_cloud = nullptr;
};

} // namespace ui
