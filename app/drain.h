// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/carrier.h"

#include <QTimer>

namespace app {

/// Waits for a carrier to deliver all it can. A pause that the service asks for is waited out, as
/// long as some delivery gets on every minute and in some of the tries.
class Drain : public QObject {
    Q_OBJECT
public:
    explicit Drain(upload::Carrier &carrier);

    void start();

Q_SIGNALS:
    void done(const upload::Rest &rest);

private:
    void settled(const station::Settlement &settlement);
    void rested(const upload::Rest &rest);
    void end(const upload::Rest &rest);

    upload::Carrier &m_carrier;
    upload::Rest m_last;
    bool m_started = false;
    int m_tries = 0; ///< since a delivery came to its end
    QTimer m_patience;
};

} // namespace app
