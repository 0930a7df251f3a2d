// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sshtarget.h"

#include "station/examine.h"
#include "tests/support/program.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/lock.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace app;
using namespace station;
using support::Swtpm;

namespace {

/// An sshd of the test's own, on loopback, that lets this user in with one key. What is asked for
/// is answered by a simulated TPM, as tpm2_send answers with the unit's.
class SshServer {
public:
    SshServer(const QString &folder, const Swtpm &tpm) : m_folder(folder)
    {
        QDir().mkpath(folder);
        if (geteuid() == 0)
            QDir().mkpath(u"/run/sshd"_s); // where sshd of root shuts itself in
        for (const QString &key : {u"host"_s, u"user"_s})
            if (support::run(u"ssh-keygen"_s,
                    {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, u""_s, u"-f"_s, path(key)})
                    .exit
                != 0)
                qFatal("no ssh-keygen; install openssh-client");
        QFile::copy(path(u"user.pub"_s), path(u"authorized"_s));
        QTcpServer free;
        free.listen(QHostAddress::LocalHost);
        m_port = free.serverPort();
        free.close();
        write(u"config"_s,
            u"ListenAddress 127.0.0.1:%1\nHostKey %2\nAuthorizedKeysFile %3\nUsePAM no\n"
            "StrictModes no\nPidFile none\nPasswordAuthentication no\nPermitRootLogin yes\n"
            "ForceCommand echo \"$SSH_ORIGINAL_COMMAND\" >> %4; exec tpm2_send -T %5\n"_s
                .arg(m_port)
                .arg(path(u"host"_s), path(u"authorized"_s), path(u"asked"_s), tpm.text()));
        m_server = std::make_unique<support::Cli>(
            QStringList{u"-D"_s, u"-e"_s, u"-f"_s, path(u"config"_s)}, u"/usr/sbin/sshd"_s);
        while (true) {
            const QByteArray line = m_server->errorLine();
            if (line.contains("listening"))
                break;
            if (line.isEmpty())
                qFatal("sshd does not listen; install openssh-server");
        }
    }

