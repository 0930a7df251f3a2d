// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/safe.h"

#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace upload;
using Place = Source::Place;

namespace {

const Credential owner{u"x.example"_s, u"owner"_s, Secret(QByteArray(32, 'k'))};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("no %s", qPrintable(path));
    }
    return file.readAll();
}

} // namespace

class SafeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsSources_data();
    void readsSources();
    void keepsAFile();
    void keepsASealedKey();
    void aTokenIsNotSealed();
    void saysWhatIsWrongWithACard_data();
    void saysWhatIsWrongWithACard();
    void forgets();

private:
    [[nodiscard]] QString safe() const { return m_workplace.path(u"safe"_s); }
    support::Workplace m_workplace;
};

void SafeTest::readsSources_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("file") << u"file:a/b.c"_s << true;
    QTest::newRow("file with a colon") << u"file:/a:b"_s << true;
    QTest::newRow("environment") << u"env:NAME"_s << true;
    QTest::newRow("keychain") << u"keychain:main"_s << true;
    QTest::newRow("tpm") << u"tpm:main-2.b_c"_s << true;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("no place") << u"main"_s << false;
    QTest::newRow("no name") << u"tpm:"_s << false;
    QTest::newRow("another place") << u"vault:main"_s << false;
    QTest::newRow("a path for a name") << u"tpm:../main"_s << false;
    QTest::newRow("a hidden name") << u"keychain:.main"_s << false;
    QTest::newRow("a line after the name") << u"tpm:main\n"_s << false;
    QTest::newRow("a long name") << u"tpm:"_s + QString(65, u'a') << false;
    QTest::newRow("a secret") << u"HostName=a;SharedAccessKey=b"_s << false;
}

void SafeTest::readsSources()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isGood);
    const auto source = parseSource(text);
    QCOMPARE(source.has_value(), isGood);
    if (source) {
        QCOMPARE(textOf(*source), text);
    }
}

void SafeTest::keepsAFile()
{
    const auto source = keep(owner, u"plain"_s, Place::File, safe());
    QVERIFY(source);
    const auto mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    QCOMPARE(QFileInfo(source->where).permissions(), mine);
    QCOMPARE(openCredential(*source, safe(), {}), owner);
    const Card card = cardOf(u"plain"_s, *source, safe());
    QCOMPARE(card.trouble, QString());
    QCOMPARE(card.policy, u"owner"_s);
    QVERIFY(listSafe(safe()).contains(card));
}

void SafeTest::keepsASealedKey()
{
    const support::Swtpm tpm;
    const auto inTpm = sealed(owner, tpm.text());
    QVERIFY(inTpm && inTpm->key.isEmpty() && inTpm->isUsable());
    const auto source = keep(*inTpm, u"deep"_s, Place::Tpm, safe());
    QVERIFY(source);
    QCOMPARE(textOf(*source), u"tpm:deep"_s);
    QCOMPARE(openCredential(*source, safe(), tpm.text()), inTpm);
    const QByteArray content = contentOf(safe() + u"/deep.tpm"_s);
    QVERIFY(!content.contains(owner.key.bytes().toByteArray().toBase64()));
    QVERIFY(!content.contains(owner.key.bytes().toByteArray()));
}

void SafeTest::aTokenIsNotSealed()
{
    auto token = parseCredential("SharedAccessSignature sr=x&sig=YQ%3D%3D&se=17&skn=p");
    QVERIFY(token);
    const auto inTpm = sealed(*token, u"device:/dev/null"_s);
    QVERIFY(!inTpm && inTpm.error().detail.contains(u"token"));
    const auto absent = sealed(owner, u"device:/dev/no-such-tpm"_s);
    QVERIFY(!absent && absent.error().detail.contains(u"/dev/no-such-tpm"));
}

void SafeTest::saysWhatIsWrongWithACard_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("isPrivate");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty") << QByteArray() << true << u"damaged: enter the key again"_s;
    QTest::newRow("no JSON") << QByteArray("\x00\xff{", 3) << true << u"damaged"_s;
    QTest::newRow("another version")
        << QByteArray(R"({"schema":2,"host":"a","public":"YQ==","private":"YQ=="})") << true
        << u"damaged"_s;
    QTest::newRow("no host") << QByteArray(R"({"schema":1,"public":"YQ==","private":"YQ=="})")
                             << true << u"damaged"_s;
    QTest::newRow("no key") << QByteArray(R"({"schema":1,"host":"a","public":"","private":7})")
                            << true << u"damaged"_s;
    QTest::newRow("endless") << QByteArray(20'000, ' ') << true << u"too long"_s;
    QTest::newRow("others read it")
        << QByteArray(R"({"schema":1,"host":"a","public":"YQ==","private":"YQ=="})") << false
        << u"chmod 600"_s;
}

void SafeTest::saysWhatIsWrongWithACard()
{
    QFETCH(const QByteArray, content);
    QFETCH(const bool, isPrivate);
    QFETCH(const QString, says);
    QVERIFY(keep(owner, u"first"_s, Place::File, safe())); // the folder is there
    QVERIFY(writeFile(safe() + u"/odd.tpm"_s, content, isPrivate));
    const Card card = cardOf(u"odd"_s, {Place::Tpm, u"odd"_s}, safe());
    QVERIFY2(card.trouble.contains(says), qPrintable(card.trouble));
    QVERIFY(!openCredential({Place::Tpm, u"odd"_s}, safe(), u"device:/dev/null"_s));
}

void SafeTest::forgets()
{
    QVERIFY(keep(owner, u"gone"_s, Place::File, safe()));
    QVERIFY(discard(u"gone"_s, Place::File, safe()));
    QVERIFY(!discard(u"gone"_s, Place::File, safe()));
    const auto sealedKey = openCredential({Place::Tpm, u"gone"_s}, safe(), {});
    QVERIFY(!sealedKey && sealedKey.error().detail.contains(u"credentials add gone --in tpm"));
}

QTEST_GUILESS_MAIN(SafeTest)
#include "safe.moc"
