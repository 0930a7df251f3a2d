// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/plainsql.h"
#include "tests/support/workplace.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using support::LinePlace;
using support::Ran;
using Rows = QList<QVariantList>;

namespace {

template <typename Number> QByteArray bigEndian(Number number)
{
    QByteArray bytes(sizeof(Number), Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

} // namespace

/// The ledger that a line leaves behind, read with nothing but SQL and SHA-256.
class ContractLedgerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theTablesHaveTheirColumns_data();
    void theTablesHaveTheirColumns();
    void theChainFollowsItsFormulas();
    void aBodySaysWhatWasExamined();
    void aRecordCanBeRebuiltFromItsBody();
    void aBindingIsActiveOnce();
    void aDeliveryEndsConfirmed();
    void theQueueIsEmpty();
    void theFileIsDurable();

private:
    [[nodiscard]] Rows rows(const QString &sql) const
    {
        return support::rowsOf(m_place->path(u"ledger.db"_s), sql);
    }
    [[nodiscard]] QList<QJsonObject> bodies() const
    {
        QList<QJsonObject> all;
        for (const auto &row : rows(u"SELECT body FROM entry ORDER BY seq"_s))
            all.append(QJsonDocument::fromJson(row[0].toByteArray()).object());
        return all;
    }

    support::Workplace m_workplace;
    std::unique_ptr<LinePlace> m_place;
    QList<QJsonObject> m_printed; ///< what run said of the three examinations
};

void ContractLedgerTest::initTestCase()
{
    m_place = std::make_unique<LinePlace>(2, m_workplace.path(u"line"_s));
    m_place->edit(u"station.toml"_s, u"[line]"_s,
        u"[admit]\ncommand = [\"/bin/echo\", '{\"allow\":true,\"order\":\"4711\","
        "\"customer\":\"ACME\",\"product\":\"Box\",\"boardSerial\":\"B-1\"}']\n\n[line]"_s);
    const auto &jobs = m_place->training().jobs();
    // A pass, a clone of it, and a pass, one after the other.
    for (const auto &[serial, device] :
        {std::pair{u"SN-0001"_s, 0}, {u"SN-0002"_s, 0}, {u"SN-0003"_s, 1}}) {
        const Ran ran = m_place->run({serial + u'\t' + jobs[device].target});
        QVERIFY2(ran.exit == (serial == u"SN-0002" ? 1 : 0), ran.said());
        m_printed.append(ran.json().value(0));
    }
}

void ContractLedgerTest::theTablesHaveTheirColumns_data()
{
    QTest::addColumn<QString>("columns");
    QTest::newRow("entry") << u"station_id seq kind at_us monotonic_us clock_state salt body "
                              "digest prev hash archived_by"_s;
    QTest::newRow("legal_hold") << u"station_id seq serial order_ref customer from_us to_us reason "
                                   "person_id"_s;
    QTest::newRow("binding") << u"id ek_sha256 serial board_serial registration_key service state "
                                "station_id seq"_s;
    QTest::newRow("delivery") << u"id station_id seq kind destination key payload state attempts "
                                 "next_at_us lease_owner lease_until_us service_code "
                                 "service_text after_id"_s;
    QTest::newRow("unit") << u"serial board_serial order_ref customer product disposition verdict "
                             "moment station_id seq"_s;
    QTest::newRow("unit_entry") << u"serial station_id seq"_s;
    QTest::newRow("retest") << u"serial station_id seq"_s;
    QTest::newRow("login") << u"person_id pin pin_salt badge failures locked_until_us"_s;
    QTest::newRow("badge_salt") << u"one salt"_s;
    QTest::newRow("queue") << u"station_id serial slot state attempt position"_s;
    QTest::newRow("person") << u"person_id name role since_us erased_us"_s;
    QTest::newRow("record") << u"station_id seq at_us serial board_serial order_ref customer "
                               "product slot attempt verdict error_code first_fail ek_sha256 "
                               "registration_id manufacturer firmware plan plan_version purpose"_s;
}

void ContractLedgerTest::theTablesHaveTheirColumns()
{
    QFETCH(const QString, columns);
    QStringList found;
    for (const auto &row : rows(u"SELECT name FROM pragma_table_info('%1')"_s.arg(
             QLatin1String(QTest::currentDataTag()))))
        found.append(row[0].toString());
    QCOMPARE(found.join(u' '), columns);
}

void ContractLedgerTest::theChainFollowsItsFormulas()
{
    const Rows entries = rows(u"SELECT station_id, seq, kind, at_us, salt, body, digest, prev, "
                              "hash, clock_state FROM entry ORDER BY seq"_s);
    QCOMPARE(entries.size(), 3);
    QByteArray before(32, '\0');
    qint64 last = 0;
    for (const auto &row : entries) {
        QCOMPARE(row[0].toString(), u"training"_s);
        QCOMPARE(row[1].toLongLong(), ++last); // gapless
        QCOMPARE(row[2].toString(), u"exam"_s);
        const QByteArray salt = row[4].toByteArray();
        const QByteArray body = row[5].toByteArray();
        QCOMPARE(salt.size(), 16);
        QByteArray material("ekstation-entry-1");
        material.append('\0').append(salt).append("exam").append('\0');
        material += bigEndian(qint64(row[3].toLongLong())) + bigEndian(quint32(body.size())) + body;
        QCOMPARE(row[6].toByteArray(), sha256(material));
        QCOMPARE(row[7].toByteArray(), before);
        QByteArray link("ekstation-chain-1");
        link.append('\0');
        link += before + bigEndian(quint64(last)) + row[6].toByteArray();
        before = sha256(link);
        QCOMPARE(row[8].toByteArray(), before);
        QVERIFY(
            QStringList({u"synced"_s, u"unsynced"_s, u"unknown"_s}).contains(row[9].toString()));
        // Microseconds since 1970, of this century.
        QVERIFY(row[3].toLongLong() > 1'700'000'000'000'000);
    }
    QCOMPARE(rows(u"SELECT head_seq, head_hash FROM station"_s), Rows({{3, before}}));
    QCOMPARE(rows(u"SELECT count(DISTINCT salt) FROM entry"_s), Rows({{3}}));
}

void ContractLedgerTest::aBodySaysWhatWasExamined()
{
    const auto all = bodies();
    QCOMPARE(all.size(), 3);
    for (qsizetype i = 0; i < all.size(); ++i) {
        const QJsonObject &body = all[i];
        for (const char *key : {"serial", "slot", "attempt", "target", "verdict", "tpm", "ek",
                 "findings", "commands", "ms", "error"})
            QCOMPARE(body[QLatin1String(key)], m_printed[i][QLatin1String(key)]);
        QCOMPARE(body[u"purpose"].toString(), u"training"_s);
        QCOMPARE(body[u"order"].toString(), u"4711"_s);
        QCOMPARE(body[u"customer"].toString(), u"ACME"_s);
        QCOMPARE(body[u"product"].toString(), u"Box"_s);
        QCOMPARE(body[u"boardSerial"].toString(), u"B-1"_s);
        QCOMPARE(body[u"plan"][u"name"].toString(), u"training"_s);
        QCOMPARE(body[u"plan"][u"version"].toString(), u"1.2.0"_s);
        QFile plan(QStringLiteral(SOURCE_FOLDER "/resources/plans/training.toml"));
        QVERIFY(plan.open(QIODevice::ReadOnly));
        QCOMPARE(body[u"plan"][u"sha256"].toString().toLatin1(), sha256(plan.readAll()).toHex());
        QVERIFY(!body[u"software"].toString().isEmpty());
        QFile roots(m_place->path(u"roots.pem"_s));
        QVERIFY(roots.open(QIODevice::ReadOnly));
        QCOMPARE(body[u"rootBundle"].toString().toLatin1(), sha256(roots.readAll()).toHex());
    }
}

void ContractLedgerTest::aRecordCanBeRebuiltFromItsBody()
{
    const auto all = bodies();
    const Rows records = rows(u"SELECT r.seq, r.serial, r.board_serial, r.order_ref, r.customer, "
                              "r.product, r.slot, r.attempt, r.verdict, r.first_fail, r.ek_sha256, "
                              "r.manufacturer, r.firmware, r.plan, r.plan_version, r.purpose, "
                              "r.at_us = e.at_us FROM record r JOIN entry e USING "
                              "(station_id, seq) ORDER BY r.seq"_s);
    QCOMPARE(records.size(), 3);
    for (qsizetype i = 0; i < records.size(); ++i) {
        const QJsonObject &body = all[i];
        QCOMPARE(records[i],
            QVariantList({i + 1, body[u"serial"].toString(), body[u"boardSerial"].toString(),
                body[u"order"].toString(), body[u"customer"].toString(),
                body[u"product"].toString(), body[u"slot"].toString(), body[u"attempt"].toInt(),
                body[u"verdict"].toString(), i == 1 ? u"uniqueness"_s : u""_s,
                body[u"ek"][u"sha256"].toString(), body[u"tpm"][u"manufacturer"].toString(),
                body[u"tpm"][u"firmware"].toString(), u"training"_s, u"1.2.0"_s, u"training"_s,
                1}));
    }
}

void ContractLedgerTest::aBindingIsActiveOnce()
{
    const auto all = bodies();
    const Rows bindings = rows(u"SELECT ek_sha256, serial, board_serial, registration_key, "
                               "service, state, station_id, seq FROM binding ORDER BY id"_s);
    QCOMPARE(bindings.size(), 2); // the clone has none
    for (const auto &[row, entry] : {std::pair{0, 0}, {1, 2}}) {
        const auto ek = all[entry][u"ek"];
        QCOMPARE(bindings[row],
            QVariantList({ek[u"sha256"].toString(), all[entry][u"serial"].toString(), u"B-1"_s,
                ek[u"registrationId"].toString().toLower(), u"main"_s, u"active"_s, u"training"_s,
                entry + 1}));
    }
    for (const char *column : {"ek_sha256", "serial", "service, registration_key"}) {
        const Rows indexes = rows(
            u"SELECT count(*) FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE "
            "INDEX % ON binding (%1) WHERE state = ''active'''"_s.arg(QLatin1String(column)));
        QCOMPARE(indexes, Rows({{1}}));
    }
}

void ContractLedgerTest::aDeliveryEndsConfirmed()
{
    const Rows deliveries = rows(u"SELECT seq, kind, destination, key, state, attempts, payload "
                                 "FROM delivery ORDER BY id"_s);
    QCOMPARE(deliveries.size(), 2);
    const auto all = bodies();
    for (const auto &row : deliveries) {
        const auto ek = all[row[0].toInt() - 1][u"ek"];
        QCOMPARE(row.mid(1, 5),
            QVariantList(
                {u"enroll"_s, u"main"_s, ek[u"registrationId"].toString(), u"confirmed"_s, 1}));
        const QJsonObject payload = QJsonDocument::fromJson(row[6].toByteArray()).object();
        QCOMPARE(payload[u"attestation"][u"tpm"][u"endorsementKey"], ek[u"public"]);
    }
}

void ContractLedgerTest::theQueueIsEmpty()
{
    QCOMPARE(rows(u"SELECT * FROM queue"_s), Rows());
}

void ContractLedgerTest::theFileIsDurable()
{
    QCOMPARE(rows(u"PRAGMA journal_mode"_s), Rows({{u"wal"_s}}));
    QCOMPARE(rows(u"PRAGMA user_version"_s), Rows({{7}}));
    QCOMPARE(rows(u"SELECT purpose FROM meta"_s), Rows({{u"training"_s}}));
    QCOMPARE(rows(u"PRAGMA integrity_check"_s), Rows({{u"ok"_s}}));
}

QTEST_GUILESS_MAIN(ContractLedgerTest)
#include "contractledger.moc"
