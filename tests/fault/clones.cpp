// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using station::Simulator;
using support::LinePlace;

namespace {

constexpr int rounds = 20;

/// Two TPMs with one seed, and so with one endorsement key.
Simulator twins(const QString &folder)
{
    {
        const Simulator original = support::blankDevices(1, folder);
        // An answer says that the seed is made and kept.
        const auto ran = support::run(
            u"tpm2_getrandom"_s, {u"-T"_s, original.targets().first(), u"--hex"_s, u"8"_s});
        if (ran.exit != 0)
            qFatal("%s", ran.said().constData());
    }
    const QDir state(folder + u"/1"_s);
    const QString copy = folder + u"/copy"_s;
    QDir().mkpath(copy);
    QFile::copy(state.filePath(u"tpm2-00.permall"_s), copy + u"/tpm2-00.permall"_s);
    auto both = Simulator::wake({state.path(), copy});
    if (!both)
        qFatal("%s", qPrintable(both.error().detail));
    return std::move(*both);
}

QJsonObject next(support::Cli &line)
{
    return QJsonDocument::fromJson(line.line()).object();
}

} // namespace

/// Two devices with one endorsement key: the first is a device, the other a copy, however close
/// the race.
class ClonesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneOfTwoClonesPasses();

private:
    support::Workplace m_workplace;
};

void ClonesTest::oneOfTwoClonesPasses()
{
    const LinePlace place(1, m_workplace.path(u"place"_s));
    place.addSlots(1);
    support::Cli line({u"run"_s, u"--station"_s, place.station(), u"--again"_s, u"--json"_s});
    QSet<QString> keys;
    for (int round = 1; round <= rounds; ++round) {
        const Simulator pair = twins(m_workplace.path(QString::number(round)));
        const QStringList serials{u"ONE-%1"_s.arg(round), u"OTHER-%1"_s.arg(round)};
        const auto scan = [&](int which) {
            return (serials[which] + u'\t' + pair.targets()[which] + u'\n').toUtf8();
        };
        line.write(scan(0) + scan(1));
        QList<QJsonObject> seen{next(line), next(line)};
        if (seen[0][u"verdict"].toString() != u"pass")
            seen.swapItemsAt(0, 1);
        QCOMPARE(seen[0][u"verdict"].toString(), u"pass"_s);
        QCOMPARE(seen[1][u"verdict"].toString(), u"fail"_s);
        QCOMPARE(seen[0][u"ek"][u"public"], seen[1][u"ek"][u"public"]);
        keys.insert(seen[0][u"ek"][u"sha256"].toString());
        const QJsonArray findings = seen[1][u"findings"].toArray();
        const auto found = std::ranges::find_if(findings,
            [](const QJsonValue &one) { return one[u"check"].toString() == u"uniqueness"; });
        QVERIFY(found != findings.end());
        const QJsonObject finding = found->toObject();
        QCOMPARE(finding[u"check"].toString(), u"uniqueness"_s);
        QCOMPARE(finding[u"outcome"].toString(), u"fail"_s);
        const QString passed = seen[0][u"serial"].toString();
        QVERIFY2(finding[u"measured"].toString().contains(u"serial "_s + passed),
            qPrintable(finding[u"measured"].toString()));

        // The device itself may come again; its copy stays one.
        for (const int which : {0, 1}) {
            line.write(scan(which));
            const QJsonObject again = next(line);
            QCOMPARE(again[u"serial"].toString(), serials[which]);
            QCOMPARE(
                again[u"verdict"].toString(), serials[which] == passed ? u"pass"_s : u"fail"_s);
            QCOMPARE(again[u"attempt"].toInt(), serials[which] == passed ? 1 : 2);
        }
    }
    line.closeInput();
    const auto ran = line.wait();
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(keys.size(), rounds);
    auto ledger = place.ledger();
    QCOMPARE(ledger.bindings()->size(), rounds);
    QCOMPARE(ledger.verifyChain(u"training"_s)->entries, 4 * rounds);
    QVERIFY(!ledger.verifyChain(u"training"_s)->firstBreak);
    QCOMPARE(place.enrolled().size(), rounds);
}

QTEST_GUILESS_MAIN(ClonesTest)
#include "clones.moc"
