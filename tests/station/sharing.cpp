// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/shopfloor.h"

#include <QDir>
#include <QFile>
#include <QProcess>

#include <unistd.h>

using namespace shopfloor;

/// Who may use one ledger at the same time.
class SharingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refuses_a_second_line_process_data() { engines(); }
    void refuses_a_second_line_process();
    void waits_for_a_line_that_is_just_leaving();
    void refuses_another_host_as_the_same_station();
    void lets_a_courier_only_deliver_data() { engines(); }
    void lets_a_courier_only_deliver();

private:
    [[nodiscard]] LedgerPlace fresh()
    {
        QFETCH(QString, engine);
        return m_places.fresh(engine);
    }
    /// Locks of this host are not seen there.
    void onAnotherHost(const std::function<void()> &what)
    {
        const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
        const QString elsewhere = m_places.workplace().path(u"run-of-another-host"_s);
        QVERIFY(QDir().mkpath(elsewhere));
        QVERIFY(QFile::setPermissions(
            elsewhere, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(elsewhere));
        what();
        qputenv("XDG_RUNTIME_DIR", runtime);
    }
    Places m_places;
};

namespace {

QString pathOf(const LedgerPlace &place)
{
    return parseDatabasePlace(place.url, place.folder)->path;
}

/// This program again, holding a ledger as a line until it is killed or its time is over.
class OtherLine {
public:
    explicit OtherLine(const LedgerPlace &place, const QString &milliseconds = u"-1"_s)
    {
        m_process.start(QCoreApplication::applicationFilePath(),
            {u"--hold"_s, place.url, place.folder, place.stationId, milliseconds});
        if (!m_process.waitForReadyRead(30'000))
            qFatal("the other line does not start");
    }
    ~OtherLine() { kill(); }
    Q_DISABLE_COPY_MOVE(OtherLine)

    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished(30'000);
    }

private:
    QProcess m_process;
};

int hold(const QStringList &arguments)
{
    LedgerPlace place;
    place.url = arguments.at(2);
    place.folder = arguments.at(3);
    place.stationId = arguments.at(4);
    const auto ledger = opened(place);
    QFile out;
    if (!out.open(STDOUT_FILENO, QIODevice::WriteOnly) || out.write("open\n") < 0)
        return 1;
    out.flush();
    if (const int milliseconds = arguments.at(5).toInt(); milliseconds >= 0)
        QTimer::singleShot(milliseconds, qApp, &QCoreApplication::quit);
    return QCoreApplication::exec();
}

} // namespace

void SharingTest::refuses_a_second_line_process()
{
    const LedgerPlace place = fresh();
    {
        OtherLine other(place);
        LedgerPlace again = place;
        if (place.url.startsWith(u"sqlite:"_s)) { // under another name it is the same ledger
            QVERIFY(QFile::link(pathOf(place), pathOf(place) + u".link"_s));
            again.url += u".link"_s;
        }
        for (const LedgerPlace &tried : {place, again}) {
            const auto ledger = Ledger::open(tried);
            QVERIFY(!ledger);
            QCOMPARE(ledger.error(),
                (Error{Fault::LedgerBusy,
                    u"station line1-a already runs here as process %1"_s.arg(other.pid())}));
        }
        LedgerPlace neighbour = place;
        neighbour.stationId = u"line1-b"_s;
        QVERIFY(Ledger::open(neighbour)); // another station may share it
        other.kill();
    }
    // The kernel frees the file at once; the server needs a moment to see the dead connection.
    QTRY_VERIFY_WITH_TIMEOUT(Ledger::open(place).has_value(), 30'000);
}

/// A server sees a moment late that somebody has gone.
void SharingTest::waits_for_a_line_that_is_just_leaving()
{
    const LedgerPlace place = m_places.fresh(u"postgres"_s);
    std::unique_ptr<OtherLine> other;
    onAnotherHost([&] { other = std::make_unique<OtherLine>(place, u"200"_s); });
    const auto ledger = Ledger::open(place);
    QVERIFY2(ledger, ledger ? "" : qPrintable(ledger.error().detail));
}

void SharingTest::refuses_another_host_as_the_same_station()
{
    const LedgerPlace place = m_places.fresh(u"postgres"_s);
    const auto ledger = opened(place);
    onAnotherHost([&] {
        const auto other = Ledger::open(place);
        QVERIFY(!other);
        QCOMPARE(other.error(),
            (Error{Fault::LedgerBusy, u"another host is station line1-a at this server"_s}));
    });
}

void SharingTest::lets_a_courier_only_deliver()
{
    const LedgerPlace place = fresh();
    LedgerPlace courier = place;
    courier.role = LedgerPlace::Role::Courier;
    if (place.url.startsWith(u"sqlite:"_s))
        QCOMPARE(Ledger::open(courier).error().fault, Fault::Missing); // and makes none
    auto line = opened(place);
    QVERIFY(record(*line, passOf(u"SN-1"_s, 1)));
    auto beside = opened(courier);
    QCOMPARE(record(*beside, passOf(u"SN-2"_s, 2)).error().fault, Fault::Refused);
    QCOMPARE(answer(*beside, &Ledger::queueWritten, [&] { return beside->begin(u"SN-2"_s, {}); })
                 .error()
                 .fault,
        Fault::Refused);
    const auto leased = lease(*beside, u"courier"_s);
    QCOMPARE(leased->deliveries.size(), 1);
    QCOMPARE(
        settle(*beside, {{leased->deliveries.first().id, DeliveryState::Acknowledged}})->size(), 1);
    QCOMPARE(counts(*line), (DeliveryCounts{.acknowledged = 1}));
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--hold")
        return hold(app.arguments());
    SharingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sharing.moc"
