// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/handover/sheet.h"

#include <QWidget>

class QFileDialog;
class QLabel;
class QProgressBar;
class QPushButton;

namespace ui {

/// Hands over the devices that a search shows: asks for a file, tells how far it is, can be
/// stopped.
class ExportBar : public QWidget {
    Q_OBJECT
public:
    explicit ExportBar(QWidget *parent = nullptr);

    void begin(); ///< one is under way, and no other can be asked for
    void showProgress(qint64 done, qint64 all); ///< records
    void end(const QString &message, bool isWell);

Q_SIGNALS:
    void exportAsked(upload::handover::Form form, const QString &path);
    void stopAsked();

private:
    void askWhere();

    QPushButton *m_export = nullptr;
    QPushButton *m_stop = nullptr;
    QProgressBar *m_progress = nullptr;
    QLabel *m_message = nullptr;
};

} // namespace ui
