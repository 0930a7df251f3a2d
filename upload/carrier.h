// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/delivery.h"
#include "upload/rest.h"

#include <QObject>

namespace upload {

/// Takes the deliveries of one destination out of the ledger, and writes back what became of them.
class Carrier : public QObject {
    Q_OBJECT
public:
    /// Looks for work now; ends in rested(). While it works, calls are remembered once. After any
    /// rest but NeedsPerson it wakes by itself: when something is due, and every half minute.
    virtual void wake() = 0;

Q_SIGNALS:
    void settled(const station::Settlement &settlement);
    void rested(const upload::Rest &rest);
};

} // namespace upload
