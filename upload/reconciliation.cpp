// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/reconciliation.h"

#include <QCryptographicHash>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upload {

namespace {

constexpr std::array<QStringView, 6> deviationWords{
    u"missing", u"extra", u"different", u"device", u"disabled", u"enabled"};

// Nobody needs the file after a crash, so it is neither journalled nor flushed.
const QStringList setUp{
    u"PRAGMA journal_mode = OFF"_s,
    u"PRAGMA synchronous = OFF"_s,
    u"CREATE TABLE wanted (key TEXT PRIMARY KEY, id TEXT NOT NULL, serial TEXT NOT NULL, ek TEXT "
    "NOT NULL, device TEXT NOT NULL, enabled INTEGER NOT NULL, under_way INTEGER NOT NULL) STRICT, "
    "WITHOUT ROWID"_s,
    u"CREATE TABLE found (key TEXT PRIMARY KEY, id TEXT NOT NULL, ek TEXT NOT NULL, device TEXT "
    "NOT NULL, enabled INTEGER NOT NULL) STRICT, WITHOUT ROWID"_s,
};

const QString besides = u"SELECT w.id, w.serial, w.ek, w.device, w.enabled, w.under_way, f.key, "
                        "f.ek, f.device, f.enabled FROM wanted w LEFT JOIN found f ON f.key = "
                        "w.key ORDER BY w.key"_s;
const QString extras = u"SELECT id, ek FROM found f WHERE NOT EXISTS (SELECT 1 FROM wanted w WHERE "
                       "w.key = f.key) ORDER BY key"_s;

std::unexpected<Error> failed(const QString &words)
{
    return std::unexpected(
        Error{Fault::Wrong, u"the comparison's temporary file: %1"_s.arg(words), 0, 0, {}});
}

QString digest(const QByteArray &base64)
{
    constexpr auto strict = QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors;
    const auto key = QByteArray::fromBase64Encoding(base64, strict);
    if (!key || key.decoded.isEmpty()) {
        return u""_s; // not null, which SQL would take for NULL
    }
    return QString::fromLatin1(
        QCryptographicHash::hash(key.decoded, QCryptographicHash::Sha256).toHex());
}

QString written(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

/// Of one row of `besides` that is not under way: nothing where both agree.
QList<Discrepancy> judge(const QSqlQuery &row)
{
    const QString id = row.value(0).toString();
    const QString serial = row.value(1).toString();
    const QString wantedKey = row.value(2).toString();
    if (row.value(6).isNull()) {
        return {{Deviation::Missing, id, serial, wantedKey, {}}};
    }
    if (const QString key = row.value(7).toString(); wantedKey.isEmpty() || key != wantedKey) {
        return {{Deviation::OtherKey, id, serial, wantedKey, key}};
    }
    // Without a deviceId the service takes the registrationId, and later says so.
    QString wantedDevice = row.value(3).toString();
    QString device = row.value(8).toString();
    const auto letters = wantedDevice.isEmpty() ? Qt::CaseInsensitive : Qt::CaseSensitive;
    wantedDevice = wantedDevice.isEmpty() ? id : wantedDevice;
    device = device.isEmpty() ? row.value(6).toString() : device;
    QList<Discrepancy> discrepancies;
    if (device.compare(wantedDevice, letters) != 0) {
        discrepancies.append({Deviation::OtherDevice, id, serial, wantedDevice, device});
    }
    if (const bool isWanted = row.value(4).toBool(); isWanted != row.value(9).toBool()) {
        const QString enabled = u"enabled"_s, disabled = u"disabled"_s;
        discrepancies.append({isWanted ? Deviation::Disabled : Deviation::Enabled, id, serial,
            isWanted ? enabled : disabled, isWanted ? disabled : enabled});
    }
    return discrepancies;
}

} // namespace

QString word(Deviation deviation)
{
    return deviationWords.at(static_cast<size_t>(deviation)).toString();
}

std::optional<Deviation> deviationOf(QStringView word)
{
    const auto at = std::ranges::find(deviationWords, word);
    return at == deviationWords.end()
        ? std::nullopt
        : std::optional(static_cast<Deviation>(at - deviationWords.begin()));
}

Reconciliation::Reconciliation(const QString &folder)
    : m_folder(folder + u"/reconciliation.XXXXXX"_s),
      m_connection(u"reconciliation-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

Result<std::unique_ptr<Reconciliation>> Reconciliation::open(const QString &folder)
{
    std::unique_ptr<Reconciliation> made(new Reconciliation(folder));
    if (!made->m_folder.isValid()) {
        return failed(u"%1: %2"_s.arg(folder, made->m_folder.errorString()));
    }
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, made->m_connection);
    database.setDatabaseName(made->m_folder.filePath(u"lists.sqlite"_s));
    if (!database.open()) {
        return failed(database.lastError().text());
    }
    for (const QString &sql : setUp) {
        if (QSqlQuery query(database); !query.exec(sql)) {
            return failed(query.lastError().text());
        }
    }
    return made;
}

Reconciliation::~Reconciliation()
{
    QSqlDatabase::removeDatabase(m_connection);
}

Result<void> Reconciliation::insert(const QString &sql, const QList<QVariantList> &rows)
{
    QSqlDatabase database = QSqlDatabase::database(m_connection, false);
    if (!database.transaction()) {
        return failed(database.lastError().text());
    }
    QSqlQuery query(database);
    bool isGood = query.prepare(sql);
    for (const QVariantList &row : rows) {
        for (qsizetype i = 0; isGood && i < row.size(); ++i) {
            query.bindValue(int(i), row.at(i));
        }
        isGood = isGood && query.exec();
    }
    if (!isGood) {
        return failed(query.lastError().text());
    }
    query.finish();
    if (!database.commit()) {
        return failed(database.lastError().text());
    }
    return {};
}

Result<void> Reconciliation::addFound(const QList<Enrollment> &page)
{
    QList<QVariantList> rows;
    for (const Enrollment &one : page) {
        rows.append({one.registrationId.toLower(), one.registrationId, digest(one.endorsementKey),
            written(one.deviceId), int(one.enabled)});
    }
    return insert(u"INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?, ?)"_s, rows);
}

Result<void> Reconciliation::addExpected(const QList<Expectation> &page)
{
    QList<QVariantList> rows;
    for (const auto &[serial, wanted, isUnderWay] : page) {
        rows.append({wanted.registrationId.toLower(), wanted.registrationId, written(serial),
            digest(wanted.endorsementKey), written(wanted.deviceId), int(wanted.enabled),
            int(isUnderWay)});
    }
    return insert(u"INSERT OR REPLACE INTO wanted VALUES (?, ?, ?, ?, ?, ?, ?)"_s, rows);
}

Result<ReconciliationTotals> Reconciliation::compare(const Tell &tell)
{
    ReconciliationTotals totals;
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true); // or Qt keeps every row
    bool isRead = query.exec(besides);
    while (isRead && query.next()) {
        if (query.value(5).toBool()) {
            ++totals.underWay;
            continue;
        }
        const QList<Discrepancy> discrepancies = judge(query);
        ++(discrepancies.isEmpty() ? totals.agreed : totals.deviating);
        std::ranges::for_each(discrepancies, tell);
    }
    isRead = isRead && !query.lastError().isValid() && query.exec(extras);
    while (isRead && query.next()) {
        ++totals.deviating;
        tell({Deviation::Extra, query.value(0).toString(), {}, {}, query.value(1).toString()});
    }
    if (query.lastError().isValid()) {
        return failed(query.lastError().text());
    }
    return totals;
}

} // namespace upload
