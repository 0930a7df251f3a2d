// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/unitplan.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace station;

/// What the factory's system tells of a unit, in the limits of its checks.
class UnitPlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void limitsThatTheFactoryTells_data();
    void limitsThatTheFactoryTells();
};

void UnitPlanTest::limitsThatTheFactoryTells_data()
{
    QTest::addColumn<Device>("device");
    QTest::addColumn<QString>("refused"); ///< empty: it is not
    const Device told{.serial = u"S1"_s,
        .order = u"O"_s,
        .facts = {{u"chip"_s, u"SLB9672"_s}, {u"firmware"_s, u"15.20-15.23"_s}}};
    QTest::newRow("told") << told << QString();
    Device none = told;
    none.facts.clear();
    QTest::newRow("not told") << none << u"did not say"_s;
    Device empty = told;
    empty.facts[u"chip"_s] = QString();
    QTest::newRow("told nothing") << empty << u"did not say"_s;
    Device garbage = told;
    garbage.facts[u"firmware"_s] = u"the newest"_s;
    QTest::newRow("garbage") << garbage << u"\"the newest\", which is no version"_s;
}

void UnitPlanTest::limitsThatTheFactoryTells()
{
    QFETCH(const Device, device);
    QFETCH(const QString, refused);
    const auto plan =
        parsePlan("schema = 1\nname = \"mine\"\nversion = \"1\"\n"
                  "[[check]]\nname = \"model\"\nmodel = [\"{chip}\", \"SLB9670\"]\n"
                  "firmware = [\"{firmware}\"]\n"
                  "[[check]]\nname = \"identity\"\nimage = \"for-{serial}-{order}\"\n",
            u"mine.toml"_s);
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().detail));
    const auto own = planFor(*plan, device);
    QCOMPARE(own.has_value(), refused.isEmpty());
    if (!own) {
        QCOMPARE(own.error().fault, Fault::Refused);
        QVERIFY2(own.error().detail.contains(refused), qPrintable(own.error().detail));
        return;
    }
    QCOMPARE(own->limitsOf(u"model"_s)[u"model"_s].toStringList(),
        (QStringList{u"SLB9672"_s, u"SLB9670"_s}));
    QCOMPARE(
        own->limitsOf(u"model"_s)[u"firmware"_s].toStringList(), QStringList(u"15.20-15.23"_s));
    QCOMPARE(own->limitsOf(u"identity"_s)[u"image"_s].toString(), u"for-S1-O"_s);
}

QTEST_GUILESS_MAIN(UnitPlanTest)
#include "unitplan.moc"
