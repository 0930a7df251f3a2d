// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace app {

/// Turns SIGINT and SIGTERM into a signal of the main thread's event loop, so that a line stops
/// cleanly; a second one ends the program as usual.
class Interrupt : public QObject {
    Q_OBJECT
public:
    /// Before any thread starts, where the application's own object starts some: it comes first.
    static void block();

    Interrupt();
    ~Interrupt() override;

    /// For work that has no event loop: whether one has come by now.
    [[nodiscard]] bool wasRequested();

Q_SIGNALS:
    void requested();

private:
    bool m_wasRequested = false;
    int m_fd = -1;
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace app
