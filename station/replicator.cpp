// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/replicator.h"

#include "station/changelog.h"
#include "station/replicafile.h"

#include <QFile>
#include <QFileInfo>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr int page = 2000; // changes in one transaction of the copy

} // namespace

Replicator::Replicator(QString ledger, QString copy)
    : m_ledger(std::move(ledger)), m_copy(std::move(copy))
{
}

Result<void> Replicator::copyChanges()
{
    // A disk that was taken away and another put in its place: the open file is nobody's any more.
    if (m_database && inodeOf(m_copy) != m_file)
        m_database.reset();
    if (!m_database)
        if (auto opened = open(); !opened) {
            m_database.reset();
            return opened;
        }
    while (true) {
        const auto more = copySome();
        if (!more)
            m_database.reset();
        if (!more || !*more)
            return more ? Result<void>() : notCopied(m_copy, more.error().detail);
    }
}

Result<void> Replicator::open()
{
    m_columns.clear();
    auto database = Database::open(
        {.engine = DatabasePlace::Engine::Sqlite, .path = m_ledger}, Database::Access::ReadWrite);
    if (!database)
        return std::unexpected(database.error());
    m_database = std::move(*database);
    if (!QFileInfo(QFileInfo(m_copy).absolutePath()).isDir())
        return notCopied(m_copy, u"its folder is not there"_s);
    if (auto checked = checkReplica(m_ledger, m_copy); !checked)
        return checked;
    const auto follows = canFollow();
    if (!follows)
        return std::unexpected(follows.error());
    if (!*follows)
        if (auto copied = copyWhole(); !copied)
            return copied;
    return attach();
}

/// Whether this ledger's log has every change since the copy was made: while a disk was away,
/// another one may have taken its place, and what that one has the log has forgotten.
Result<bool> Replicator::canFollow()
{
    const auto ours = changeLogId(*m_database);
    const auto first = m_database->select(u"SELECT coalesce(min(id), 0) FROM change_log"_s);
    if (!ours || !first)
        return std::unexpected(ours ? first.error() : ours.error());
    if (!QFileInfo::exists(m_copy))
        return false;
    auto copy = Database::open(
        {.engine = DatabasePlace::Engine::Sqlite, .path = m_copy}, Database::Access::ReadOnly);
    if (!copy)
        return false;
    const auto theirs = (*copy)->select(u"SELECT log, last FROM replica"_s);
    return theirs && theirs->value(0).value(0).toByteArray() == *ours
        && theirs->value(0).value(1).toLongLong() + 1 >= first->value(0).value(0).toLongLong();
}

Result<void> Replicator::copyWhole()
{
    // On the ledger's own disk: over a network files are written, and no database is opened.
    const QString draft = m_ledger + u".replica"_s;
    const auto clean = [&draft] {
        for (const QString &left : {draft, draft + u"-journal"_s, draft + u"-wal"_s})
            QFile::remove(left);
    };
    clean();
    const auto log = changeLogId(*m_database);
    // Before the copy, so that nothing is missed: what is in it already is copied once more.
    const auto last = m_database->select(u"SELECT coalesce(max(id), 0) FROM change_log"_s);
    if (!log || !last)
        return std::unexpected(log ? last.error() : log.error());
    auto copied = m_database->change(u"VACUUM INTO ?"_s, {draft});
    auto done = copied ? makeReplica(draft, *log, last->first().first().toLongLong())
                       : Result<void>(std::unexpected(copied.error()));
    if (done)
        done = placeReplica(draft, m_copy);
    clean();
    return done ? done : notCopied(m_copy, done.error().detail);
}

