// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/maker.h"
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Maker;
using support::Ran;
using support::runCli;

/// The root store and the key doctor, as somebody types them.
class TrustCliTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rootsAreImportedAndListed();
    void aStationHasItsOwnStore();
    void rootsThatAreNone();
    void theDoctorLooksAtThem();
    void keysAreDiagnosed();

private:
    [[nodiscard]] QString put(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_workplace.path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(name));
        return file.fileName();
    }

    support::Workplace m_workplace;
    Maker m_maker;
};

void TrustCliTest::rootsAreImportedAndListed()
{
    const Ran empty = runCli({u"roots"_s, u"list"_s, u"--json"_s});
    QCOMPARE(empty.exit, 0);
    QCOMPARE(empty.json().last()[u"roots"].toInt(-1), 0);

    const QString maker = put(u"maker.pem"_s, m_maker.pem());
    const QString list = put(u"maker.crl"_s, m_maker.revoke({"42"}));
    const Ran imported = runCli({u"roots"_s, u"import"_s, maker, list, u"--json"_s});
    QVERIFY2(imported.exit == 0, imported.said());
    const QJsonObject summary = imported.json().last();
    QCOMPARE(summary[u"roots"].toInt(), 1);
    QCOMPARE(summary[u"intermediates"].toInt(), 1);
    QCOMPARE(summary[u"crls"].toInt(), 1);
    QCOMPARE(summary[u"file"].toString(), m_workplace.path(u"data/ekstation/roots.pem"_s));
    QFile store(summary[u"file"].toString());
    QVERIFY(store.open(QIODevice::ReadOnly));
    QCOMPARE(summary[u"sha256"].toString().toLatin1(),
        QCryptographicHash::hash(store.readAll(), QCryptographicHash::Sha256).toHex());

    const Ran again = runCli({u"roots"_s, u"import"_s, maker, u"--json"_s});
    QCOMPARE(again.json().last(), summary); // nothing twice
    const Ran listed = runCli({u"roots"_s, u"list"_s, u"--json"_s});
    QCOMPARE(listed.json().size(), 4);
    QCOMPARE(listed.json().last(), summary);
    for (const QJsonObject &anchor : listed.json().first(3)) {
        QCOMPARE(anchor[u"sha256"].toString().size(), 64);
        QVERIFY(anchor[u"issuer"].toString().startsWith(u"CN=test maker"_s));
    }
    QVERIFY(runCli({u"roots"_s, u"list"_s}).out.contains("CN=test maker root"));
    const Ran replaced = runCli({u"roots"_s, u"import"_s, u"--replace"_s, u"--json"_s,
        put(u"other.pem"_s, Maker("other").pem())});
    QCOMPARE(replaced.json().last()[u"roots"].toInt(), 1);
    QCOMPARE(replaced.json().last()[u"crls"].toInt(), 0);
}

void TrustCliTest::aStationHasItsOwnStore()
{
    const QString settings = put(u"station.toml"_s,
        "schema = 1\n[station]\nid = \"a\"\npurpose = \"training\"\n[trust]\nroots = \"my.pem\"\n");
    const Ran imported = runCli({u"roots"_s, u"import"_s, u"--station"_s, settings, u"--json"_s,
        put(u"maker.pem"_s, m_maker.pem())});
    QVERIFY2(imported.exit == 0, imported.said());
    QCOMPARE(imported.json().last()[u"file"].toString(), m_workplace.path(u"my.pem"_s));
    QVERIFY(QFile::exists(m_workplace.path(u"my.pem"_s)));
}

