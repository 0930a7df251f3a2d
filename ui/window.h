// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/linepage.h"
#include "ui/mark.h"
#include "ui/packpage.h"
#include "ui/peoplepage.h"
#include "ui/recordpage.h"
#include "ui/servicepage.h"
#include "ui/settingspage.h"
#include "ui/unitpage.h"

#include <QMainWindow>

class QHBoxLayout;
class QStackedWidget;

namespace ui {

/// What a window is about.
struct WindowParts {
    station::Line &line;
    station::Bench &bench;
    station::Reader &reader;
    QString station; ///< its id
    bool isTraining = false;
};

/// The station's window: the bar with two health marks on top, one of its pages below it, and in
/// training a striped border around everything.
class Window : public QMainWindow {
    Q_OBJECT
public:
    explicit Window(const WindowParts &parts);

    [[nodiscard]] LinePage &linePage() { return *m_line; }
    [[nodiscard]] RecordPage &recordPage() { return *m_records; }
    [[nodiscard]] UnitPage &unitPage() { return *m_units; }
    [[nodiscard]] PackPage &packPage() { return *m_pack; }
    [[nodiscard]] Mark &recordsMark() { return *m_recordsMark; }
    [[nodiscard]] Mark &cloudMark() { return *m_cloudMark; }
    void setSettingsPage(SettingsPage *page); ///< takes it
    void setPeoplePage(PeoplePage *page); ///< takes it, after the settings page
    void setServicePage(ServicePage *page); ///< takes it, after the settings page; training only
    void showWorker(const station::Worker &worker); ///< who works here, and what that opens
    void showLogin(const QString &text, bool isGood); ///< what came of one
    void bringToFront();
    /// The next close() closes; until then it asks to.
    void allowClose() { m_mayClose = true; }

Q_SIGNALS:
    void closeAsked();
    void used(); ///< a key, a press or a touch came

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QWidget *makeBar(const WindowParts &parts);
    void addTab(const QString &name, const std::function<QString()> &word);
    void sayTab(int page);
    void turnTo(int page);
    [[nodiscard]] ScanField *scannersField() const;
    void showTime();

    bool m_isTraining = false;
    bool m_mayClose = false;
    LinePage *m_line = nullptr;
    RecordPage *m_records = nullptr;
    UnitPage *m_units = nullptr;
    PackPage *m_pack = nullptr;
    SettingsPage *m_settings = nullptr;
    PeoplePage *m_people = nullptr; ///< null in training
    station::Worker m_worker;
    QStackedWidget *m_pages = nullptr;
    QHBoxLayout *m_bar = nullptr;
    QList<QPushButton *> m_tabs; ///< by page
    QList<std::function<QString()>> m_words; ///< of each
    QLabel *m_title = nullptr;
    QLabel *m_plan = nullptr;
    QLabel *m_clock = nullptr;
    Mark *m_recordsMark = nullptr;
    Mark *m_cloudMark = nullptr;
};

} // namespace ui
