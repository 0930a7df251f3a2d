// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plainsql.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>

namespace support {

using namespace Qt::StringLiterals;

QList<QVariantList> rowsOf(const QString &file, const QString &sql)
{
    QList<QVariantList> rows;
    const QString name = u"plain"_s;
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(file);
        QSqlQuery query(database);
        if (!database.open() || !query.exec(sql)) {
            rows.append({database.lastError().text() + query.lastError().text()});
        } else {
            while (query.next()) {
                QVariantList row;
                for (int column = 0; column < query.record().count(); ++column)
                    row.append(query.value(column));
                rows.append(row);
            }
        }
    }
    QSqlDatabase::removeDatabase(name);
    return rows;
}

} // namespace support