void TrustCliTest::rootsThatAreNone()
{
    const QString store = m_workplace.path(u"kept.pem"_s);
    const QStringList import{u"roots"_s, u"import"_s, u"--store"_s, store};
    QCOMPARE(runCli(import + QStringList{put(u"maker.pem"_s, m_maker.pem())}).exit, 0);
    const auto bytes = [&store] {
        QFile file(store);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray before = bytes();
    const Ran text = runCli(import + QStringList{put(u"text"_s, "hello")});
    QCOMPARE(text.exit, 2);
    QVERIFY2(text.err.contains("text: 5 bytes are no certificate"), text.said());
    QCOMPARE(runCli(import + QStringList{m_workplace.path(u"nowhere"_s)}).exit, 2);
    QCOMPARE(runCli(import).exit, 2);
    QCOMPARE(bytes(), before);
    (void)put(u"kept.pem"_s, before.left(before.size() / 3));
    const Ran spoilt = runCli({u"roots"_s, u"list"_s, u"--store"_s, store});
    QCOMPARE(spoilt.exit, 2);
    QVERIFY2(spoilt.err.contains("--replace"), spoilt.said());
}

void TrustCliTest::theDoctorLooksAtThem()
{
    const QByteArray head =
        "schema = 1\n[station]\nid = \"a\"\npurpose = \"training\"\n[trust]\nroots = \"own.pem\"\n";
    const auto doctor = [this](const QByteArray &settings) {
        const QString file = put(u"station.toml"_s, settings);
        for (const QJsonObject &seen :
            runCli({u"doctor"_s, u"--station"_s, file, u"--json"_s}).json())
            if (seen[u"check"].toString() == u"trust")
                return seen;
        return QJsonObject();
    };
    QCOMPARE(doctor(head)[u"outcome"].toString(), u"pass"_s);
    QVERIFY(doctor(head)[u"seen"].toString().startsWith(u"no roots imported"_s));
    (void)put(u"own.pem"_s, m_maker.pem());
    (void)put(u"list.csv"_s, "serial\nA\nB\n");
    const auto good = doctor(head + "supplier = \"list.csv\"\n");
    QVERIFY2(good[u"seen"].toString().endsWith(u"; 2 on the supplier's list"_s),
        qPrintable(good[u"seen"].toString()));
    (void)put(u"list.csv"_s, "serial\nA\nA\n");
    const auto twice = doctor(head + "supplier = \"list.csv\"\n");
    QCOMPARE(twice[u"outcome"].toString(), u"fail"_s);
    QVERIFY(twice[u"seen"].toString().contains(u"list.csv:3: "_s));
}

void TrustCliTest::keysAreDiagnosed()
{
    QFile data(QStringLiteral(SOURCE_FOLDER) + u"/tests/data/endorsement.base64"_s);
    QVERIFY(data.open(QIODevice::ReadOnly));
    const QByteArray base64 = data.readAll().trimmed();
    const QByteArray key = QByteArray::fromBase64(base64);
    const Ran good = runCli({u"ek"_s, u"-"_s, u"--json"_s}, base64 + '\n');
    QVERIFY2(good.exit == 0, good.said());
    QCOMPARE(good.json().last()[u"fitness"].toString(), u"good"_s);
    QCOMPARE(good.json().last()[u"public"].toString().toLatin1(), base64);
    QCOMPARE(good.json().last()[u"registrationId"].toString(),
        u"d7tnkf3eedaftlqq2ncshrgjvw5sonotfqk5fkvrrilwxp4sy5ba"_s); // as the C SDK derives it
    const Ran converted = runCli({u"ek"_s, put(u"ek.tpmt"_s, key.mid(2))});
    QVERIFY2(converted.exit == 0, converted.said());
    QVERIFY2(converted.out.contains(base64), converted.said());
    const Ran cut = runCli({u"ek"_s, put(u"cut"_s, key.left(100)), u"--json"_s});
    QCOMPARE(cut.exit, 1);
    QCOMPARE(cut.json().last()[u"fitness"].toString(), u"refused"_s);
    QVERIFY(cut.json().last()[u"public"].isNull());
    QVERIFY2(cut.json().last()[u"detail"].toString().contains(u"says 314 bytes"_s), cut.said());
    QCOMPARE(runCli({u"ek"_s, u"-"_s}, QByteArray(1 << 20, 'x')).exit, 1);
    QCOMPARE(runCli({u"ek"_s, m_workplace.path(u"nowhere"_s)}).exit, 2);
    QCOMPARE(runCli({u"ek"_s}).exit, 2);
}

QTEST_GUILESS_MAIN(TrustCliTest)
#include "trust.moc"
