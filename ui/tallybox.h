// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"
#include "station/line.h"
#include "ui/tally.h"

#include <QWidget>

class QFormLayout;
class QLabel;

namespace ui {

/// The shift in figures, kept up to date by the line's signals.
class TallyBox : public QWidget {
    Q_OBJECT
public:
    explicit TallyBox(station::Line &line, QWidget *parent);

    /// What was recorded before the window was there, the newest first.
    void begin(const QList<station::RecordRow> &records);
    /// Each figure in a row of its own, or on a low screen the most needed in one.
    void showAll(bool isAll);
    [[nodiscard]] const Tally &tally() const { return m_tally; }

private:
    void addRow(QFormLayout *form, const QString &name, const char *text);
    void refresh();

    Tally m_tally;
    QLabel *m_title = nullptr;
    QLabel *m_short = nullptr;
    QWidget *m_rows = nullptr;
    QList<QLabel *> m_figures;
};

} // namespace ui
