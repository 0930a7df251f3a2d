// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/order.h"
#include "ui/awaybar.h"
#include "ui/board.h"
#include "ui/resultmodel.h"
#include "ui/scanfield.h"
#include "ui/tallybox.h"
#include "ui/trainingbar.h"

#include <QStringListModel>

class QLabel;
class QListView;
class QPushButton;
class QVBoxLayout;

namespace ui {

/// The operator's page: the slots, what waits, how the last ten ended, the scan field and Stop.
class LinePage : public QWidget {
    Q_OBJECT
public:
    LinePage(
        station::Line &line, station::Bench &bench, bool isTraining, QWidget *parent = nullptr);

    [[nodiscard]] SlotModel &slotModel() { return m_slots; }
    [[nodiscard]] ResultModel &resultModel() { return m_results; }
    [[nodiscard]] Board &board() { return *m_board; }
    [[nodiscard]] ScanField &scanField() { return *m_scan; }
    [[nodiscard]] TallyBox &tallyBox() { return *m_tally; }
    [[nodiscard]] AwayBar &awayBar() { return *m_away; }
    [[nodiscard]] TrainingBar *trainingBar() { return m_training; } ///< null in production

    void showScan(const QString &scan, const QString &what, bool isRefused);
    /// Says that a serial is proven already; a press on "Test again" examines it all the same.
    void offerAgain(const QString &serial, const QString &why);
    /// In one line above the slots; nothing where there is no order.
    void showOrder(const std::optional<station::Order> &order, const station::OrderTally &tally);
    void showLine(); ///< what waits, and whether the line is held
    void showNote(const QString &note); ///< until somebody has read it

Q_SIGNALS:
    void stopAsked();
    void slotStopAsked(int slot);
    void promptDone(int slot); ///< somebody has done what it asked
    void resumeAsked();
    void scanRefused(); ///< and it was said why
    void againAsked(const QString &serial);
    void recordAsked(const QString &serial);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeStrip();
    void makeFoot(QVBoxLayout *column);
    void makeNote(QVBoxLayout *column);
    void say(const QString &text, bool isRefused);
    void showEnd(const station::Recorded &recorded);
    void fit();
    void makeRoom();

    station::Line &m_line;
    SlotModel m_slots;
    ResultModel m_results;
    QStringListModel m_queue;
    Board *m_board = nullptr;
    QWidget *m_strip = nullptr;
    AwayBar *m_away = nullptr;
    TallyBox *m_tally = nullptr;
    QLabel *m_queueTitle = nullptr;
    QLabel *m_resultsTitle = nullptr;
    QListView *m_queueView = nullptr;
    ScanField *m_scan = nullptr;
    QLabel *m_said = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_stop = nullptr;
    QWidget *m_note = nullptr;
    QLabel *m_noteText = nullptr;
    QLabel *m_order = nullptr;
    std::function<void()> m_sayOrder; ///< in the language of now
    TrainingBar *m_training = nullptr;
    QString m_saidScan; ///< that was not refused, and has not ended
    QString m_provenSerial; ///< that "Test again" is about
};

} // namespace ui