    [[nodiscard]] QString path(const QString &name) const { return m_folder + u'/' + name; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QList<QByteArray> asked() const
    {
        QFile file(path(u"asked"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n')
                                              : QList<QByteArray>();
    }

private:
    void write(const QString &name, const QString &text) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
            qFatal("cannot write the configuration of sshd");
    }

    QString m_folder;
    int m_port = 0;
    std::unique_ptr<support::Cli> m_server;
};

} // namespace

/// A slot whose unit is reached by ssh, through a real sshd.
class SshTargetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aUnitIsExaminedAndItsConnectionKept();
    void whatMakesNoSenseIsNamed_data();
    void whatMakesNoSenseIsNamed();
    void aKeyFileMayHaveAnyName();

private:
    support::Workplace m_workplace;
};

void SshTargetTest::aUnitIsExaminedAndItsConnectionKept()
{
    const Swtpm tpm;
    const SshServer server(m_workplace.path(u"sshd"_s), tpm);
    const auto folder = tpm::lockFolder();
    QVERIFY(folder);
    const QString user = QString::fromLocal8Bit(support::run(u"id"_s, {u"-un"_s}).out).trimmed();
    const auto target = sshTarget({.host = u"127.0.0.1"_s,
                                      .user = user,
                                      .keyFile = server.path(u"user"_s),
                                      .port = server.port()},
        *folder);
    QVERIFY2(target, target ? "" : qPrintable(target.error().detail));
    const auto plan = loadPlan(u"qa"_s, {});
    QVERIFY(plan);
    QByteArray master;
    for (int round = 0; round < 2; ++round) {
        const auto seen = examine({.target = *target}, *plan, std::make_shared<tpm::Stop>());
        QVERIFY2(seen.key.has_value(), qPrintable(seen.trouble.value_or(Trouble{}).detail));
        // The connection outlives the examination, and the next one goes through it.
        const QStringList sockets = QDir(*folder).entryList({u"ssh-*"_s}, QDir::System);
        QCOMPARE(sockets.size(), 1);
        const auto checked = support::run(u"ssh"_s,
            {u"-o"_s, u"ControlPath="_s + *folder + u'/' + sockets.first(), u"-O"_s, u"check"_s,
                u"nobody"_s});
        QVERIFY2(checked.exit == 0, checked.err);
        if (round == 0)
            master = checked.err;
        QCOMPARE(checked.err, master); // "Master running (pid=…)"
    }
    QCOMPARE(server.asked().first(), QByteArray("tpm2_send -T device:/dev/tpmrm0"));
    const QStringList sockets = QDir(*folder).entryList({u"ssh-*"_s}, QDir::System);
    QCOMPARE(support::run(u"ssh"_s,
                 {u"-o"_s, u"ControlPath="_s + *folder + u'/' + sockets.first(), u"-O"_s, u"exit"_s,
                     u"nobody"_s})
                 .exit,
        0);
}

void SshTargetTest::whatMakesNoSenseIsNamed_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("device");
    QTest::addColumn<QString>("named");
    const QString host = u"192.0.2.1"_s, user = u"root"_s, none, tpm = u"/dev/tpmrm0"_s;
    QTest::newRow("no host") << none << user << none << 22 << tpm << u"host"_s;
    QTest::newRow("an option") << u"-oProxyCommand=id"_s << user << none << 22 << tpm << u"host"_s;
    QTest::newRow("a command") << u"a;reboot"_s << user << none << 22 << tpm << u"host"_s;
    QTest::newRow("a substitution") << u"$(id)"_s << user << none << 22 << tpm << u"host"_s;
    QTest::newRow("an endless host")
        << QString(300, u'a') << user << none << 22 << tpm << u"host"_s;
    QTest::newRow("no user") << host << none << none << 22 << tpm << u"user"_s;
    QTest::newRow("user with a space") << host << u"a b"_s << none << 22 << tpm << u"user"_s;
    QTest::newRow("an option for a user") << host << u"-v"_s << none << 22 << tpm << u"user"_s;
    QTest::newRow("no such key") << host << user << u"/nowhere/key"_s << 22 << tpm << u"key"_s;
    QTest::newRow("port 0") << host << user << none << 0 << tpm << u"port"_s;
    QTest::newRow("port 65536") << host << user << none << 65536 << tpm << u"port"_s;
    QTest::newRow("no device") << host << user << none << 22 << u"tpm0"_s << u"device"_s;
    QTest::newRow("two commands") << host << user << none << 22 << u"/dev/tpm0;id"_s << u"device"_s;
}

void SshTargetTest::whatMakesNoSenseIsNamed()
{
    QFETCH(const QString, host);
    QFETCH(const QString, user);
    QFETCH(const QString, key);
    QFETCH(const int, port);
    QFETCH(const QString, device);
    QFETCH(const QString, named);
    const auto target = sshTarget(
        {.host = host, .user = user, .keyFile = key, .port = port, .device = device}, u"/run"_s);
    QVERIFY(!target);
    QCOMPARE(target.error().fault, Fault::Syntax);
    QVERIFY2(target.error().detail.startsWith(named), qPrintable(target.error().detail));
}

void SshTargetTest::aKeyFileMayHaveAnyName()
{
    const QString name = m_workplace.path(u"it's a key; $(touch gone)"_s);
    QFile key(name);
    QVERIFY(key.open(QIODevice::WriteOnly));
    key.close();
    const auto target = sshTarget({.host = u"a"_s, .keyFile = name}, u"/run"_s);
    QVERIFY(target);
    // What sh makes of it, word by word.
    const QString echo = u"for word in %1; do echo \"$word\"; done"_s.arg(target->mid(4));
    const auto words = support::run(u"/bin/sh"_s, {u"-c"_s, echo});
    QVERIFY2(words.out.split('\n').contains(name.toUtf8()), words.out);
}

QTEST_GUILESS_MAIN(SshTargetTest)
#include "sshtarget.moc"
