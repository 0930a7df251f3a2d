// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/tokensource.h"

#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/lock.h"
#include "upload/client.h"
#include "upload/safe.h"
#include "upload/sastoken.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace upload;

namespace {

const Secret key(QByteArray(32, 'k'));
constexpr qint64 start = 1'700'000'000;

Credential sealedIn(const support::Swtpm &tpm)
{
    const auto credential = sealed({u"localhost"_s, u"p"_s, key}, tpm.text());
    if (!credential) {
        qFatal("%s", qPrintable(credential.error().detail));
    }
    return *credential;
}

/// What came of asking, as soon as something did.
Result<bool> outcomeOf(QSignalSpy &spy)
{
    if (spy.isEmpty() && !spy.wait(100'000)) {
        qFatal("nothing settled");
    }
    return spy.takeFirst().first().value<Result<bool>>();
}

bool isGood(const std::optional<QByteArray> &token)
{
    const auto parsed = token ? parseToken(*token) : Result<PresentedToken>();
    return token && parsed && parsed->isSignedWith(key);
}

} // namespace

class TokenSourceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_now = start; }
    void renewsBeforeTheEnd();
    void aTpmSignsAndTheTokenIsKept();
    void theOldTokenServesWhileTheTpmIsSilent();
    void waitsForABusyTpm();
    void saysWhatATpmLacks_data();
    void saysWhatATpmLacks();
    void aSilentTpmDoesNotHoldTheEnd();
    void handsOutAReadyMadeTokenUntilItEnds();
    void aClientAsksOncePerCall();

private:
    [[nodiscard]] station::Clock clock()
    {
        return [this] {
            return station::Moments{m_now * 1'000'000, 0, station::Moments::State::Synced};
        };
    }

    support::Workplace m_workplace;
    qint64 m_now = start;
};

void TokenSourceTest::renewsBeforeTheEnd()
{
    TokenSource source({u"localhost"_s, u"p"_s, key}, clock(), std::chrono::seconds(3600));
    const auto first = source.token();
    QVERIFY(isGood(first));
    m_now += 1800;
    QCOMPARE(source.token(), first);
    m_now += 1000;
    const auto second = source.token();
    QVERIFY(second != first);
    m_now -= 4000; // somebody set the clock back
    const auto third = source.token();
    QVERIFY(isGood(third) && third != second);
    m_now += 1;
    source.renew();
    QVERIFY(source.token() != third);
}

void TokenSourceTest::aTpmSignsAndTheTokenIsKept()
{
    const support::Swtpm tpm;
    TokenSource source(sealedIn(tpm), clock());
    QSignalSpy spy(&source, &TokenSource::settled);
    QVERIFY(!source.token());
    QVERIFY(outcomeOf(spy));
    const auto first = source.token();
    QVERIFY(isGood(first));
    m_now += 1800;
    QCOMPARE(source.token(), first);
    m_now += 1000; // its last quarter: still good, and a new one is being made
    QCOMPARE(source.token(), first);
    QVERIFY(outcomeOf(spy));
    QVERIFY(isGood(source.token()) && source.token() != first);
    QCOMPARE(tpm.leftovers(), QByteArray());
}

void TokenSourceTest::theOldTokenServesWhileTheTpmIsSilent()
{
    support::Swtpm tpm;
    TokenSource source(sealedIn(tpm), clock());
    QSignalSpy spy(&source, &TokenSource::settled);
    QVERIFY(!source.token());
    QVERIFY(outcomeOf(spy));
    const auto first = source.token();
    tpm.kill();
    m_now += 2800;
    QCOMPARE(source.token(), first);
    QVERIFY(!outcomeOf(spy));
    QCOMPARE(source.token(), first); // not asked again at once
    QVERIFY(!spy.wait(0));
    tpm.restart();
    m_now += 31;
    QCOMPARE(source.token(), first);
    QVERIFY(outcomeOf(spy));
    QVERIFY(isGood(source.token()) && source.token() != first);
}

