// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <chrono>

namespace ui {

/// Across the page while the service cannot be reached: how much waits, how long, and that testing
/// goes on.
class AwayBar : public QWidget {
    Q_OBJECT
public:
    explicit AwayBar(QWidget *parent);

    void showAway(qint64 waiting, std::chrono::minutes oldest);
    void showBack(); ///< hides it
    void setRoom(bool isRoom); ///< without room it stays hidden
    [[nodiscard]] QString words() const { return m_words->text(); }

private:
    void refresh();

    QLabel *m_words = nullptr;
    qint64 m_waiting = 0;
    std::chrono::minutes m_oldest{};
    bool m_isAway = false, m_isRoom = true;
};

} // namespace ui
