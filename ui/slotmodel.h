// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/bench.h"
#include "station/line.h"
#include "ui/slotview.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QTimer>
#include <functional>

namespace ui {

/// The slots of a line as a list: what each tile shows, kept up to date by the line's signals.
class SlotModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { ViewRole = Qt::UserRole }; ///< a SlotView

    SlotModel(station::Line &line, station::Bench &bench, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] const SlotView &at(int slot) const { return m_views[slot]; }
    [[nodiscard]] int running() const; ///< how many are under test

    /// Shows what a crash has interrupted, until its slot has something newer to say.
    void showStopping(int slot); ///< until its examination has ended
    void showInterrupted(const QList<station::Queued> &interrupted);
    void speak(); ///< says everything again, in the language of now

private:
    void placeChanged(int slot);
    void conclude(int slot, const station::Recorded &recorded);
    void tried(int slot, const station::Finding &finding);
    void progress(int slot, const station::Progress &progress);
    void stopAsked();
    void tick();
    /// Puts the words into a view, now and whenever the language changes.
    using Words = std::function<void(SlotView &)>;
    void set(int slot, SlotView view, const Words &words);
    void replace(int slot, const SlotView &view);
    [[nodiscard]] int slotNamed(const QString &name) const;

    station::Line &m_line;
    QList<SlotView> m_views;
    QList<Words> m_words; ///< by slot
    QMap<int, QElapsedTimer> m_begun; ///< by slot: since when it is examined
    qint64 m_usualMs = 0; ///< what an examination takes here; 0: none has ended yet
    QTimer m_second;
    QMap<int, SlotView> m_concluded; ///< verdicts that wait until their device is let go
    QSet<int> m_interrupted; ///< slots that show what a crash left
};

} // namespace ui

Q_DECLARE_METATYPE(ui::SlotView)
