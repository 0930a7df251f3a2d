// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultywire.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/challenge.h"
#include "tpm/endorsement.h"
#include "tpm/frame.h"
#include "tpm/session.h"

#include <QTest>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::FaultyWire;
using support::Reply;
using support::Swtpm;
using tpm::Fault;
using tpm::Session;

namespace {

enum class Mishap { Refusal, Garbage, Closing, Stopping };

/// The commands between which a session owns something inside the TPM, and where in the sequence
/// each of them stands: the EK is made on a blank TPM, then the key of the challenge.
struct Moment {
    const char *name;
    quint32 command;
    int occurrence;
};
constexpr Moment moments[] = {
    {"the EK's creation", 0x131, 1},
    {"the challenge key's creation", 0x131, 2},
    {"the policy session", 0x176, 1},
    {"the policy", 0x151, 1},
    {"the credential", 0x147, 1},
    {"a flush", 0x165, 1},
};

} // namespace

Q_DECLARE_METATYPE(Mishap)

/// Whatever happens at whatever command: once the session is gone, the TPM holds nothing of it.
class LeftoversTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void success();
    void whatWasThereBeforeStays();
    void mishaps_data();
    void mishaps();
    void manyFailuresInOneSession();

private:
    support::Workplace m_workplace;
    Swtpm m_tpm;
};

void LeftoversTest::success()
{
    {
        const auto session = Session::open(m_tpm.target(), {}, std::make_shared<tpm::Stop>());
        QVERIFY(session.has_value());
        const auto key = tpm::readEndorsementKey(**session);
        QVERIFY2(key.has_value(), key ? "" : qPrintable(key.error().detail));
        QVERIFY(tpm::provePossession(**session, *key, tpm::secureRandom).has_value());
        // The EK is still needed; the challenge's own objects are gone already.
        QCOMPARE((*session)->handles(0x80000000, 0x80ffffff)->size(), 1);
        QCOMPARE((*session)->handles(0x02000000, 0x02ffffff)->size(), 0);
    }
    QCOMPARE(m_tpm.leftovers(), QByteArray());
}

void LeftoversTest::whatWasThereBeforeStays()
{
    const Swtpm tpm;
    QTemporaryDir folder;
    const auto made =
        tpm.tool(u"tpm2_createprimary"_s, {u"-c"_s, folder.filePath(u"context"_s), u"-Q"_s});
    QVERIFY2(made.exit == 0, made.said());
    const QByteArray before = tpm.leftovers();
    QVERIFY(before.contains("0x80000000"));
    {
        const auto session = Session::open(tpm.target(), {}, std::make_shared<tpm::Stop>());
        QVERIFY(session.has_value());
        const auto key = tpm::readEndorsementKey(**session);
        QVERIFY(key.has_value());
        QVERIFY(tpm::provePossession(**session, *key, tpm::secureRandom).has_value());
    }
    QCOMPARE(tpm.leftovers(), before);
}

void LeftoversTest::mishaps_data()
{
    QTest::addColumn<quint32>("command");
    QTest::addColumn<int>("occurrence");
    QTest::addColumn<Mishap>("mishap");
    QTest::addColumn<bool>("reachesTheTpm");
    for (const Moment &moment : moments) {
        const auto row = [&](const char *what, Mishap mishap, bool reachesTheTpm) {
            QTest::addRow("%s at %s", what, moment.name)
                << moment.command << moment.occurrence << mishap << reachesTheTpm;
        };
        row("refusal", Mishap::Refusal, false);
        row("garbage", Mishap::Garbage, false);
        row("a lost connection", Mishap::Closing, false);
        row("stop while the TPM works", Mishap::Stopping, true);
        // An answer that was lost takes with it the only word about a handle.
        if (moment.command != 0x131 && moment.command != 0x176) {
            row("garbage instead of the answer", Mishap::Garbage, true);
            row("a connection lost before the answer", Mishap::Closing, true);
        }
    }
}

void LeftoversTest::mishaps()
{
    QFETCH(quint32, command);
    QFETCH(int, occurrence);
    QFETCH(Mishap, mishap);
    QFETCH(bool, reachesTheTpm);
    const auto stop = std::make_shared<tpm::Stop>();
    std::atomic<int> seen = 0;
    std::atomic<bool> happened = false;
    const auto isIt = [&](const QByteArray &sent) {
        return tpm::commandCode(sent) == command && ++seen == occurrence;
    };
    const auto happens = [&](const QByteArray &answer) -> Reply {
        happened = true;
        Reply reply;
        switch (mishap) {
        case Mishap::Refusal:
            return support::response(0x101);
        case Mishap::Garbage:
            return QByteArray(20, 'g');
        case Mishap::Closing:
            reply.closes = true;
            break;
        case Mishap::Stopping:
            stop->request();
            if (!answer.isEmpty()) // late, and in two parts
                reply.parts = {answer.left(7), answer.mid(7)};
            break;
        }
        return reply;
    };
    FaultyWire relay(FaultyWire::relay(
        m_tpm.socketPath(),
        [&](const QByteArray &sent, const QByteArray &answer) -> Reply {
            return reachesTheTpm && isIt(sent) ? happens(answer) : Reply(answer);
        },
        [&](const QByteArray &sent) -> std::optional<Reply> {
            if (reachesTheTpm || !isIt(sent))
                return {};
            return happens({});
        }));
    {
        const auto session = Session::open(relay.listen(), {.command = 20s}, stop);
        QVERIFY(session.has_value());
        const auto key = tpm::readEndorsementKey(**session);
        if (key)
            std::ignore = tpm::provePossession(**session, *key, tpm::secureRandom);
        QVERIFY(happened);
    }
    QCOMPARE(m_tpm.leftovers(), QByteArray());
}

/// Three object slots and three sessions is all a TPM must have.
void LeftoversTest::manyFailuresInOneSession()
{
    const auto session = Session::open(m_tpm.target(), {}, std::make_shared<tpm::Stop>());
    QVERIFY(session.has_value());
    auto key = tpm::readEndorsementKey(**session);
    QVERIFY(key.has_value());
    tpm::EndorsementKey other = *key;
    other.publicArea[200] = static_cast<char>(other.publicArea[200] ^ 1);
    for (int i = 0; i < 10; ++i) {
        const auto proven = tpm::provePossession(**session, other, tpm::secureRandom);
        QVERIFY(!proven.has_value());
        QCOMPARE(proven.error().command, 0x147U); // never at an object or session too many
    }
    QVERIFY(tpm::provePossession(**session, *key, tpm::secureRandom).has_value());
}

QTEST_GUILESS_MAIN(LeftoversTest)
#include "leftovers.moc"
