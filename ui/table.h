// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractItemModel;
class QString;
class QTableView;
class QWidget;

namespace ui {

/// A table to read and to choose a row in: whole rows, no cells; a finger's height each.
[[nodiscard]] QTableView *makeTable(
    const QString &objectName, QAbstractItemModel *model, QWidget *parent);

} // namespace ui
