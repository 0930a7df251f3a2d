// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/sastoken.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace upload;

namespace {

/// 20 21 … 3f: the key of the published vector.
Secret vectorKey()
{
    QByteArray bytes;
    for (int i = 0x20; i < 0x40; ++i) {
        bytes.append(char(i));
    }
    return Secret(bytes);
}

} // namespace

class SasTokenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signsTheKnownAnswer();
    void aHubsTokenNamesNoPolicy();
    void takesFieldsInAnyOrder();
    void refusesBadTokens_data();
    void refusesBadTokens();
    void refusesAForeignSignature();
    void coversOnlyWholeSegments_data();
    void coversOnlyWholeSegments();
};

void SasTokenTest::signsTheKnownAnswer()
{
    const QByteArray token =
        signToken(u"0ne00000A0A/registrations/dev-1"_s, vectorKey(), u"registration"_s, 1700000000);
    QCOMPARE(token,
        "SharedAccessSignature sr=0ne00000A0A%2Fregistrations%2Fdev-1"
        "&sig=eYMrUpTYJ3T4CMjgzUfTgGyUfSj6KyZaVpX8TRaLCXw%3D&se=1700000000&skn=registration");
}

void SasTokenTest::aHubsTokenNamesNoPolicy()
{
    const QString resource = u"hub.example/devices/Unit 1"_s;
    QCOMPARE(tokenSubject(resource, 7), "hub.example%2Fdevices%2FUnit%201\n7");
    QCOMPARE(assembleToken(resource, "sig", {}, 7),
        "SharedAccessSignature sr=hub.example%2Fdevices%2FUnit%201&sig=c2ln&se=7");
}

void SasTokenTest::takesFieldsInAnyOrder()
{
    // Lower-case escapes and another order, as the C SDK sends them; sr stays as received.
    const auto token = parseToken("SharedAccessSignature skn=registration&se=1700000000"
                                  "&sig=eYMrUpTYJ3T4CMjgzUfTgGyUfSj6KyZaVpX8TRaLCXw%3d"
                                  "&sr=0ne00000A0A%2Fregistrations%2Fdev-1");
    QVERIFY(token);
    QVERIFY(token->isSignedWith(vectorKey()));
    QCOMPARE(token->expiry, 1700000000);
    QCOMPARE(token->policy, u"registration"_s);
    auto lower = *token;
    lower.resource = "0ne00000A0A%2fregistrations%2fdev-1";
    QVERIFY(!lower.isSignedWith(vectorKey()));
}

void SasTokenTest::refusesBadTokens_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("another scheme") << QByteArray("Bearer abc");
    QTest::newRow("no fields") << QByteArray("SharedAccessSignature ");
    QTest::newRow("no expiry") << QByteArray("SharedAccessSignature sr=a&sig=YQ%3D%3D&skn=p");
    QTest::newRow("expiry in words")
        << QByteArray("SharedAccessSignature sr=a&sig=YQ%3D%3D&se=soon&skn=p");
    QTest::newRow("expiry with a plus")
        << QByteArray("SharedAccessSignature sr=a&sig=YQ%3D%3D&se=+17&skn=p");
    QTest::newRow("expiry too big")
        << QByteArray("SharedAccessSignature sr=a&sig=YQ%3D%3D&se=99999999999999999999&skn=p");
    QTest::newRow("signature not base64")
        << QByteArray("SharedAccessSignature sr=a&sig=!!&se=17&skn=p");
    QTest::newRow("no signature") << QByteArray("SharedAccessSignature sr=a&se=17&skn=p");
    QTest::newRow("no resource") << QByteArray("SharedAccessSignature sig=YQ%3D%3D&se=17&skn=p");
    QTest::newRow("a field twice")
        << QByteArray("SharedAccessSignature sr=a&sr=b&sig=YQ%3D%3D&se=17&skn=p");
    QTest::newRow("endless") << "SharedAccessSignature sr=" + QByteArray(5000, 'a')
            + "&sig=YQ%3D%3D&se=17&skn=p";
}

void SasTokenTest::refusesBadTokens()
{
    QFETCH(const QByteArray, header);
    const auto token = parseToken(header);
    QVERIFY(!token);
    QCOMPARE(token.error().fault, Fault::Unauthorized);
}

void SasTokenTest::refusesAForeignSignature()
{
    const auto token =
        parseToken(signToken(u"localhost"_s, Secret("another key"), u"p"_s, 1700000000));
    QVERIFY(token);
    QVERIFY(!token->isSignedWith(vectorKey()));
    QVERIFY(!token->isSignedWith(Secret()));
}

void SasTokenTest::coversOnlyWholeSegments_data()
{
    QTest::addColumn<QString>("resource");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("covered");
    QTest::newRow("host") << u"dps.example"_s << u"dps.example/enrollments/a"_s << true;
    QTest::newRow("host in capitals") << u"DPS.example"_s << u"dps.example/enrollments/a"_s << true;
    QTest::newRow("host and slash") << u"dps.example/"_s << u"dps.example/enrollments/a"_s << true;
    QTest::newRow("one enrollment")
        << u"dps.example/enrollments/a"_s << u"dps.example/enrollments/a"_s << true;
    QTest::newRow("half a segment")
        << u"dps.example/enrollments/a"_s << u"dps.example/enrollments/ab"_s << false;
    QTest::newRow("half a host") << u"dps"_s << u"dps.example/enrollments/a"_s << false;
    QTest::newRow("another host") << u"dps.other"_s << u"dps.example/enrollments/a"_s << false;
    QTest::newRow("nothing") << u"/"_s << u"dps.example/enrollments/a"_s << false;
}

void SasTokenTest::coversOnlyWholeSegments()
{
    QFETCH(const QString, resource);
    QFETCH(const QString, path);
    QFETCH(const bool, covered);
    PresentedToken token;
    token.resource = resource.toUtf8().toPercentEncoding();
    QCOMPARE(token.covers(path), covered);
}

QTEST_GUILESS_MAIN(SasTokenTest)
#include "sastoken.moc"
