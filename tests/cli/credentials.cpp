// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/keyring.h"
#include "tests/support/standin.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "upload/safe.h"
#include "upload/sastoken.h"

#include <QFile>
#include <QTest>

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using support::Ran;
using support::runCli;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(path));
    return file.readAll();
}

QByteArray connectionString(const QByteArray &key)
{
    return "HostName=x.example;SharedAccessKeyName=owner;SharedAccessKey=" + key;
}

} // namespace

/// ekstation-cli credentials, against a real service, TPM and keychain.
class CredentialsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void keepsTestsListsAndForgets_data();
    void keepsTestsListsAndForgets();
    void takesAKeyAlone();
    void keepsAToken();
    void testsWhatTheSettingsName();
    void saysWhyTheServiceSaysNo();
    void saysWhatIsWrongWithASecret_data();
    void saysWhatIsWrongWithASecret();
    void saysThatTheTpmWasCleared();
    void saysThatTheKeychainIsLockedOrAbsent();
    void aTerminalShowsNothingOfTheSecret();

private:
    [[nodiscard]] QByteArray secret() const { return contentOf(m_service->credentialFile()); }
    [[nodiscard]] QStringList tested(const QString &name) const
    {
        return {u"credentials"_s, u"test"_s, name, u"--service"_s, m_service->url().toString(),
            u"--ca"_s, m_service->caFile(), u"--tpm"_s, m_tpm->text(), u"--json"_s};
    }

    support::Workplace m_workplace;
    std::unique_ptr<support::StandIn> m_service;
    std::unique_ptr<support::Swtpm> m_tpm;
};

void CredentialsTest::initTestCase()
{
    m_service = std::make_unique<support::StandIn>(m_workplace.path(u"service"_s));
    m_tpm = std::make_unique<support::Swtpm>();
}

void CredentialsTest::cleanup()
{
    const auto cards = upload::listSafe(upload::usualSafe());
    for (const auto &card : cards)
        std::ignore = upload::discard(card.name, card.source.place, upload::usualSafe());
}

void CredentialsTest::keepsTestsListsAndForgets_data()
{
    QTest::addColumn<QString>("place");
    for (const char *place : {"file", "keychain", "tpm"})
        QTest::newRow(place) << QString::fromLatin1(place);
}

void CredentialsTest::keepsTestsListsAndForgets()
{
    QFETCH(const QString, place);
    const support::Keyring keyring(support::Keyring::State::Unlocked);
    const Ran added = runCli({u"credentials"_s, u"add"_s, u"main"_s, u"--in"_s, place, u"--tpm"_s,
                                 m_tpm->text(), u"--json"_s},
        secret());
    QVERIFY2(added.exit == 0, added.said());
    const QJsonObject card = added.json().first();
    QCOMPARE(card[u"in"], place);
    QCOMPARE(card[u"host"], u"localhost"_s);
    QVERIFY(card[u"credential"].toString().startsWith(place + u':'));
    const Ran tested = runCli(this->tested(u"main"_s));
    QVERIFY2(tested.exit == 0, tested.said());
    const Ran listed = runCli({u"credentials"_s, u"list"_s, u"--json"_s});
    QCOMPARE(listed.json(), QList{card});
    const QByteArray key = secret().mid(secret().lastIndexOf("SharedAccessKey=") + 16).trimmed();
    QVERIFY(key.size() > 40);
    for (const Ran &ran : {added, tested, listed})
        QVERIFY(!ran.said().contains(key));
    const Ran gone = runCli({u"credentials"_s, u"remove"_s, u"main"_s});
    QVERIFY2(gone.exit == 0, gone.said());
    QCOMPARE(runCli({u"credentials"_s, u"list"_s, u"--json"_s}).out, QByteArray());
    QCOMPARE(runCli({u"credentials"_s, u"remove"_s, u"main"_s}).exit, 2);
    QCOMPARE(m_tpm->leftovers(), QByteArray());
}

void CredentialsTest::takesAKeyAlone()
{
    const auto credential = m_service->credential();
    const QByteArray key = credential.key.bytes().toByteArray().toBase64();
    const QStringList add{u"credentials"_s, u"add"_s, u"bare"_s, u"--host"_s, credential.host,
        u"--policy"_s, credential.policy};
    QCOMPARE(runCli(add, key + '\n').exit, 0);
    QCOMPARE(runCli(tested(u"bare"_s)).exit, 0);
    QCOMPARE(runCli(add.first(5), key).exit, 2);
}

