// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chime.h"
#include "app/settings.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;

/// What is heard, with a player of the test's own in place of the computer's.
class ChimeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void soundsAreWaves();
    void whatIsChosenIsPlayed();
    void aPlayerThatHangsIsLeft();
    void withoutAPlayerThereIsSilence();

private:
    void install(const QByteArray &script);
    [[nodiscard]] QStringList heard() const;

    support::Workplace m_workplace;
    QByteArray m_path;
    QString m_bin;
    int m_count = 0;
};

void ChimeTest::init()
{
    m_path = qgetenv("PATH");
    m_bin = m_workplace.path(u"bin%1"_s.arg(++m_count));
    QVERIFY(QDir().mkpath(m_bin));
    qputenv("PATH", m_bin.toLocal8Bit());
}

void ChimeTest::cleanup()
{
    qputenv("PATH", m_path);
}

void ChimeTest::install(const QByteArray &script)
{
    QFile player(m_bin + u"/aplay"_s);
    QVERIFY(player.open(QIODevice::WriteOnly));
    player.write("#!/bin/sh\n" + script);
    player.close();
    QVERIFY(player.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

/// The files that the player was given, without their folders, in alphabetical order.
QStringList ChimeTest::heard() const
{
    QFile log(m_bin + u"/log"_s);
    if (!log.open(QIODevice::ReadOnly))
        return {};
    QStringList files;
    const QByteArrayList lines = log.readAll().trimmed().split('\n');
    for (const QByteArray &line : lines)
        files.append(QString::fromLocal8Bit(line).section(u'/', -1));
    files.sort();
    return files;
}

void ChimeTest::soundsAreWaves()
{
    QList<QByteArray> all;
    for (const QString &sound : app::everySound()) {
        const QByteArray wave = app::waveOf(sound);
        QVERIFY(wave.startsWith("RIFF") && wave.mid(8).startsWith("WAVEfmt "));
        QCOMPARE(qFromLittleEndian<quint32>(wave.constData() + 4), quint32(wave.size() - 8));
        QCOMPARE(wave.mid(36, 4), QByteArray("data"));
        const auto bytes = qFromLittleEndian<quint32>(wave.constData() + 40);
        QCOMPARE(bytes, quint32(wave.size() - 44));
        const double seconds = bytes / 2.0 / qFromLittleEndian<quint32>(wave.constData() + 24);
        QVERIFY2(seconds > 0.15 && seconds < 1, qPrintable(QString::number(seconds)));
        int loudest = 0;
        for (qsizetype at = 44; at < wave.size(); at += 2)
            loudest =
                std::max(loudest, std::abs(int(qFromLittleEndian<qint16>(wave.constData() + at))));
        QVERIFY(loudest > 8'000 && loudest < 32'000);
        QVERIFY(!all.contains(wave));
        all.append(wave);
    }
}

void ChimeTest::whatIsChosenIsPlayed()
{
    install("echo \"$@\" >> \"${0%/*}/log\"; test -s \"$2\"\n");
    app::Chime chime;
    chime.play(u"pass"_s); // nothing is chosen yet
    chime.choose({u"fail"_s, u"attention"_s});
    chime.play(station::Verdict::Pass);
    chime.play(station::Verdict::Fail);
    for (int slot = 0; slot < 64; ++slot)
        chime.play(station::Verdict::Timeout); // 64 slots at once sound once
    QTRY_COMPARE(heard(), (QStringList{u"attention.wav"_s, u"fail.wav"_s}));
}

void ChimeTest::aPlayerThatHangsIsLeft()
{
    install("echo $$ > \"${0%/*}/pid\"; exec /bin/sleep 1000\n");
    app::Chime chime;
    chime.choose(app::everySound());
    QElapsedTimer clock;
    clock.start();
    chime.play(u"pass"_s);
    QVERIFY(clock.elapsed() < 1000); // nobody waited
    const auto pid = [this] {
        QFile file(m_bin + u"/pid"_s);
        return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll().trimmed())
                                              : QString();
    };
    QTRY_VERIFY(!pid().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(u"/proc/"_s + pid()), 20'000);
}

void ChimeTest::withoutAPlayerThereIsSilence()
{
    app::Chime chime;
    chime.choose(app::everySound());
    chime.play(u"pass"_s);
    install("exit 1\n"); // no sound card
    chime.play(u"fail"_s);
    QTRY_VERIFY(chime.findChildren<QObject *>().isEmpty());
}

QTEST_GUILESS_MAIN(ChimeTest)
#include "chime.moc"
