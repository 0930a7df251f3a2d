// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chime.h"

#include <QDataStream>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>

#include <cmath>
#include <numbers>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr int rate = 22'050; ///< samples a second
constexpr auto longest = std::chrono::seconds(3); ///< a sound server that hangs is not waited for

struct Tone {
    double hertz; ///< 0: a pause
    int ms;
};

QList<Tone> tonesOf(const QString &sound)
{
    if (sound == u"pass")
        return {{660, 90}, {990, 140}};
    if (sound == u"fail")
        return {{300, 260}, {0, 60}, {220, 420}};
    return {{880, 90}, {0, 70}, {880, 90}, {0, 70}, {880, 90}};
}

/// The program and what stands before the file; empty where there is none.
QStringList player()
{
    for (const QStringList &one : {QStringList{u"pw-play"_s}, {u"paplay"_s}, {u"aplay"_s, u"-q"_s}})
        if (const QString found = QStandardPaths::findExecutable(one.first()); !found.isEmpty())
            return QStringList{found} + one.mid(1);
    return {};
}

} // namespace

QByteArray waveOf(const QString &sound)
{
    QByteArray samples;
    QDataStream out(&samples, QIODevice::WriteOnly);
    out.setByteOrder(QDataStream::LittleEndian);
    for (const Tone &tone : tonesOf(sound)) {
        const int count = rate * tone.ms / 1000;
        for (int at = 0; at < count; ++at) {
            // Rises and falls within some milliseconds: a tone that is cut off clicks.
            const double swell = std::min({1.0, at / 150.0, (count - at) / 300.0});
            out << static_cast<qint16>(
                12'000 * swell * std::sin(2 * std::numbers::pi * tone.hertz * at / rate));
        }
    }
    QByteArray wave;
    QDataStream head(&wave, QIODevice::WriteOnly);
    head.setByteOrder(QDataStream::LittleEndian);
    head.writeRawData("RIFF", 4);
    head << static_cast<quint32>(36 + samples.size());
    head.writeRawData("WAVEfmt ", 8);
    head << quint32(16) << quint16(1) << quint16(1) << quint32(rate) << quint32(2 * rate)
         << quint16(2) << quint16(16);
    head.writeRawData("data", 4);
    head << static_cast<quint32>(samples.size());
    return wave + samples;
}

QString Chime::fileOf(const QString &sound)
{
    if (!m_folder)
        m_folder = std::make_unique<QTemporaryDir>();
    const QString name = m_folder->filePath(sound + u".wav"_s);
    if (QFile::exists(name))
        return name;
    QFile file(name);
    const QByteArray wave = waveOf(sound);
    return file.open(QIODevice::WriteOnly) && file.write(wave) == wave.size() ? name : QString();
}

void Chime::play(const QString &sound)
{
    QStringList command = player();
    if (!m_chosen.contains(sound) || m_playing.contains(sound) || command.isEmpty())
        return;
    const QString file = fileOf(sound);
    if (file.isEmpty()) // no room left on the disk: that has a note of its own
        return;
    auto *process = new QProcess(this);
    m_playing[sound] = process;
    process->setStandardOutputFile(QProcess::nullDevice());
    process->setStandardErrorFile(QProcess::nullDevice());
    const auto forget = [this, process, sound] {
        if (m_playing.value(sound) == process)
            m_playing.remove(sound);
        process->deleteLater();
    };
    connect(process, &QProcess::finished, this, forget);
    connect(process, &QProcess::errorOccurred, this, forget); // not started, or killed
    QTimer::singleShot(longest, process, &QProcess::kill);
    process->start(command.takeFirst(), command + QStringList{file});
}

void Chime::play(station::Verdict verdict)
{
    using enum station::Verdict;
    play(verdict == Pass ? u"pass"_s : verdict == Fail ? u"fail"_s : u"attention"_s);
}

} // namespace app
