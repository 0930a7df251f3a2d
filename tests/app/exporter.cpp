// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter.h"

#include "tests/support/consignment.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using app::Exporter;
using upload::handover::Form;

/// An export beside a window: it tells how far it is, stops, and leaves no half file.
class ExporterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void toTheEnd();
    void stopped();
    void abandoned();

private:
    static constexpr int devices = 2000;

    [[nodiscard]] station::LedgerPlace place() const
    {
        auto place = m_consignment->place();
        place.role = station::LedgerPlace::Role::Courier;
        return place;
    }

    /// Keeps the pool's threads from beginning anything until it goes.
    class Gate {
    public:
        Gate()
        {
            auto *pool = QThreadPool::globalInstance();
            for (int thread = 0; thread < pool->maxThreadCount(); ++thread)
                pool->start([open = m_open] { open->acquire(); });
        }
        ~Gate() { m_open->release(QThreadPool::globalInstance()->maxThreadCount()); }
        Q_DISABLE_COPY_MOVE(Gate)

    private:
        std::shared_ptr<QSemaphore> m_open = std::make_shared<QSemaphore>();
    };

    support::Workplace m_workplace;
    std::unique_ptr<support::Consignment> m_consignment;
};

void ExporterTest::initTestCase()
{
    m_consignment = std::make_unique<support::Consignment>(m_workplace.path(u"line"_s));
    m_consignment->record(1, devices);
}

void ExporterTest::toTheEnd()
{
    Exporter exporter(place());
    qint64 last = 0;
    connect(&exporter, &Exporter::progressed, this, [&](qint64 done, qint64 all) {
        QVERIFY(done > last && done <= all && all == devices);
        last = done;
    });
    QSignalSpy ended(&exporter, &Exporter::ended);
    exporter.begin({.current = true}, Form::Csv, m_workplace.path(u"all.csv"_s));
    QVERIFY(exporter.isBusy());
    exporter.begin({}, Form::Csv, m_workplace.path(u"second.csv"_s)); // one at a time
    QVERIFY(ended.wait(30'000));
    const auto exported =
        ended.first().first().value<station::Result<upload::handover::Exported>>();
    QVERIFY(exported);
    QCOMPARE(exported->rows, devices);
    QCOMPARE(last, devices);
    QVERIFY(!exporter.isBusy());
    QVERIFY(!QFile::exists(m_workplace.path(u"second.csv"_s)));
}

void ExporterTest::stopped()
{
    Exporter exporter(place());
    QSignalSpy ended(&exporter, &Exporter::ended);
    const QString file = m_workplace.path(u"stopped.csv"_s);
    {
        const Gate gate;
        exporter.begin({.current = true}, Form::Csv, file);
        exporter.stop();
    }
    QVERIFY(ended.wait(30'000));
    const auto exported =
        ended.first().first().value<station::Result<upload::handover::Exported>>();
    QVERIFY(!exported);
    QCOMPARE(exported.error().detail, u"stopped; nothing was written"_s);
    QVERIFY(!QFile::exists(file));
}

/// The window closes meanwhile.
void ExporterTest::abandoned()
{
    const QString file = m_workplace.path(u"abandoned.csv"_s);
    {
        const Gate gate;
        Exporter exporter(place());
        exporter.begin({.current = true}, Form::Csv, file);
    }
    QVERIFY(QThreadPool::globalInstance()->waitForDone());
    QVERIFY(!QFile::exists(file));
}

QTEST_GUILESS_MAIN(ExporterTest)
#include "exporter.moc"
