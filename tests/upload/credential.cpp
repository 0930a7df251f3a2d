// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/credential.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <type_traits>

using namespace Qt::StringLiterals;
using namespace upload;

namespace {

const QByteArray good = "HostName=x.azure-devices-provisioning.net;SharedAccessKeyName=owner;"
                        "SharedAccessKey=YSBzZWNyZXQgb2YgMjQgbGV0dGVycy4=";

template <typename T>
concept Printable = requires(QDebug debug, QTextStream stream, const T &value) { debug << value; }
    || requires(QTextStream &stream, const T &value) { stream << value; };
static_assert(!Printable<Secret>, "a secret must not be printable");

QString written(
    const QTemporaryDir &folder, const QByteArray &content, QFile::Permissions permissions)
{
    QFile file(folder.filePath(u"main.secret"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()
        || !file.setPermissions(permissions)) {
        qFatal("no temporary file");
    }
    return file.fileName();
}

} // namespace

class CredentialTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAConnectionString();
    void refusesBadConnectionStrings_data();
    void refusesBadConnectionStrings();
    void readsAToken();
    void refusesBadTokens_data();
    void refusesBadTokens();
    void readsAPrivateFile();
    void refusesAFileThatOthersRead_data();
    void refusesAFileThatOthersRead();
    void refusesWhatIsNoFile();
    void readsTheEnvironment();
};

void CredentialTest::readsAConnectionString()
{
    const auto credential = parseConnectionString(
        "\nSharedAccessKey=YSBzZWNyZXQgb2YgMjQgbGV0dGVycy4=; "
        "hostname=x.azure-devices-provisioning.net;SharedAccessKeyName=owner;\n");
    QVERIFY(credential);
    QCOMPARE(credential->host, u"x.azure-devices-provisioning.net"_s);
    QCOMPARE(credential->policy, u"owner"_s);
    QVERIFY(credential->key == Secret("a secret of 24 letters."));
    QVERIFY(credential == parseConnectionString(good));
}

void CredentialTest::refusesBadConnectionStrings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no host") << QByteArray("SharedAccessKeyName=owner;SharedAccessKey=c2VjcmV0");
    QTest::newRow("no policy") << QByteArray("HostName=x;SharedAccessKey=c2VjcmV0");
    QTest::newRow("no key") << QByteArray("HostName=x;SharedAccessKeyName=owner");
    QTest::newRow("empty key") << QByteArray(
        "HostName=x;SharedAccessKeyName=owner;SharedAccessKey=");
    QTest::newRow("key too short")
        << QByteArray("HostName=x;SharedAccessKeyName=owner;SharedAccessKey=c2VjcmV0");
    QTest::newRow("key too long") << "HostName=x;SharedAccessKeyName=owner;SharedAccessKey="
            + QByteArray(65, 'k').toBase64();
    QTest::newRow("key cut") << good.chopped(3);
    QTest::newRow("key is not base64")
        << QByteArray("HostName=x;SharedAccessKeyName=owner;SharedAccessKey=s3cr3t!");
    QTest::newRow("words") << QByteArray("please use the owner's key");
    QTest::newRow("a space inside")
        << QByteArray("HostName=x y;SharedAccessKeyName=owner;SharedAccessKey=c2VjcmV0");
    QTest::newRow("two lines") << good + "\n" + good;
    QTest::newRow("endless") << good + QByteArray(10000, ';');
}

void CredentialTest::refusesBadConnectionStrings()
{
    QFETCH(const QByteArray, text);
    const auto credential = parseConnectionString(text);
    QVERIFY(!credential);
    QCOMPARE(credential.error().fault, Fault::Wrong);
    QVERIFY(!credential.error().detail.contains(u"s3cr3t"));
    QVERIFY(!credential.error().detail.contains(u"c2VjcmV0"));
    QVERIFY(!credential.error().detail.contains(u"YSBzZWNyZX"));
}

void CredentialTest::readsAToken()
{
    const QByteArray text =
        "SharedAccessSignature sr=x.example%2Fenrollments&sig=YQ%3D%3D&se=17&skn=p";
    const auto credential = parseCredential(' ' + text + '\n');
    QVERIFY(credential);
    QCOMPARE(credential->host, u"x.example"_s);
    QCOMPARE(credential->policy, u"p"_s);
    QCOMPARE(credential->expiry, 17);
    QVERIFY(credential->key.isEmpty() && credential->isUsable());
    QVERIFY(credential->token == Secret(text));
    QVERIFY(textOf(*credential) == Secret(text));
    QVERIFY(parseCredential(good) == parseConnectionString(good));
    QVERIFY(parseCredential(textOf(*parseCredential(good)).bytes()) == parseCredential(good));
}

void CredentialTest::refusesBadTokens_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray scheme = "SharedAccessSignature ";
    QTest::newRow("nothing behind the scheme") << scheme;
    QTest::newRow("no expiry") << scheme + "sr=a&sig=YQ%3D%3D";
    QTest::newRow("no host") << scheme + "sr=%2F&sig=YQ%3D%3D&se=17";
    QTest::newRow("two lines") << scheme + "sr=a&sig=YQ%3D%3D&se=17&skn=a\nX-Evil: 1";
    QTest::newRow("a space") << scheme + "sr=a&sig=YQ%3D%3D&se=17&skn=a b";
}

void CredentialTest::refusesBadTokens()
{
    QFETCH(const QByteArray, text);
    const auto credential = parseCredential(text);
    QVERIFY(!credential);
    QCOMPARE(credential.error().fault, Fault::Wrong);
}

void CredentialTest::readsAPrivateFile()
{
    const QTemporaryDir folder;
    const auto credential =
        readCredential(written(folder, good + '\n', QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(credential);
    QVERIFY(credential == parseConnectionString(good));
}

void CredentialTest::refusesAFileThatOthersRead_data()
{
    QTest::addColumn<int>("extra");
    QTest::newRow("group reads") << int(QFile::ReadGroup);
    QTest::newRow("others read") << int(QFile::ReadOther);
    QTest::newRow("group writes") << int(QFile::WriteGroup);
}

void CredentialTest::refusesAFileThatOthersRead()
{
    QFETCH(const int, extra);
    const QTemporaryDir folder;
    const auto permissions = QFile::ReadOwner | QFile::WriteOwner | QFile::Permission(extra);
    const auto credential = readCredential(written(folder, good, permissions));
    QVERIFY(!credential);
    QVERIFY(credential.error().detail.contains(u"chmod 600"));
}

void CredentialTest::refusesWhatIsNoFile()
{
    const QTemporaryDir folder;
    QVERIFY(!readCredential(folder.filePath(u"absent"_s)));
    QVERIFY(!readCredential(folder.path()));
    QVERIFY(!readCredential(u"/dev/zero"_s));
}

void CredentialTest::readsTheEnvironment()
{
    qputenv("EKSTATION_TEST_CREDENTIAL", good);
    QVERIFY(credentialFromEnvironment("EKSTATION_TEST_CREDENTIAL") == parseConnectionString(good));
    qunsetenv("EKSTATION_TEST_CREDENTIAL");
    QVERIFY(!credentialFromEnvironment("EKSTATION_TEST_CREDENTIAL"));
}

QTEST_GUILESS_MAIN(CredentialTest)
#include "credential.moc"
