// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/slot.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace ui {

/// How somebody says that a unit is reached by ssh.
struct SshWish {
    QString host;
    QString user;
    QString keyFile; ///< empty: what ssh itself finds

    bool operator==(const SshWish &) const = default;
};

/// One slot of the settings: its name and its target, which can be tried, and written from a host,
/// a user and a key where the unit is reached by ssh.
class SlotForm : public QWidget {
    Q_OBJECT
public:
    SlotForm(int number, const station::Slot &slot, QWidget *parent);

    [[nodiscard]] int number() const { return m_number; } ///< its own, whatever was removed
    [[nodiscard]] station::Slot slot() const; ///< with what is changed in the file alone
    void setTarget(const QString &target);
    void showResult(const QString &text, bool isGood);
    /// `key` is "name", "target" or another of a slot; empty: nothing is wrong here.
    void showComplaint(const QString &key, const QString &text);

Q_SIGNALS:
    void edited();
    void testAsked();
    void removeAsked();
    void sshAsked(const ui::SshWish &wish);

private:
    void addLine(QVBoxLayout *column);
    void addSsh(QVBoxLayout *column);

    int m_number;
    station::Slot m_slot;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_target = nullptr;
    QWidget *m_ssh = nullptr; ///< hidden until it is asked for
    QLabel *m_result = nullptr;
};

} // namespace ui