void CredentialsTest::keepsAToken()
{
    const auto credential = m_service->credential();
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const auto token = [&](qint64 life) {
        return upload::signToken(credential.host, credential.key, credential.policy, now + life);
    };
    const QStringList add{u"credentials"_s, u"add"_s, u"token"_s};
    const Ran soon = runCli(add, token(7200));
    QCOMPARE(soon.exit, 0);
    QVERIFY2(soon.out.contains("expires soon"), soon.said());
    QCOMPARE(runCli(tested(u"token"_s)).exit, 0);
    const Ran later = runCli(add, token(30 * 86400));
    QVERIFY2(later.exit == 0 && later.out.contains("the token expires at"), later.said());
    const Ran over = runCli(add, token(-1));
    QVERIFY2(over.exit == 2 && over.err.contains("this token expired at"), over.said());
    const Ran sealed = runCli(add + QStringList{u"--in"_s, u"tpm"_s}, token(7200));
    QVERIFY2(sealed.exit == 2 && sealed.err.contains("a key, not a token"), sealed.said());
    // One that ended while it was kept is asked for at the service's door.
    QVERIFY(upload::writeFile(upload::usualSafe() + u"/token.credential"_s, token(-5), true));
    const Ran ended = runCli(tested(u"token"_s));
    QCOMPARE(ended.exit, 1);
    QVERIFY2(
        ended.json().first()[u"seen"].toString().contains(u"the token expired at"), ended.said());
    QVERIFY(ended.json().last()[u"seen"].toString().contains(u"the SAS token expired at"));
}

void CredentialsTest::testsWhatTheSettingsName()
{
    QVERIFY(runCli({u"credentials"_s, u"add"_s, u"deep"_s, u"--in"_s, u"tpm"_s, u"--tpm"_s,
                       m_tpm->text()},
                secret())
                .exit
        == 0);
    const QString station = m_workplace.path(u"station.toml"_s);
    const auto write = [&](const QByteArray &credential) {
        QFile file(station);
        return file.open(QIODevice::WriteOnly)
            && file.write("schema = 1\n[station]\nid = \"a\"\ntpm = \"" + m_tpm->text().toUtf8()
                   + "\"\n[service.main]\nurl = \"" + m_service->url().toEncoded()
                   + "\"\ntest = true\nca = \"" + m_service->caFile().toUtf8()
                   + "\"\ncredential = \"" + credential + "\"\n")
            > 0;
    };
    const QStringList test{u"credentials"_s, u"test"_s, u"main"_s, u"--station"_s, station};
    QVERIFY(write("tpm:deep"));
    const Ran inTpm = runCli(test);
    QVERIFY2(inTpm.exit == 0 && inTpm.out.contains("in tpm:deep"), inTpm.said());
    qputenv("EKSTATION_TEST_CREDENTIAL", secret().trimmed());
    QVERIFY(write("env:EKSTATION_TEST_CREDENTIAL"));
    const Ran inEnvironment = runCli(test);
    QVERIFY2(inEnvironment.exit == 0, inEnvironment.said());
    qunsetenv("EKSTATION_TEST_CREDENTIAL");
    const Ran nowhere = runCli(test);
    QVERIFY2(
        nowhere.exit == 3 && nowhere.out.contains("no EKSTATION_TEST_CREDENTIAL"), nowhere.said());
    QVERIFY(runCli({u"credentials"_s, u"list"_s, u"--station"_s, station})
            .out.contains("no EKSTATION_TEST_CREDENTIAL"));
}

void CredentialsTest::saysWhyTheServiceSaysNo()
{
    const QByteArray foreign =
        connectionString(QByteArray(64, 'k').toBase64()).replace("x.example", "localhost");
    QCOMPARE(runCli({u"credentials"_s, u"add"_s, u"foreign"_s}, foreign).exit, 0);
    const Ran refused = runCli(tested(u"foreign"_s));
    QVERIFY2(refused.exit == 1, refused.said());
    QCOMPARE(refused.json().last()[u"outcome"], u"fail"_s);
    QStringList nobody = tested(u"foreign"_s);
    nobody[4] = u"https://localhost:1"_s;
    const Ran unreachable = runCli(nobody);
    QVERIFY2(unreachable.exit == 3, unreachable.said());
    QVERIFY(unreachable.json().last()[u"cure"].toString().contains(u"check the network"));
}

