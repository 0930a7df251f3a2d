// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/workshop.h"

using namespace workshop;

/// Keys that came as files: none of them is enrolled twice, whoever proved it.
class ImportedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void twoFilesWithOneKey_data() { engines(); }
    void twoFilesWithOneKey();
    void aKeyThatADeviceHas_data() { engines(); }
    void aKeyThatADeviceHas();
    void aDeviceWhoseKeyWasImported_data() { engines(); }
    void aDeviceWhoseKeyWasImported();

private:
    [[nodiscard]] std::unique_ptr<Store> fresh()
    {
        QFETCH(QString, engine);
        auto store = Store::open(m_places.fresh(engine));
        if (!store)
            qFatal("%s", qPrintable(store.error().detail));
        return std::move(*store);
    }
    static QString hashOf(int key) { return QString::fromLatin1(keyOf(key).sha256().toHex()); }
    static Lodging lodged(Store &store, const QString &registration, int key)
    {
        Arrival arrival{.file = registration + u".csv"_s, .form = u"csv"_s};
        arrival.enrollments = {Payload{u"main"_s, registration, "{\"payload\":1}"}};
        arrival.keys = {hashOf(key)};
        const auto done = store.takeIn(arrival);
        if (!done)
            qFatal("%s", qPrintable(done.error().detail));
        return done->lodgings.first();
    }

    Places m_places;
};

void ImportedTest::twoFilesWithOneKey()
{
    const auto store = fresh();
    QCOMPARE(lodged(*store, u"reg-a"_s, 1), Lodging::Queued);
    QCOMPARE(lodged(*store, u"reg-a"_s, 1), Lodging::Known);
    QCOMPARE(lodged(*store, u"reg-b"_s, 1), Lodging::Twice);
    QCOMPARE(lodged(*store, u"reg-b"_s, 2), Lodging::Queued);
    QCOMPARE(store->count(u"main"_s)->pending, 2);
    // Once the service has refused the first, its key is free.
    const auto leased = store->lease(u"main"_s, u"t"_s, 10, 60);
    QVERIFY(leased);
    for (const Delivery &delivery : leased->deliveries)
        if (delivery.payload.key == u"reg-a")
            QVERIFY(store->settle({{delivery.id, DeliveryState::Rejected}}));
    QCOMPARE(lodged(*store, u"reg-c"_s, 1), Lodging::Queued);
}

void ImportedTest::aKeyThatADeviceHas()
{
    const auto store = fresh();
    QVERIFY(store->record(passOf(u"SN-1"_s, 1)));
    QCOMPARE(lodged(*store, u"reg-b"_s, 1), Lodging::Twice);
    QCOMPARE(lodged(*store, keyOf(1).registrationId(), 1), Lodging::Known);
}

void ImportedTest::aDeviceWhoseKeyWasImported()
{
    const auto store = fresh();
    QCOMPARE(lodged(*store, u"reg-a"_s, 1), Lodging::Queued);
    const auto recorded = store->record(passOf(u"SN-1"_s, 1));
    QVERIFY(recorded);
    QCOMPARE(recorded->examination.verdict, Verdict::Fail);
    const Finding &finding = recorded->examination.findings.last();
    QCOMPARE(finding.advice, u"duplicate-ek"_s);
    QVERIFY2(finding.measured.startsWith(u"registration reg-a, imported"_s),
        qPrintable(finding.measured));
    QCOMPARE(store->record(passOf(u"SN-2"_s, 2))->examination.verdict, Verdict::Pass);
}

QTEST_GUILESS_MAIN(ImportedTest)
#include "imported.moc"
