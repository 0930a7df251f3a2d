// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/line.h"
#include "upload/outbox.h"
#include "upload/trial.h"

#include <map>

namespace app {

/// A service that sampled devices provision themselves with.
struct TrialService {
    upload::Outbox &outbox;
    upload::Client &client;
    upload::DeviceEndpoint endpoint;
};

/// What trials work with.
struct TrialParts {
    station::Line &line;
    station::Ledger &ledger;
    std::map<QString, TrialService> services; ///< by name
    station::Line::PayloadMaker payloadMaker;
};

/// Takes the samples that the plan's [trial] asks for: the first device of a shift that passes,
/// and each so-many-th after it. Such a device is kept on its slot until its enrollment is
/// confirmed, provisions itself for once, and is let go; what came of it is an action in the
/// ledger.
class Trials : public QObject {
    Q_OBJECT
public:
    explicit Trials(const TrialParts &parts);

Q_SIGNALS:
    void ended(const QString &serial, const station::Finding &finding);

private:
    struct Sample {
        QString serial, target, service, registrationId, ekSha256;
        qint64 exam = 0; ///< its entry
        std::unique_ptr<upload::Trial> trial; ///< once the enrollment is confirmed
        std::unique_ptr<QTimer, QScopedPointerDeleteLater> patience; ///< may be what calls end()
    };

    void concluded(int slot, const station::Recorded &recorded);
    void askEnrollments();
    void lookedUp(const station::Result<QList<station::Bound>> &bound);
    void enrolled(int slot, station::DeliveryState state);
    void begin(int slot);
    void skip(int slot, const QString &why);
    void stop();
    void end(int slot, const upload::TrialReport &report);
    void record(const Sample &sample, const upload::TrialReport &report);

    TrialParts m_parts;
    std::map<int, Sample> m_samples; ///< by slot
    qint64 m_passed = 0;
    quint64 m_lookUp = 0; ///< the newest ticket
};

} // namespace app
