// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed.h"

#include <QTest>

#include <sys/socket.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;
using namespace app;

namespace {

constexpr int patienceMs = 30'000;

/// A feed, the other end of its descriptor, and what it said.
class Scanner {
public:
    Scanner() : m_ends(ends()), m_feed(m_ends.second)
    {
        QObject::connect(&m_feed, &Feed::came, &m_feed, [this](const QList<Job> &jobs) {
            for (const Job &job : jobs)
                heard.append(job.target.isEmpty() ? job.serial : job.serial + u'@' + job.target);
        });
        QObject::connect(&m_feed, &Feed::wrong, &m_feed,
            [this](const QString &why) { heard.append(u"wrong: "_s + why); });
        QObject::connect(&m_feed, &Feed::ended, &m_feed, [this] { heard.append(u"ended"_s); });
    }
    ~Scanner()
    {
        close();
        ::close(m_ends.second);
    }
    /// Sends, and waits until the feed has read it.
    void send(const QByteArray &bytes)
    {
        if (write(m_ends.first, bytes.constData(), static_cast<size_t>(bytes.size()))
            != bytes.size())
            qFatal("not written");
        settle();
    }
    void close()
    {
        if (m_ends.first >= 0)
            ::close(std::exchange(m_ends.first, -1));
    }
    /// Until the end, which comes only once all before it was read.
    QStringList finish()
    {
        close();
        if (!QTest::qWaitFor([this] { return heard.contains(u"ended"_s); }, patienceMs))
            qFatal("no end");
        return std::exchange(heard, {});
    }

    QStringList heard;

private:
    static std::pair<int, int> ends()
    {
        int fds[2]{};
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
            qFatal("no socket");
        return {fds[0], fds[1]};
    }
    void settle() const
    {
        char byte = 0;
        const auto isRead = [&] {
            return recv(m_ends.second, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0;
        };
        if (!QTest::qWaitFor(isRead, patienceMs))
            qFatal("not read");
    }

    std::pair<int, int> m_ends;
    Feed m_feed;
};

} // namespace

/// Serials that come in as they are scanned, in whatever pieces a pipe makes of them.
class FeedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLineComesWhenItIsWhole();
    void linesFromWindows();
    void aCharacterMayComeInPieces();
    void theLastLineNeedsNoEnd();
    void anEndlessLineIsLeftOutWhole_data();
    void anEndlessLineIsLeftOutWhole();
    void aWrongLineStopsNothing();
    void nothingAtAll();
    void manyAtOnce();
};

void FeedTest::aLineComesWhenItIsWhole()
{
    Scanner scanner;
    scanner.send("SN-");
    QCOMPARE(scanner.heard, QStringList());
    scanner.send("1\nSN-2\tswtpm:path=/a\nSN");
    QCOMPARE(scanner.heard, QStringList({u"SN-1"_s, u"SN-2@swtpm:path=/a"_s}));
    scanner.send("-3\n");
    QCOMPARE(scanner.finish().mid(2), QStringList({u"SN-3"_s, u"ended"_s}));
}

void FeedTest::linesFromWindows()
{
    Scanner scanner;
    scanner.send("SN-1\r\nSN-2\r");
    scanner.send("\n\r\n");
    QCOMPARE(scanner.finish(), QStringList({u"SN-1"_s, u"SN-2"_s, u"ended"_s}));
}

void FeedTest::aCharacterMayComeInPieces()
{
    Scanner scanner;
    for (const char byte : QByteArray("\xec\x8b\x9c\xed\x97\x98-1\n"))
        scanner.send(QByteArray(1, byte));
    QCOMPARE(scanner.finish(), QStringList({u"시험-1"_s, u"ended"_s}));
}

void FeedTest::theLastLineNeedsNoEnd()
{
    Scanner scanner;
    scanner.send("SN-1\nSN-2");
    QCOMPARE(scanner.finish(), QStringList({u"SN-1"_s, u"SN-2"_s, u"ended"_s}));
    Scanner half;
    half.send("SN-1\n\xec\x8b");
    const auto heard = half.finish();
    QCOMPARE(heard.size(), 3);
    QVERIFY(heard[1].contains(u"UTF-8"));
}

void FeedTest::anEndlessLineIsLeftOutWhole_data()
{
    QTest::addColumn<int>("piece");
    QTest::newRow("in one piece") << 1'000'000;
    QTest::newRow("in two") << 5'000;
    QTest::newRow("in many") << 999;
}

void FeedTest::anEndlessLineIsLeftOutWhole()
{
    QFETCH(const int, piece);
    const QByteArray text = "SN-1\n" + QByteArray(10'000, 'A') + "\nSN-2\n";
    Scanner scanner;
    for (qsizetype from = 0; from < text.size(); from += piece)
        scanner.send(text.mid(from, piece));
    const auto heard = scanner.finish();
    // Its end must not be taken for a serial.
    QVERIFY2(heard.size() == 4, qPrintable(heard.join(u'\n')));
    QCOMPARE(heard.filter(u"SN-"_s), QStringList({u"SN-1"_s, u"SN-2"_s}));
    QCOMPARE(heard.filter(u"wrong: "_s).size(), 1);
    QVERIFY(heard.filter(u"wrong: "_s).first().size() < 200);
}

void FeedTest::aWrongLineStopsNothing()
{
    Scanner scanner;
    scanner.send("NO GOOD\nSN-1\n\xff\nSN-2\n");
    const auto heard = scanner.finish();
    QCOMPARE(heard.filter(u"wrong: "_s).size(), 2);
    QCOMPARE(heard.filter(u"SN-"_s), QStringList({u"SN-1"_s, u"SN-2"_s}));
}

void FeedTest::nothingAtAll()
{
    Scanner scanner;
    QCOMPARE(scanner.finish(), QStringList{u"ended"_s});
}

void FeedTest::manyAtOnce()
{
    QByteArray text;
    for (int i = 0; i < 5000; ++i)
        text += "SN-" + QByteArray::number(i) + '\n';
    Scanner scanner;
    for (qsizetype from = 0; from < text.size(); from += 4000)
        scanner.send(text.mid(from, 4000));
    const auto heard = scanner.finish();
    QCOMPARE(heard.size(), 5001);
    QCOMPARE(heard[4999], u"SN-4999"_s);
}

QTEST_GUILESS_MAIN(FeedTest)
#include "feed.moc"
