// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/verdict.h"

#include <QMap>
#include <QObject>
#include <QStringList>
#include <QTemporaryDir>
#include <memory>

class QProcess;

namespace app {

/// Short sounds that differ in pitch and rhythm, played by a program that the computer has for it:
/// pw-play, paplay or aplay. Nothing waits for it; without such a program, or a loudspeaker, there
/// is silence.
class Chime : public QObject {
    Q_OBJECT
public:
    /// Which sounds are heard, of everySound().
    void choose(const QStringList &sounds) { m_chosen = sounds; }
    void play(const QString &sound);
    void play(station::Verdict verdict);

private:
    [[nodiscard]] QString fileOf(const QString &sound);

    QStringList m_chosen;
    std::unique_ptr<QTemporaryDir> m_folder; ///< of the sounds' files
    QMap<QString, QProcess *> m_playing; ///< by sound: 64 slots that pass at once sound once
};

/// A WAV file of one of everySound(): 16 bits, mono.
[[nodiscard]] QByteArray waveOf(const QString &sound);

} // namespace app
