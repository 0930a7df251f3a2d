// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/oldledger.h"

/// An archive that is killed between any two of its steps.
class ArchiveKillTest : public QObject, private OldLedger {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void killedAtEachStep_data();
    void killedAtEachStep();

private:
    [[nodiscard]] std::unique_ptr<Consignment> copy(const QString &name) const;
    void goOn(const Consignment &place) const;

    std::unique_ptr<Consignment> m_original;
    qint64 m_all = 0;
};

void ArchiveKillTest::initTestCase()
{
    m_original = station(u"original"_s);
    record(*m_original, january, 10, 60);
    m_all = whole(*m_original);
}

std::unique_ptr<Consignment> ArchiveKillTest::copy(const QString &name) const
{
    auto place = std::make_unique<Consignment>(m_workplace.path(name));
    QFile::remove(place->path(u"ledger.db"_s));
    for (const QString &file : {u"ledger.db"_s, u"station.toml"_s, u"line.key"_s, u"line.pem"_s})
        if (!QFile::copy(m_original->path(file), place->path(file)))
            qFatal("cannot copy %s", qPrintable(file));
    return place;
}

void ArchiveKillTest::killedAtEachStep_data()
{
    support::addKillRows(
        {{u"openat"_s, 41}, {u"write"_s, 41}, {u"pwrite64"_s, 47}, {u"fdatasync"_s, 1},
            {u"syncfs"_s, 1}, {u"rename"_s, 1}, {u"unlink"_s, 1}, {u"ftruncate"_s, 1}});
}

/// Each body is in the ledger, or in a bundle that verifies; the same command goes on.
void ArchiveKillTest::killedAtEachStep()
{
    QFETCH(const QString, call);
    QFETCH(const int, stride);
    int count = 1;
    for (bool ended = false; !ended; count += stride) {
        const auto place = copy(u"killed-%1-%2"_s.arg(call).arg(count));
        const Ran ran = support::runCliUntil(call, count,
            QStringList{u"ledger"_s, u"archive"_s, u"--station"_s, place->path(u"station.toml"_s),
                u"--before"_s, u"2026-02"_s, u"--out"_s, place->path(u"january.zip"_s)}
                + place->signer(u"line"_s));
        ended = ran.exit == 0;
        QVERIFY2(ended || ran.exit == -1, ran.said());
        goOn(*place);
    }
}

void ArchiveKillTest::goOn(const Consignment &place) const
{
    const qint64 left = whole(place);
    QVERIFY(left >= 0);
    if (left < m_all)
        QVERIFY(verifies(place, u"january.zip"_s));
    const Ran again = archive(place, u"january.zip"_s);
    QVERIFY2(again.exit == 0, again.said());
    QCOMPARE(whole(place), 2);
    QVERIFY(verifies(place, u"january.zip"_s));
}

QTEST_GUILESS_MAIN(ArchiveKillTest)
#include "archivekill.moc"