Result<void> Replicator::attach()
{
    if (auto attached = m_database->change(u"ATTACH ? AS copy"_s, {m_copy}); !attached)
        return notCopied(m_copy, attached.error().detail);
    m_file = inodeOf(m_copy);
    for (const QString &setting : {u"PRAGMA foreign_keys = OFF"_s, // rows come in any order
             u"PRAGMA copy.secure_delete = on"_s, u"PRAGMA copy.journal_mode = delete"_s,
             u"PRAGMA copy.synchronous = extra"_s})
        if (auto set = m_database->select(setting); !set)
            return notCopied(m_copy, set.error().detail);
    return {};
}

/// One page; whether there is more.
Result<bool> Replicator::copySome()
{
    // Deferred: of the ledger this reads one moment, and never waits for, or stops, who writes.
    if (auto begun = m_database->change(u"BEGIN"_s); !begun)
        return std::unexpected(begun.error());
    const auto last = copyPage();
    const auto ended = m_database->change(last ? u"COMMIT"_s : u"ROLLBACK"_s);
    if (!last || !ended)
        return std::unexpected(last ? ended.error() : last.error());
    if (*last == 0)
        return false;
    // The last one stays: it tells canFollow() how far the log has forgotten.
    if (auto pruned = m_database->change(u"DELETE FROM main.change_log WHERE id < ?"_s, {*last});
        !pruned)
        return std::unexpected(pruned.error());
    return true;
}

/// The id of the last change that was copied; 0: there was none.
Result<qint64> Replicator::copyPage()
{
    const auto changes = m_database->select(
        u"SELECT id, name, row FROM main.change_log WHERE id > (SELECT last FROM copy.replica) "
        "ORDER BY id LIMIT %1"_s.arg(page));
    if (!changes)
        return std::unexpected(changes.error());
    if (changes->isEmpty())
        return 0;
    QMap<QString, QSet<qint64>> rows;
    for (const QVariantList &change : std::as_const(*changes))
        rows[change.at(1).toString()].insert(change.at(2).toLongLong());
    for (auto table = rows.begin(); table != rows.end(); ++table)
        if (auto copied = copyRows(table.key(), table.value()); !copied)
            return std::unexpected(copied.error());
    const qint64 last = changes->last().at(0).toLongLong();
    if (auto marked = m_database->change(u"UPDATE copy.replica SET last = ?"_s, {last}); !marked)
        return std::unexpected(marked.error());
    return last;
}

/// As they are now, whatever has happened to them since; those that are gone go.
Result<void> Replicator::copyRows(const QString &table, const QSet<qint64> &rows)
{
    const auto columns = columnsOf(table);
    if (!columns)
        return std::unexpected(columns.error());
    QStringList list;
    for (const qint64 row : rows)
        list.append(QString::number(row));
    const QString which = u" WHERE rowid IN (%1)"_s.arg(list.join(u','));
    for (const QString &sql : {u"DELETE FROM copy.%1"_s.arg(table) + which,
             u"INSERT OR REPLACE INTO copy.%1 (%2) SELECT %2 FROM main.%1"_s.arg(table, *columns)
                 + which})
        if (auto done = m_database->change(sql); !done)
            return std::unexpected(done.error());
    return {};
}

/// With the row's number, unless one of them is that already.
Result<QString> Replicator::columnsOf(const QString &table)
{
    if (m_columns.contains(table))
        return m_columns[table];
    const auto rows = m_database->select(
        u"SELECT name, type, pk, (SELECT count(*) FROM pragma_table_info('%1') WHERE pk > 0) FROM pragma_table_info('%1')"_s
            .arg(table));
    if (!rows)
        return std::unexpected(rows.error());
    QStringList columns;
    bool isNumbered = false;
    for (const QVariantList &row : std::as_const(*rows)) {
        columns.append(row.at(0).toString());
        isNumbered |=
            row.at(1).toString() == u"INTEGER" && row.at(2).toInt() == 1 && row.at(3).toInt() == 1;
    }
    if (!isNumbered)
        columns.prepend(u"rowid"_s);
    return m_columns[table] = columns.join(u", "_s);
}

} // namespace station
