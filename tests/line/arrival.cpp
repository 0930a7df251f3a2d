// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/discovery.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace station;

/// A slot that is slow to answer is asked seldom, but at once where udev has done something.
class ArrivalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNewNodeIsLookedAtAtOnce();

private:
    support::Workplace m_workplace;
};

void ArrivalTest::aNewNodeIsLookedAtAtOnce()
{
    const auto plan = loadPlan(u"production"_s, {});
    QVERIFY(plan);
    Line line({{.name = u"1"_s, .target = u"cmd:sleep 1"_s}}, *plan, {});
    Bench bench(1);
    Discovery discovery(line, bench, m_workplace.folder());
    QSignalSpy asked(&bench, &Bench::probed);
    QElapsedTimer clock;
    clock.start();
    discovery.start();
    QVERIFY(asked.wait(60'000));
    const qint64 once = clock.restart();
    QFile node(m_workplace.path(u"tpmrm0"_s));
    QVERIFY(node.open(QIODevice::WriteOnly));
    QVERIFY(asked.wait(static_cast<int>(20 * once)));
    // Of itself it would have let ten times as long pass first.
    QVERIFY2(clock.elapsed() < 7 * once, qPrintable(QString::number(clock.elapsed())));
}

QTEST_GUILESS_MAIN(ArrivalTest)
#include "arrival.moc"
