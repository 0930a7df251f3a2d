// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/workplace.h"
#include "tpm/lock.h"

#include <QJsonArray>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;

namespace {

enum class Manner {
    DiesAtOnce, ///< takes the command and is gone
    DiesInAnswer,
    Garbage,
    Announces4G,
    Refuses, ///< every command, with a TPM_RC
    Fragments, ///< a good TPM behind a line that carries a byte at a time
};

/// Something at a slot's socket that a TPM should be.
class RudeTpm {
public:
    RudeTpm(Manner manner, const QString &path, const QString &device)
        : m_manner(manner), m_device(device)
    {
        if (!m_server.listen(path))
            qFatal("%s", qPrintable(m_server.errorString()));
        QObject::connect(&m_server, &QLocalServer::newConnection, &m_server, [this] {
            while (QLocalSocket *station = m_server.nextPendingConnection())
                serve(station);
        });
    }

private:
    void serve(QLocalSocket *station)
    {
        auto *device = new QLocalSocket(station);
        device->connectToServer(m_device);
        QObject::connect(station, &QLocalSocket::readyRead, station,
            [this, station, device] { answer(station, device, station->readAll()); });
        QObject::connect(device, &QLocalSocket::readyRead, station, [station, device] {
            for (const char byte : device->readAll()) {
                station->putChar(byte);
                station->flush();
            }
        });
    }
    void answer(QLocalSocket *station, QLocalSocket *device, const QByteArray &command) const
    {
        switch (m_manner) {
        case Manner::DiesAtOnce:
            return station->abort();
        case Manner::DiesInAnswer:
            station->write(QByteArray::fromHex("8001000000"));
            return station->disconnectFromServer();
        case Manner::Garbage:
            station->write(QByteArray(40, '\xff'));
            return;
        case Manner::Announces4G:
            station->write(QByteArray::fromHex("8001ffffffff00000000"));
            return;
        case Manner::Refuses:
            station->write(QByteArray::fromHex("80010000000a00000101"));
            return;
        case Manner::Fragments:
            device->write(command);
            return;
        }
    }

    Manner m_manner;
    QString m_device;
    QLocalServer m_server;
};

} // namespace

/// A TPM that does not behave gets the verdict that says whose fault it is, and the other slots go
/// on.
class RudeTpmTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void getsItsVerdict_data();
    void getsItsVerdict();
    void aTargetInUseIsBusy();
    void scansThatMakeNoSense();

private:
    [[nodiscard]] const LinePlace &place() const { return *m_place; }

    support::Workplace m_workplace;
    std::unique_ptr<LinePlace> m_place;
    std::unique_ptr<station::Simulator> m_devices;
    int m_rows = 0;
};

void RudeTpmTest::initTestCase()
{
    m_place = std::make_unique<LinePlace>(1, m_workplace.path(u"place"_s));
    m_place->addSlots(1);
    m_devices =
        std::make_unique<station::Simulator>(support::blankDevices(2, m_workplace.path(u"tpms"_s)));
}

void RudeTpmTest::getsItsVerdict_data()
{
    QTest::addColumn<int>("manner");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("check"); ///< the finding that failed, or the error's code
    QTest::addColumn<int>("exit");
    const auto row = [](const char *name, Manner manner, const QString &verdict,
                         const QString &check, int exit) {
        QTest::newRow(name) << static_cast<int>(manner) << verdict << check << exit;
    };
    row("dies in a command", Manner::DiesAtOnce, u"error"_s, u"link"_s, 3);
    row("dies in an answer", Manner::DiesInAnswer, u"error"_s, u"link"_s, 3);
    row("answers garbage", Manner::Garbage, u"fail"_s, u"protocol"_s, 1);
    row("announces 4 GiB", Manner::Announces4G, u"fail"_s, u"protocol"_s, 1);
    row("refuses everything", Manner::Refuses, u"fail"_s, u"presence"_s, 1);
    row("answers in fragments", Manner::Fragments, u"pass"_s, u""_s, 0);
}

void RudeTpmTest::getsItsVerdict()
{
    QFETCH(int, manner);
    QFETCH(QString, verdict);
    QFETCH(QString, check);
    QFETCH(int, exit);
    ++m_rows;
    const QString path = m_workplace.path(u"rude%1.sock"_s.arg(m_rows));
    const RudeTpm rude(static_cast<Manner>(manner), path, m_devices->targets()[0].section(u'=', 1));
    const Ran ran = place().run(
        {u"RUDE-%1\tswtpm:path="_s.arg(m_rows) + path, u"GOOD-1\t"_s + m_devices->targets()[1]},
        {u"--again"_s});
    QVERIFY2(ran.exit == exit, ran.said());
    QCOMPARE(ran.json().size(), 3);
    for (const QJsonObject &seen : ran.json().first(2)) {
        if (seen[u"serial"].toString() == u"GOOD-1") {
            QCOMPARE(seen[u"verdict"].toString(), u"pass"_s);
            continue;
        }
        QCOMPARE(seen[u"verdict"].toString(), verdict);
        QVERIFY(seen[u"entry"].toInteger() > 0);
        if (verdict == u"error")
            QCOMPARE(seen[u"error"][u"code"].toString(), check);
        if (verdict == u"fail")
            QCOMPARE(seen[u"findings"].toArray().last()[u"check"].toString(), check);
    }
}

void RudeTpmTest::aTargetInUseIsBusy()
{
    const QStringList serials{
        u"BUSY-1\t"_s + m_devices->targets()[0], u"GOOD-1\t"_s + m_devices->targets()[1]};
    {
        const auto owner = tpm::Lock::take(*tpm::parseTarget(m_devices->targets()[0]));
        QVERIFY(owner.has_value());
        const Ran ran = place().run(serials, {u"--again"_s});
        QVERIFY2(ran.exit == 3, ran.said());
        QCOMPARE(ran.json().last()[u"pass"].toInt(), 1);
        QCOMPARE(ran.json().last()[u"error"].toInt(), 1);
        QVERIFY2(ran.out.contains("\"code\":\"busy\""), ran.said());
    }
    QCOMPARE(place().run(serials, {u"--again"_s}).json().last()[u"error"].toInt(), 0);
}

void RudeTpmTest::scansThatMakeNoSense()
{
    const qint64 before = place().ledger().verifyChain(u"training"_s)->entries;
    const QString good = u"TWICE-1\t"_s + m_devices->targets()[1];
    const Ran ran = place().run({good, good, u"lower-case"_s}, {u"--again"_s});
    QVERIFY2(ran.exit == 1, ran.said());
    QCOMPARE(ran.json().size(), 2);
    QVERIFY2(ran.err.contains("TWICE-1 is not tested: serial TWICE-1 is under test"), ran.said());
    QVERIFY2(ran.err.contains("\"lower-case\" does not match the plan's pattern"), ran.said());
    QCOMPARE(place().ledger().verifyChain(u"training"_s)->entries, before + 1);
}

QTEST_GUILESS_MAIN(RudeTpmTest)
#include "rudetpm.moc"
