// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultywire.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/challenge.h"
#include "tpm/endorsement.h"
#include "tpm/frame.h"
#include "tpm/session.h"
#include "tpm/templates.h"

#include <QTest>

#include <atomic>

using namespace Qt::StringLiterals;
using support::FaultyWire;
using support::Reply;
using support::response;
using tpm::Fault;
using tpm::Session;
using tpm::Template;

namespace {

constexpr quint32 startup = 0x144;
constexpr quint32 getCapability = 0x17a;

/// Something that a session does, in which one command is answered with an error code.
using Step = std::function<tpm::Result<void>(Session &)>;

template <typename T> tpm::Result<void> outcome(const tpm::Result<T> &result)
{
    if (!result)
        return std::unexpected(result.error());
    return {};
}

/// A challenge of the key that the first call reads.
Step challenged()
{
    return [key = std::optional<tpm::EndorsementKey>()](
               Session &session) mutable -> tpm::Result<void> {
        if (!key) {
            const auto read = tpm::readEndorsementKey(session);
            if (!read)
                return outcome(read);
            key = *read;
        }
        return tpm::provePossession(session, *key, tpm::secureRandom);
    };
}

} // namespace

Q_DECLARE_METATYPE(Step)

/// Every response code that a TPM can give, to every command that a session sends, reaches the
/// caller with its meaning; and the session can be used afterwards.
class ResponsesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyCode_data();
    void everyCode();
    void aResourceManagersCode();
    void codesOfOtherLayersAreGarbage();

private:
    support::Workplace m_workplace;
    std::unique_ptr<support::Swtpm> m_tpm;
};

void ResponsesTest::initTestCase()
{
    m_tpm = std::make_unique<support::Swtpm>(support::Swtpm::Options{.manufactured = true});
}

void ResponsesTest::everyCode_data()
{
    QTest::addColumn<quint32>("command");
    QTest::addColumn<Step>("step");
    const auto row = [](quint32 command, const Step &step) {
        QTest::newRow(qPrintable(tpm::commandName(command))) << command << step;
    };
    row(getCapability, [](Session &session) { return outcome(session.properties(0x100, 0x1ff)); });
    row(startup, [](Session &session) { return outcome(session.properties(0x100, 0x1ff)); });
    row(0x173, [](Session &session) { return outcome(session.readPublic(0x81010001)); });
    row(0x169, [](Session &session) { return outcome(session.readNv(0x01c00002, 1024)); });
    row(0x14e, [](Session &session) { return outcome(session.readNv(0x01c00002, 1024)); });
    row(0x131, [](Session &session) {
        return outcome(session.createPrimary(tpm::Hierarchy::Null, tpm::challengeArea()));
    });
    for (const quint32 command : {0x176U, 0x151U, 0x147U})
        row(command, challenged());
    row(0x165,
        [object = std::make_shared<std::optional<tpm::Object>>()](
            Session &session) -> tpm::Result<void> {
            if (!*object) {
                const auto made = session.createPrimary(tpm::Hierarchy::Null, tpm::challengeArea());
                if (!made)
                    return outcome(made);
                *object = *made;
            }
            const auto flushed = session.flush(**object);
            if (flushed)
                object->reset();
            return flushed;
        });
}

void ResponsesTest::everyCode()
{
    QFETCH(quint32, command);
    QFETCH(Step, step);
    std::atomic<quint32> code = 0;
    FaultyWire peer(FaultyWire::relay(
        m_tpm->socketPath(), {}, [&](const QByteArray &sent) -> std::optional<Reply> {
            const quint32 asked = tpm::commandCode(sent);
            if (code != 0 && command == startup && asked == getCapability)
                return response(0x100);
            if (code != 0 && asked == command)
                return response(code);
            return {};
        }));
    auto session = Session::over(peer.wire({.examination = std::chrono::minutes(10)}));
    QVERIFY(session.has_value());
    const auto before = step(**session);
    QVERIFY2(before.has_value(), before ? "" : qPrintable(before.error().detail));
    for (quint32 rc = 1; rc <= 0xfff; ++rc) {
        if ((rc & 0x180) == 0)
            continue; // neither of the formats of TPM 2.0 (TCG Part 2, 6.6.2)
        // Which parameter, handle or session is meant changes nothing but the text: three of them.
        const quint32 which = rc >> 8;
        if ((rc & 0x80) != 0 && which != 1 && which != 2 && which != 9)
            continue;
        if (rc == 0x100 && (command == getCapability || command == startup))
            continue; // TPM_RC_INITIALIZE: "not started" from the one, "is started" from the other
        code = rc;
        const auto result = step(**session);
        const QByteArray what = "code 0x" + QByteArray::number(rc, 16);
        QVERIFY2(!result.has_value(), what);
        const tpm::Error &error = result.error();
        QVERIFY2(error.fault == Fault::Refused, what + ": " + error.detail.toUtf8());
        QCOMPARE(error.code, rc);
        QCOMPARE(error.command, command);
        QCOMPARE(error.detail, tpm::commandName(command) + u": "_s + tpm::decode(rc));
        QVERIFY2(error.detail.contains(u"tpm:"_s), qPrintable(error.detail));
    }
    code = 0;
    const auto after = step(**session);
    QVERIFY2(after.has_value(), after ? "" : qPrintable(after.error().detail));
    session->reset();
    QCOMPARE(m_tpm->leftovers(), QByteArray());
}

/// The kernel's and tabrmd's resource managers put their layer into the code.
void ResponsesTest::aResourceManagersCode()
{
    for (const quint32 rc : {0xb0143U, 0xc018bU, 0xb0902U}) {
        FaultyWire peer([rc](const QByteArray &, int) { return response(rc); });
        auto session = Session::over(peer.wire());
        QVERIFY(session.has_value());
        const auto read = (*session)->readPublic(0x81010001);
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().fault, Fault::Refused);
        QCOMPARE(read.error().code, rc);
        QVERIFY(!read.error().detail.isEmpty());
    }
}

/// What no TPM may answer: the codes of the software layers above it, and of nobody. (Nine without
/// a layer is what tpm2-tss takes for its own "try again".)
void ResponsesTest::codesOfOtherLayersAreGarbage()
{
    for (const quint32 rc :
        {0x9U, 0x00070007U, 0x000a000aU, 0x000a0009U, 0x80010000U, 0xffffffffU}) {
        FaultyWire peer([rc](const QByteArray &, int) { return response(rc); });
        auto session = Session::over(peer.wire({.command = std::chrono::seconds(20)}));
        QVERIFY(session.has_value());
        const auto read = (*session)->readPublic(0x81010001);
        QVERIFY(!read.has_value());
        QVERIFY2(read.error().fault == Fault::Protocol, qPrintable(read.error().detail));
    }
}

QTEST_GUILESS_MAIN(ResponsesTest)
#include "responses.moc"
