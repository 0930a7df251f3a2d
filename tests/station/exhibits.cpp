// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/station/shopfloor.h"

using namespace shopfloor;

/// What a ledger shows to those it hands devices to, page by page, on both engines.
class ExhibitsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void spansOfWhatIsAskedFor_data() { engines(); }
    void spansOfWhatIsAskedFor();
    void eachDeviceOnce_data() { engines(); }
    void eachDeviceOnce();
    void othersLoseTheirBody_data() { engines(); }
    void othersLoseTheirBody();

private:
    /// 1 to 5 pass, 2 belongs to another order, 3 is tested twice, 6 fails.
    [[nodiscard]] LedgerReader filled()
    {
        QFETCH(QString, engine);
        const LedgerPlace place = m_places.fresh(engine);
        const auto store = Store::open(place);
        for (const int number : {1, 2, 3, 4, 5, 3}) {
            Proposal proposal = passOf(u"SN-%1"_s.arg(number), number);
            proposal.device.order = number == 2 ? u"4712"_s : u"4711"_s;
            if (!(*store)->record(proposal))
                qFatal("not recorded");
        }
        if (!(*store)->record(failOf(u"SN-6"_s, 6)))
            qFatal("not recorded");
        return readerOf(place);
    }

    Places m_places;
};

void ExhibitsTest::spansOfWhatIsAskedFor()
{
    auto reader = filled();
    const QString line = u"line1-a"_s;
    QCOMPARE(*reader.spans({}), (QList{Span{line, 1, 7, 7}}));
    QCOMPARE(*reader.spans({.order = u"4712"_s}), (QList{Span{line, 2, 2, 1}}));
    QCOMPARE(*reader.spans({.current = true}), (QList{Span{line, 1, 6, 5}}));
    QCOMPARE(*reader.spans({.delivery = DeliveryState::Pending}), (QList{Span{line, 1, 6, 6}}));
    QCOMPARE(*reader.spans({.customer = u"nobody"_s}), QList<Span>());
}

void ExhibitsTest::eachDeviceOnce()
{
    auto reader = filled();
    const RecordFilter filter{.current = true, .limit = 2};
    const Span span = reader.spans(filter)->first();
    QList<qint64> seen;
    for (qint64 after = 0;;) {
        const auto page = reader.exhibits(filter, span, after);
        QVERIFY2(page, page ? "" : qPrintable(page.error().detail));
        if (page->isEmpty())
            break;
        for (const Exhibit &exhibit : *page) {
            QCOMPARE(exhibit.payload, QByteArray("{\"payload\":1}"));
            QCOMPARE(exhibit.delivery, DeliveryState::Pending);
            QVERIFY(exhibit.body.contains("\"verdict\":\"pass\""));
            seen.append(exhibit.id.seq);
        }
        after = page->last().id.seq;
    }
    QCOMPARE(seen, (QList<qint64>{1, 2, 4, 5, 6})); // the third device by its newest record
}

void ExhibitsTest::othersLoseTheirBody()
{
    auto reader = filled();
    const RecordFilter filter{.order = u"4711"_s, .limit = 4};
    const Span span = reader.spans(filter)->first();
    QCOMPARE(span, (Span{u"line1-a"_s, 1, 7, 6}));
    Chain chain;
    for (int page = 0; page < 2; ++page) {
        const auto links = reader.links(filter, span, chain.head().seq);
        QVERIFY2(links, links ? "" : qPrintable(links.error().detail));
        QCOMPARE(links->size(), page == 0 ? 4 : 3);
        for (const Entry &entry : *links) {
            QCOMPARE(entry.body.isNull(), entry.seq == 2);
            QCOMPARE(chain.add(entry), std::nullopt);
        }
    }
}

QTEST_GUILESS_MAIN(ExhibitsTest)
#include "exhibits.moc"
