// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <QWidget>

namespace ui {

/// What stands where the window would be when the station cannot start: what is wrong, where, and
/// what to do.
class Notice : public QWidget {
    Q_OBJECT
public:
    explicit Notice(const station::Error &error);
    /// Something takes a while.
    explicit Notice(const QString &title, const QString &text);

private:
    void build(const QString &title, const QString &text, bool isTrouble);
};

} // namespace ui
