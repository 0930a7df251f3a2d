// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/station/shopfloor.h"

#include <QDir>
#include <QFile>

/// What the replica's tests share: a line's ledger with a second disk, and what stands in a file.
namespace site {

using namespace shopfloor;

/// Every row of every table that a ledger has, as text.
inline QStringList rowsOf(const QString &file)
{
    const auto database = Database::open(
        {.engine = DatabasePlace::Engine::Sqlite, .path = file}, Database::Access::ReadOnly);
    if (!database)
        qFatal("%s", qPrintable(database.error().detail));
    QStringList all;
    const auto tables = (*database)->select(
        u"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
        "AND name NOT LIKE 'change_log%' AND name <> 'replica' ORDER BY name"_s);
    for (const QVariantList &table : *tables) {
        const QString name = table.first().toString();
        const auto rows =
            (*database)->select(u"SELECT rowid, * FROM %1 ORDER BY rowid"_s.arg(name));
        for (const QVariantList &row : *rows) {
            QStringList cells{name};
            for (const QVariant &cell : row)
                cells.append(QString::fromLatin1(cell.toByteArray().toHex()));
            all.append(cells.join(u' '));
        }
    }
    return all;
}

/// A ledger, and a replica of it on another disk.
class Site {
protected:
    /// Another folder, in which nothing is but the disks.
    void renew()
    {
        m_place = {.url = u"sqlite:ledger.db"_s, .stationId = u"line1-a"_s};
        m_place.folder = m_workplace.path(u"line%1"_s.arg(++m_count));
        m_place.clock = m_watch.clock();
        m_place.replica = m_place.folder + u"/other/replica.db"_s;
        QVERIFY(QDir().mkpath(m_place.folder + u"/other"_s));
    }
    [[nodiscard]] QString ledger() const { return m_place.folder + u"/ledger.db"_s; }
    [[nodiscard]] std::unique_ptr<Store> line() const
    {
        auto store = Store::open(m_place);
        if (!store)
            qFatal("%s", qPrintable(store.error().detail));
        return std::move(*store);
    }
    void pass(Store &store, int first, int last)
    {
        for (int number = first; number <= last; ++number)
            QVERIFY(store.record(passOf(u"SN-%1"_s.arg(number), number)));
    }
    [[nodiscard]] qint64 verified(const QString &file) const
    {
        auto reader =
            LedgerReader::open({.url = u"sqlite:"_s + file, .folder = {}, .stationId = {}});
        const auto report = reader ? reader->verifyChain(u"line1-a"_s)
                                   : Result<ChainReport>(std::unexpected(reader.error()));
        return report && !report->firstBreak ? report->entries : -1;
    }

    support::Workplace m_workplace;
    Watch m_watch;
    LedgerPlace m_place;

private:
    int m_count = 0;
};

} // namespace site