void TokenSourceTest::waitsForABusyTpm()
{
    const support::Swtpm tpm;
    TokenSource source(sealedIn(tpm), clock());
    QSignalSpy spy(&source, &TokenSource::settled);
    QSignalSpy tries(&source, &TokenSource::signedInTpm);
    {
        const auto other = tpm::Lock::take(tpm.target());
        QVERIFY(other);
        QVERIFY(!source.token());
        QTRY_VERIFY_WITH_TIMEOUT(tries.size() >= 2, 60'000);
    }
    QVERIFY(outcomeOf(spy));
    QVERIFY(isGood(source.token()));
}

void TokenSourceTest::saysWhatATpmLacks_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QString>("says");
    QTest::newRow("cleared") << u"cleared"_s << Fault::Unauthorized << u"enter the key again"_s;
    QTest::newRow("another") << u"another"_s << Fault::Unauthorized << u"enter the key again"_s;
    QTest::newRow("missing") << u"missing"_s << Fault::Wrong << u"cannot open"_s;
    QTest::newRow("silent") << u"silent"_s << Fault::Unreachable << u"no answer"_s;
    QTest::newRow("no target") << u"no target"_s << Fault::Wrong << u"does not sign"_s;
}

void TokenSourceTest::saysWhatATpmLacks()
{
    QFETCH(const QString, what);
    QFETCH(const Fault, fault);
    QFETCH(const QString, says);
    const support::Swtpm tpm;
    const support::Swtpm another;
    Credential credential = sealedIn(tpm);
    if (what == u"cleared") {
        QCOMPARE(tpm.tool(u"tpm2_clear"_s, {}).exit, 0);
    } else if (what == u"another") {
        credential.seal->target = another.text();
    } else if (what == u"missing") {
        credential.seal->target = u"device:/dev/no-such-tpm"_s;
    } else if (what == u"silent") {
        tpm.stop();
    } else {
        credential.seal->target = u"swtpm:nowhere"_s;
    }
    TokenSource source(credential, clock());
    QSignalSpy spy(&source, &TokenSource::settled);
    QVERIFY(!source.token());
    const auto outcome = outcomeOf(spy);
    tpm.resume();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().fault, fault);
    QVERIFY2(outcome.error().detail.contains(says), qPrintable(outcome.error().detail));
}

void TokenSourceTest::aSilentTpmDoesNotHoldTheEnd()
{
    const support::Swtpm tpm;
    const Credential credential = sealedIn(tpm);
    tpm.stop();
    QElapsedTimer timer;
    {
        TokenSource source(credential, clock());
        QVERIFY(!source.token());
        QCoreApplication::processEvents();
        timer.start();
    }
    // Far below what the TPM may take, however busy this computer is.
    QVERIFY(timer.elapsed() < 4000);
    tpm.resume();
}

void TokenSourceTest::handsOutAReadyMadeTokenUntilItEnds()
{
    const QByteArray text = signToken(u"localhost"_s, key, u"p"_s, start + 100'000);
    const auto credential = parseCredential(text);
    QVERIFY(credential);
    TokenSource source(*credential, clock());
    QSignalSpy spy(&source, &TokenSource::settled);
    QCOMPARE(source.token(), text);
    source.renew();
    QCOMPARE(source.token(), text);
    m_now += 99'999;
    QCOMPARE(source.token(), text);
    m_now += 1;
    QVERIFY(!source.token());
    const auto outcome = outcomeOf(spy);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().fault, Fault::Unauthorized);
    QVERIFY(outcome.error().detail.contains(u"expired at 2023-11-16T02:00:00Z"));
}

/// A TPM that is gone is asked when there is something to send, and not again and again.
void TokenSourceTest::aClientAsksOncePerCall()
{
    const QString log = m_workplace.path(u"asked"_s);
    const support::Swtpm tpm;
    Credential credential = sealedIn(tpm);
    credential.seal->target = u"cmd:echo asked >> %1; false"_s.arg(log);
    Endpoint endpoint;
    endpoint.url = QUrl(u"https://localhost:1"_s);
    const auto client = Client::open(endpoint, credential);
    QVERIFY(client);
    const QByteArray once = "asked\n";
    for (const int calls : {1, 2, 3}) {
        std::optional<Error> error;
        (*client)->get(u"a"_s, [&](const Result<Enrollment> &answer) { error = answer.error(); });
        QVERIFY(QTest::qWaitFor([&] { return error.has_value(); }, 60'000));
        QVERIFY2(error->detail.contains(u"does not sign"), qPrintable(error->detail));
        QFile file(log);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), once.repeated(calls));
    }
}

QTEST_GUILESS_MAIN(TokenSourceTest)
#include "tokensource.moc"
