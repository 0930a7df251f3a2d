// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/lock.h"

#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using tpm::Fault;
using tpm::Lock;

namespace {

tpm::Target target(const QString &text)
{
    const auto parsed = tpm::parseTarget(text);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().detail));
    return *parsed;
}

} // namespace

/// One owner for each target.
class LockTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSecondOwnerIsRefusedAtOnce();
    void twoWaysToWriteOneTarget_data();
    void twoWaysToWriteOneTarget();
    void differentTargetsDoNotMeet();
    void anotherProcessIsRefusedToo();
    void aFolderThatIsNotOurs();

private:
    support::Workplace m_workplace;
};

void LockTest::theSecondOwnerIsRefusedAtOnce()
{
    const tpm::Target one = target(u"device:/dev/tpm7"_s);
    {
        const auto owner = Lock::take(one);
        QVERIFY(owner.has_value());
        const auto second = Lock::take(one);
        QVERIFY(!second.has_value());
        QCOMPARE(second.error().fault, Fault::Busy);
        QVERIFY(second.error().detail.contains(u"/dev/tpm7"_s));
    }
    QVERIFY(Lock::take(one).has_value());
}

void LockTest::twoWaysToWriteOneTarget_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    const QString real = m_workplace.path(u"real"_s);
    const QString link = m_workplace.path(u"link"_s);
    QFile file(real);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QFile::link(real, link);
    QTest::newRow("symbolic link") << u"swtpm:path="_s + real << u"swtpm:path="_s + link;
    QTest::newRow("dots in a path")
        << u"device:"_s + real << u"device:"_s + m_workplace.path(u"run/../real"_s);
    QTest::newRow("localhost") << u"swtpm:host=localhost,port=9"_s
                               << u"swtpm:host=127.0.0.1,port=9"_s;
    QTest::newRow("the usual port") << u"swtpm"_s << u"swtpm:port=2321"_s;
    QTest::newRow("order of the settings")
        << u"swtpm:port=5,host=dut"_s << u"swtpm:host=dut,port=5"_s;
}

void LockTest::twoWaysToWriteOneTarget()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    const auto owner = Lock::take(target(one));
    QVERIFY(owner.has_value());
    const auto second = Lock::take(target(other));
    QVERIFY(!second.has_value());
    QCOMPARE(second.error().fault, Fault::Busy);
}

void LockTest::differentTargetsDoNotMeet()
{
    std::vector<Lock> owners;
    for (const QString &text : {u"device:/dev/tpm0"_s, u"device:/dev/tpm1"_s, u"swtpm:port=1"_s,
             u"swtpm:port=2"_s, u"swtpm:host=a,port=1"_s, u"cmd:ssh a"_s, u"cmd:ssh b"_s}) {
        auto owner = Lock::take(target(text));
        QVERIFY2(owner.has_value(), qPrintable(text));
        owners.push_back(std::move(*owner));
    }
}

void LockTest::anotherProcessIsRefusedToo()
{
    const auto owner = Lock::take(target(u"device:/dev/tpm3"_s));
    QVERIFY(owner.has_value());
    const QDir folder(*tpm::lockFolder());
    int held = 0;
    for (const QString &name : folder.entryList({u"target-*.lock"_s})) {
        const auto ran =
            support::run(u"flock"_s, {u"--nonblock"_s, folder.filePath(name), u"true"_s});
        held += ran.exit == 0 ? 0 : 1;
    }
    QCOMPARE(held, 1);
}

void LockTest::aFolderThatIsNotOurs()
{
    const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
    const QString other = m_workplace.path(u"other"_s);
    QVERIFY(QDir().mkpath(other));
    QFile inTheWay(other + u"/ekstation"_s);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(other));
    const auto refused = Lock::take(target(u"device:/dev/tpm0"_s));
    qputenv("XDG_RUNTIME_DIR", runtime);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().fault, Fault::Target);
    QVERIFY(refused.error().detail.contains(u"XDG_RUNTIME_DIR"_s));
}

QTEST_GUILESS_MAIN(LockTest)
#include "lock.moc"
