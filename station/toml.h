// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QStringList>
#include <memory>
#include <optional>

namespace station {

/// One table of a TOML file. Each key is asked for once; what was not asked for, or has the wrong
/// type, is an error with file, line, column and the keys allowed. The first error of a file is
/// kept.
class TomlTable {
public:
    /// Fault::Syntax for bytes that are no TOML. `file` only names them.
    [[nodiscard]] static Result<TomlTable> parse(const QByteArray &toml, const QString &file);

    QString text(const QString &key, const QString &otherwise = {});
    qint64 number(const QString &key, qint64 otherwise, qint64 least, qint64 most);
    bool truth(const QString &key, bool otherwise);
    QStringList texts(
        const QString &key, const QStringList &otherwise = {}); ///< an array of strings
    /// A table with whatever keys its author likes: texts, whole numbers, truths, lists and tables.
    QJsonObject object(const QString &key);
    TomlTable table(const QString &key); ///< an empty one where it is missing
    QList<TomlTable> tables(const QString &key); ///< [[key]]
    QMap<QString, TomlTable> tablesIn(const QString &key); ///< [key.NAME]

    /// Keys that must be there.
    void require(const QStringList &keys);
    /// Says that a value makes no sense; where that key stands.
    void reject(const QString &key, const QString &why);
    /// No more keys are expected in this table.
    void close();

    [[nodiscard]] const std::optional<Error> &error() const;

private:
    struct Node;
    struct Document;

    TomlTable(std::shared_ptr<Document> document, std::shared_ptr<const Node> node);
    const Node *find(const QString &key);
    QJsonValue jsonOf(const Node &node);
    void fail(const Node *at, const QString &why);

    std::shared_ptr<Document> m_document;
    std::shared_ptr<const Node> m_node;
    QStringList m_asked;
};

} // namespace station
