// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/standin.h"
#include "tests/support/workplace.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;
using support::runCli;

/// The stand-in as a program, and the commands that talk to a service.
class ServeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStandInSaysWhereItIs();
    void aStandInBehavesAsItIsTold();
    void uploadDeliversWhatALineLeft();
    void uploadSaysWhatItCannotDo_data();
    void uploadSaysWhatItCannotDo();
    void doctorNamesTheIllness();
    void noSecretIsWrittenAnywhere();

private:
    support::Workplace m_workplace;
};

void ServeTest::aStandInSaysWhereItIs()
{
    const QString credential = m_workplace.path(u"main.credential"_s);
    const QString ca = m_workplace.path(u"ca.pem"_s);
    support::Cli serve({u"serve"_s, u"--data"_s, m_workplace.path(u"data"_s),
        u"--connection-string-out"_s, credential, u"--ca-out"_s, ca});
    const QJsonObject said = QJsonDocument::fromJson(serve.line()).object();
    QCOMPARE(said.keys(), QStringList({u"idScope"_s, u"url"_s}));
    QTRY_VERIFY(QFile::exists(credential));
    QTRY_VERIFY(QFile::exists(ca));
    QFile file(credential);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith("HostName=localhost;SharedAccessKeyName="));
    QCOMPARE(QFileInfo(credential).permissions() & (QFile::ReadGroup | QFile::ReadOther),
        QFile::Permissions());

    const Ran stranger = support::run(u"curl"_s,
        {u"--silent"_s, u"--cacert"_s, ca, u"--output"_s, u"/dev/null"_s, u"--write-out"_s,
            u"%{http_code}"_s,
            said[u"url"].toString() + u"/enrollments/a?api-version=2021-10-01"_s});
    QCOMPARE(stranger.out, QByteArray("401"));
    serve.signal(SIGTERM);
    QCOMPARE(serve.wait().exit, 0);
}

void ServeTest::aStandInBehavesAsItIsTold()
{
    const support::StandIn service(m_workplace.path(u"told"_s),
        {u"--policy"_s, u"reader=EnrollmentRead"_s, u"--assume"_s, u"no-enrollment=404202"_s,
            u"--id-scope"_s, u"0ne0000000C"_s, u"--throttle"_s, u"4"_s});
    QCOMPARE(service.idScope(), u"0ne0000000C"_s);
    const auto absent = service.ask("GET", u"/enrollments/a"_s, {}, u"reader"_s);
    QCOMPARE(absent.status, 404);
    QVERIFY2(absent.body.contains("404202"), absent.body);
    const auto forbidden = service.ask("DELETE", u"/enrollments/a"_s, {}, u"reader"_s);
    QCOMPARE(forbidden.status, 401);
    QVERIFY2(forbidden.body.contains("401003"), forbidden.body);
    QCOMPARE(service.ask("DELETE", u"/enrollments/a"_s).status, 404);
    QCOMPARE(service.ask("GET", u"/enrollments/a"_s).status, 429);
    QCOMPARE(QFileInfo(m_workplace.path(u"told/data/reader.credential"_s)).permissions()
            & (QFile::ReadGroup | QFile::ReadOther),
        QFile::Permissions());
}

void ServeTest::uploadDeliversWhatALineLeft()
{
    const LinePlace place(3, m_workplace.path(u"later"_s));
    const QString url = place.training().settings().services[u"main"_s].url;
    place.edit(u"station.toml"_s, url, u"https://localhost:1"_s);
    QStringList serials;
    for (const auto &job : place.training().jobs())
        serials.append(job.serial);
    const Ran line = place.run(serials);
    QVERIFY2(line.exit == 0, line.said());
    QCOMPARE(line.json().last()[u"confirmed"].toInt(), 0);
    const QStringList upload{u"upload"_s, u"--station"_s, place.station(), u"--json"_s};
    const Ran offline = runCli(upload);
    QVERIFY2(offline.exit == 3, offline.said());
    QCOMPARE(offline.json().value(0)[u"state"].toString(), u"offline"_s);
    const QJsonObject left = offline.json().value(0);
    QCOMPARE(left[u"pending"].toInt() + left[u"sent"].toInt(), 3);

    place.edit(u"station.toml"_s, u"https://localhost:1"_s, url);
    // What could not be sent a moment ago is due again only after a pause: upload waits for it.
    const Ran online = runCli(upload);
    QVERIFY2(online.exit == 0, online.said());
    QCOMPARE(online.json().value(0)[u"confirmed"].toInt(), 3);
    QCOMPARE(place.enrolled().size(), 3);
}

