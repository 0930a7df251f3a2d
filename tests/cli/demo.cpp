// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"
#include "upload/enrollment.h"
#include "upload/standin/enrollments.h"

#include <QTest>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;

/// ekstation-cli demo, and that what the service holds is what other tools read from the devices.
class DemoTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theServiceHoldsWhatTheDevicesHold();
    void aKeyMadeAnewIsTheOneThatToolsMake();

private:
    support::Workplace m_workplace;
};

void DemoTest::theServiceHoldsWhatTheDevicesHold()
{
    constexpr int devices = 3;
    const QString kept = m_workplace.path(u"kept"_s);
    const Ran ran = support::runCli(
        {u"demo"_s, u"--devices"_s, QString::number(devices), u"--keep"_s, kept, u"--json"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    auto lines = ran.json();
    QCOMPARE(lines.takeLast()[u"confirmed"].toInt(), devices);
    QCOMPARE(lines.size(), devices);
    QTRY_COMPARE(support::processesWith(kept.toUtf8()).size(), 0);

    QMap<QString, QString> stateOf; // by target
    QStringList states;
    for (int device = 1; device <= devices; ++device) {
        states.append(kept + u"/devices/device%1"_s.arg(device));
        stateOf[u"swtpm:path=%1.sock"_s.arg(states.last())] = states.last();
    }
    const auto again = station::Simulator::wake(states);
    QVERIFY(again.has_value());
    const auto books = upload::standin::Books::open(kept + u"/service/enrollments.db"_s);
    QVERIFY(books.has_value());
    upload::standin::Enrollments held(**books);
    QCOMPARE(held.count().value_or(-1), devices);
    for (const QJsonObject &line : std::as_const(lines)) {
        const auto stored = held.find(line[u"ek"][u"registrationId"].toString());
        QVERIFY(stored && *stored);
        const auto enrollment = upload::enrollmentOf((*stored)->record);
        QVERIFY(enrollment.has_value());
        QVERIFY(stateOf.contains(line[u"target"].toString()));
        QCOMPARE(QByteArray::fromBase64(enrollment->endorsementKey),
            support::readPublic(line[u"target"].toString()));
    }
}

void DemoTest::aKeyMadeAnewIsTheOneThatToolsMake()
{
    const LinePlace place(1, m_workplace.path(u"place"_s));
    const auto simulator = support::blankDevices(1, m_workplace.path(u"tpms"_s));
    const QString target = simulator.targets().first();
    const Ran ran = place.run({u"BLANK-1\t"_s + target});
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.json().value(0)[u"ek"][u"handle"].toString(), u"0x81010001"_s);
    const QString file = m_workplace.path(u"ek"_s);
    const Ran made = support::run(u"tpm2_createek"_s,
        {u"-T"_s, target, u"-c"_s, m_workplace.path(u"context"_s), u"-u"_s, file, u"-f"_s,
            u"tss"_s});
    QVERIFY2(made.exit == 0, made.said());
    QFile key(file);
    QVERIFY(key.open(QIODevice::ReadOnly));
    const auto enrolled = place.enrolled();
    QCOMPARE(enrolled.size(), 1);
    QCOMPARE(QByteArray::fromBase64(enrolled.first()), key.readAll());
}

QTEST_GUILESS_MAIN(DemoTest)
#include "demo.moc"
