// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings.h"

#include <QLocalServer>

namespace app {

/// One window for one station's ledger: a second one raises the first and ends.
class Instance : public QObject {
    Q_OBJECT
public:
    explicit Instance(const Settings &settings);

    /// Whether another window of this station was there to be raised.
    [[nodiscard]] bool raiseOther() const;
    /// From now on, others raise this one.
    void listen();

Q_SIGNALS:
    void raiseAsked();

private:
    QString m_name; ///< of the socket
    QLocalServer m_server;
};

} // namespace app