void CredentialsTest::saysWhatIsWrongWithASecret_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("more");
    QTest::addColumn<QByteArray>("says");
    const QByteArray good = QByteArray(32, 'k').toBase64();
    const auto row = [](const char *name, const QByteArray &input, const char *says,
                         const QString &more = {}) {
        QTest::newRow(name) << input << more << QByteArray(says);
    };
    row("nothing", {}, "nothing came on standard input");
    row("endless", QByteArray(10'000, 'a'), "more than a connection string");
    row("no base64", connectionString("s3cr3t!!"), "not base64");
    row("cut base64", connectionString(good.chopped(1)), "not base64");
    row("a short key", connectionString("c2VjcmV0"), "6 bytes");
    row("a long key", connectionString(QByteArray(65, 'k').toBase64()), "65 bytes");
    row("no host", "SharedAccessKeyName=a;SharedAccessKey=" + good, "needs HostName");
    row("no policy", "HostName=a;SharedAccessKey=" + good, "SharedAccessKeyName");
    row("a part without =", "HostName=a;secret", "without '='");
    row("a token without end", "SharedAccessSignature sr=a&sig=YQ%3D%3D", "no expiry");
    row("the environment", connectionString(good), "keychain, file or tpm", u"--in env"_s);
    row("a secret as an argument", {}, "one NAME", QString::fromLatin1(connectionString(good)));
    row("no TPM", connectionString(good), "/dev/no-such-tpm",
        u"--in tpm --tpm device:/dev/no-such-tpm"_s);
}

void CredentialsTest::saysWhatIsWrongWithASecret()
{
    QFETCH(const QByteArray, input);
    QFETCH(const QString, more);
    QFETCH(const QByteArray, says);
    const Ran ran = runCli(
        QStringList{u"credentials"_s, u"add"_s, u"bad"_s} + more.split(u' ', Qt::SkipEmptyParts),
        input);
    QVERIFY2(ran.exit == (says.startsWith('/') ? 3 : 2), ran.said());
    QVERIFY2(ran.err.contains(says), ran.said());
    QVERIFY2(!ran.said().contains("s3cr3t"), ran.said());
    QCOMPARE(ran.out, QByteArray());
    QVERIFY(upload::listSafe(upload::usualSafe()).isEmpty());
}

void CredentialsTest::saysThatTheTpmWasCleared()
{
    QCOMPARE(runCli({u"credentials"_s, u"add"_s, u"main"_s, u"--in"_s, u"tpm"_s, u"--tpm"_s,
                        m_tpm->text()},
                 secret())
                 .exit,
        0);
    QCOMPARE(m_tpm->tool(u"tpm2_clear"_s, {}).exit, 0);
    const Ran ran = runCli(tested(u"main"_s));
    QVERIFY2(ran.exit == 1, ran.said());
    QVERIFY(ran.json().last()[u"seen"].toString().contains(u"enter the key again"));
}

void CredentialsTest::saysThatTheKeychainIsLockedOrAbsent()
{
    const QStringList add{u"credentials"_s, u"add"_s, u"main"_s, u"--in"_s, u"keychain"_s};
    {
        const support::Keyring keyring(support::Keyring::State::Unlocked);
        QCOMPARE(runCli(add, secret()).exit, 0);
    }
    {
        const support::Keyring keyring(support::Keyring::State::Locked);
        const Ran locked = runCli(tested(u"main"_s));
        QVERIFY2(locked.exit == 3, locked.said());
        QVERIFY2(locked.out.contains("unlock"), locked.said());
    }
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    const Ran absent = runCli(tested(u"main"_s));
    QVERIFY2(absent.exit == 3 && absent.out.contains("keychain"), absent.said());
    const Ran notAdded = runCli(add, secret());
    QVERIFY2(notAdded.exit == 3 && notAdded.err.contains("keychain"), notAdded.said());
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
}

void CredentialsTest::aTerminalShowsNothingOfTheSecret()
{
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
    QVERIFY(terminal >= 0 && ::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
    QProcess process;
    process.setStandardInputFile(QString::fromLocal8Bit(::ptsname(terminal)));
    process.start(
        QStringLiteral(BINARY_FOLDER "/ekstation-cli"), {u"credentials"_s, u"add"_s, u"typed"_s});
    QByteArray said;
    QVERIFY(QTest::qWaitFor(
        [&] { return (said += process.readAllStandardError()).contains("SAS token: "); }, 60'000));
    const QByteArray typed = secret().trimmed() + '\n';
    QCOMPARE(::write(terminal, typed.constData(), size_t(typed.size())), ssize_t(typed.size()));
    QVERIFY(process.waitForFinished(60'000));
    QByteArray shown(4096, '\0');
    shown.resize(std::max<ssize_t>(0, ::read(terminal, shown.data(), size_t(shown.size()))));
    ::close(terminal);
    QCOMPARE(process.exitCode(), 0);
    QVERIFY2(!shown.contains("Shared"), shown);
    QCOMPARE(runCli(tested(u"typed"_s)).exit, 0);
}

QTEST_GUILESS_MAIN(CredentialsTest)
#include "credentials.moc"