void ServeTest::uploadSaysWhatItCannotDo_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("state");
    QTest::newRow("a CA that did not sign")
        << u"service/ca.pem"_s << u"other/ca.pem"_s << u"needs-person"_s;
    QTest::newRow("a token the service refuses")
        << u"file:main.credential"_s << u"file:wrong.credential"_s << u"needs-person"_s;
}

void ServeTest::uploadSaysWhatItCannotDo()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, state);
    const QTemporaryDir folder;
    const LinePlace place(1, folder.filePath(u"line"_s));
    const auto other = upload::standin::openAuthority(place.path(u"other"_s));
    QVERIFY(other.has_value());
    const auto wrong = other->connectionString();
    place.write(u"wrong.credential"_s, wrong.bytes().toByteArray());
    QVERIFY(QFile::setPermissions(
        place.path(u"wrong.credential"_s), QFile::ReadOwner | QFile::WriteOwner));
    place.edit(u"station.toml"_s, before, after);
    QCOMPARE(place.run({u"SN-0001"_s}).json().value(0)[u"verdict"].toString(), u"pass"_s);
    const Ran ran = runCli({u"upload"_s, u"--station"_s, place.station(), u"--json"_s});
    QVERIFY2(ran.exit == 3, ran.said());
    QCOMPARE(ran.json().value(0)[u"state"].toString(), state);
    QCOMPARE(ran.json().value(0)[u"pending"].toInt(), 1);
    QCOMPARE(place.enrolled().size(), 0);
}

void ServeTest::doctorNamesTheIllness()
{
    const LinePlace place(2, m_workplace.path(u"doctor"_s));
    const QStringList doctor{u"doctor"_s, u"--station"_s, place.station(), u"--json"_s};
    const Ran healthy = runCli(doctor);
    QVERIFY2(healthy.exit == 0, healthy.said());
    QVERIFY(!QFile::exists(place.path(u"ledger.db"_s)));
    place.edit(u"station.toml"_s, u"device2.sock"_s, u"device3.sock"_s);
    place.edit(u"station.toml"_s, place.training().settings().services[u"main"_s].url,
        u"https://localhost:1"_s);
    const Ran ill = runCli(doctor);
    QVERIFY2(ill.exit == 3, ill.said());
    QMap<QString, QJsonObject> seen;
    for (const QJsonObject &symptom : ill.json())
        seen[symptom[u"check"].toString()] = symptom;
    QCOMPARE(seen[u"slot 1"_s][u"outcome"].toString(), u"pass"_s);
    QCOMPARE(seen[u"slot 2"_s][u"outcome"].toString(), u"fail"_s);
    QVERIFY(seen[u"slot 2"_s][u"seen"].toString().contains(u"device3.sock"_s));
    QVERIFY(!seen[u"slot 2"_s][u"cure"].toString().isEmpty());
    QCOMPARE(seen[u"service main"_s][u"outcome"].toString(), u"fail"_s);
}

void ServeTest::noSecretIsWrittenAnywhere()
{
    const LinePlace place(1, m_workplace.path(u"secret"_s));
    QFile credential(place.path(u"main.credential"_s));
    QVERIFY(credential.open(QIODevice::ReadOnly));
    const QByteArray text = credential.readAll();
    const QByteArray key = text.mid(text.indexOf("SharedAccessKey=") + 16).trimmed();
    QVERIFY(key.size() >= 32);
    const Ran ran = place.run({u"SN-0001"_s});
    QVERIFY(!ran.said().contains(key) && !ran.said().contains("SharedAccessSignature"));
    for (const char *name : {"ledger.db", "ledger.db-wal"}) {
        QFile file(place.path(QString::fromLatin1(name)));
        if (!file.open(QIODevice::ReadOnly))
            continue; // the log is gone once the last connection is closed
        const QByteArray bytes = file.readAll();
        QVERIFY(!bytes.contains(key) && !bytes.contains("SharedAccessSignature"));
    }
    const Ran doctor = runCli({u"doctor"_s, u"--station"_s, place.station()});
    QVERIFY(!doctor.said().contains(key));
}

QTEST_GUILESS_MAIN(ServeTest)
#include "serve.moc"
