// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "station/golden.h"
#include "station/person.h"
#include "station/slot.h"
#include "station/verdict.h"
#include "upload/recipient.h"

#include <QList>
#include <QMap>
#include <QStringList>
#include <chrono>

namespace app {

/// A provisioning service that plans may name.
struct ServiceSettings {
    QString url;
    QString idScope;
    QString credential; ///< an upload::Source: "file:PATH", "env:NAME"…; never the secret itself
    QString caFile;
    QString proxy; ///< "http://[user@]host:port"; empty: none
    QString proxyPassword; ///< "file:PATH" or "env:NAME"; empty: none
    int quotaPerMinute = 600;
    int readBackEvery = 100; ///< one of so many is read back while there is more to send; 0: none
    int capacity = 1'000'000; ///< the most enrollments it holds
    bool test = false;

    bool operator==(const ServiceSettings &) const = default;
};

/// What the window may sound for: "pass", "fail" and "attention".
[[nodiscard]] QStringList everySound();

/// A station.toml.
struct Settings {
    QString folder; ///< what relative paths are relative to
    QString stationId;
    station::Purpose purpose = station::Purpose::Production;
    QString ownTpm; ///< the target of the station's own TPM; empty: see station::readOwnKey()
    QString ledgerUrl;
    QString replicaFile; ///< a second copy of a SQLite ledger; empty: there is none
    int checkpointEvery = 1000; ///< entries
    QString orderBundles; ///< folder for the bundles of closed orders; empty: none are made
    QString signKey, signCertificate; ///< files, PEM; empty: the station signs nothing by itself
    QString plan;
    station::LoginRule login; ///< whether it is asked who works here
    QList<station::Slot> slotList;
    QMap<QString, ServiceSettings> services;
    bool deliverAutomatically = true;
    QString rootsFile; ///< which makers' TPMs are trusted; empty: the user's own root store
    QString linesFile; ///< who may tell which keys other lines use; empty: nobody
    QString supplierFile; ///< which TPMs or devices were delivered; empty: nobody says
    station::GoldenRule golden; ///< which devices each slot has to read before it is used
    QStringList admitCommand;
    QString admitUrl, admitCa,
        admitCredential; ///< where there is no command; see upload::PostPlace
    std::chrono::seconds admitDeadline{10};
    QString language; ///< of the window: "en", "ko"; empty: the computer's
    QString theme =
        QStringLiteral("system"); ///< of the window: "system", "light", "dark", "contrast"
    QStringList sounds = everySound(); ///< which of them are heard
    upload::ReportPlace report; ///< where the factory's system is told of each examination

    bool operator==(const Settings &) const = default;
};

/// From bytes; `file` names them in errors and gives the folder. Fault::Syntax.
[[nodiscard]] station::Result<Settings> parseSettings(const QByteArray &toml, const QString &file);

/// The target of the station's own TPM.
[[nodiscard]] QString ownTpmOf(const Settings &settings);

/// The root store that this station uses.
[[nodiscard]] QString rootsFileOf(const Settings &settings);

[[nodiscard]] station::Result<Settings> loadSettings(const QString &file);

} // namespace app
