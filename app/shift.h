// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/drain.h"
#include "app/ending.h"
#include "app/serials.h"
#include "app/wiring.h"

#include <QElapsedTimer>
#include <QSet>

namespace app {

/// A line at work on a list of serials, from the first scan to the last delivery. What is proven
/// already is not tested again, but shown from the ledger.
class Shift : public QObject {
    Q_OBJECT
public:
    enum class Proven { Resume, TestAgain };

    Shift(Wiring &wiring, Proven proven);

    /// Takes up what the last process left in the queue, then these.
    void begin(const QList<Job> &jobs);
    void add(const QList<Job> &jobs);
    void close(); ///< no more will be added; the shift ends when all is done
    void stop(); ///< what runs is aborted; deliveries stay for later

    [[nodiscard]] const Tally &tally() const { return m_tally; }
    [[nodiscard]] const QList<Ending> &endings() const { return m_endings; }
    [[nodiscard]] Exit exit() const; ///< the tally's, or worse

Q_SIGNALS:
    void ended(const app::Ending &ending);
    void message(const QString &text); ///< for a person
    void finished();

private:
    void lookedUp(const QList<Job> &jobs, const station::Result<QList<station::Bound>> &bound);
    void scan(const Job &job);
    void conclude(const station::Recorded &recorded);
    void show(const Ending &ending);
    void tried(const QString &serial, const station::Finding &finding);
    void refuse(const QString &serial, const station::Error &error);
    void halt(const station::Error &error);
    void proceed();
    void delivered(const upload::Rest &rest);
    void askDeliveries();
    void finish(const station::Result<QList<station::Bound>> &bound);

    enum class Stage { Testing, Delivering, Counting, Over };

    Wiring &m_wiring;
    Proven m_proven;
    Stage m_stage = Stage::Testing;
    bool m_closed = false;
    bool m_stopped = false;
    Exit m_worst = Exit::Good;
    Tally m_tally;
    QList<Ending> m_endings;
    QMap<quint64, QList<Job>> m_lookUps; ///< ledger ticket → jobs that wait for it
    quint64 m_lastLookUp = 0;
    QElapsedTimer m_clock;
    std::vector<std::unique_ptr<Drain>> m_drains; ///< of what is delivered automatically
    size_t m_draining = 0; ///< of them, at work
};

} // namespace app
