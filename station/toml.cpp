// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/toml.h"

// Header-only and without exceptions; this is the one file that sees it.
#define TOML_EXCEPTIONS 0
// toml++ 3.3.0 asserts of a file what only a good one holds ("[[[" ends the program), and reports it
// as an error two lines further on.
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <toml++/toml.h>

#include <QJsonArray>

#include <variant>

namespace station {

using namespace Qt::StringLiterals;

/// A value with the place where it was written.
struct TomlTable::Node {
    using Array = QList<std::shared_ptr<const Node>>;
    using Table = QMap<QString, std::shared_ptr<const Node>>;

    std::variant<std::monostate, bool, qint64, QString, Array, Table> value;
    int line = 0;
    int column = 0;

    static std::shared_ptr<const Node> from(const toml::node &node);
};

struct TomlTable::Document {
    QString file;
    std::optional<Error> error;
};

namespace {

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString place(const QString &file, int line, int column)
{
    return u"%1:%2:%3: "_s.arg(file).arg(line).arg(column);
}

} // namespace

std::shared_ptr<const TomlTable::Node> TomlTable::Node::from(const toml::node &node)
{
    auto result = std::make_shared<Node>();
    result->line = static_cast<int>(node.source().begin.line);
    result->column = static_cast<int>(node.source().begin.column);
    if (const auto *table = node.as_table()) {
        Table entries;
        for (const auto &[key, value] : *table)
            entries[toQt(key.str())] = from(value);
        result->value = entries;
    } else if (const auto *array = node.as_array()) {
        Array items;
        for (const auto &value : *array)
            items.append(from(value));
        result->value = items;
    } else if (const auto text = node.value_exact<std::string>()) {
        result->value = toQt(*text);
    } else if (const auto number = node.value_exact<int64_t>()) {
        result->value = static_cast<qint64>(*number);
    } else if (const auto truth = node.value_exact<bool>()) {
        result->value = *truth;
    }
    return result;
}

Result<TomlTable> TomlTable::parse(const QByteArray &bytes, const QString &file)
{
    const auto parsed =
        toml::parse(std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
    if (!parsed) {
        const auto &error = parsed.error();
        const auto at = error.source().begin;
        return std::unexpected(Error{Fault::Syntax,
            place(file, static_cast<int>(at.line), static_cast<int>(at.column))
                + toQt(error.description())});
    }
    auto document = std::make_shared<Document>();
    document->file = file;
    return TomlTable(std::move(document), Node::from(parsed.table()));
}

TomlTable::TomlTable(std::shared_ptr<Document> document, std::shared_ptr<const Node> node)
    : m_document(std::move(document)), m_node(std::move(node))
{
}

const TomlTable::Node *TomlTable::find(const QString &key)
{
    m_asked.append(key);
    const auto *table = m_node ? std::get_if<Node::Table>(&m_node->value) : nullptr;
    return table == nullptr ? nullptr : table->value(key).get();
}

void TomlTable::fail(const Node *at, const QString &why)
{
    if (!m_document->error)
        m_document->error = Error{Fault::Syntax,
            place(m_document->file, at == nullptr ? 1 : at->line, at == nullptr ? 1 : at->column)
                + why};
}

QString TomlTable::text(const QString &key, const QString &otherwise)
{
    const Node *node = find(key);
    if (node == nullptr)
        return otherwise;
    if (const auto *text = std::get_if<QString>(&node->value))
        return *text;
    fail(node, u"%1 must be a text in quotes"_s.arg(key));
    return otherwise;
}

qint64 TomlTable::number(const QString &key, qint64 otherwise, qint64 least, qint64 most)
{
    const Node *node = find(key);
    if (node == nullptr)
        return otherwise;
    const auto *number = std::get_if<qint64>(&node->value);
    if (number != nullptr && *number >= least && *number <= most)
        return *number;
    fail(node, u"%1 must be a whole number from %2 to %3"_s.arg(key).arg(least).arg(most));
    return otherwise;
}

bool TomlTable::truth(const QString &key, bool otherwise)
{
    const Node *node = find(key);
    if (node == nullptr)
        return otherwise;
    if (const auto *truth = std::get_if<bool>(&node->value))
        return *truth;
    fail(node, u"%1 must be true or false"_s.arg(key));
    return otherwise;
}

QStringList TomlTable::texts(const QString &key)
{
    QStringList result;
    const Node *node = find(key);
    if (node == nullptr)
        return result;
    const auto *items = std::get_if<Node::Array>(&node->value);
    if (items == nullptr)
        fail(node, u"%1 must be a list of texts in quotes"_s.arg(key));
    else
        for (const auto &item : *items) {
            const auto *text = std::get_if<QString>(&item->value);
            if (text == nullptr)
                fail(item.get(), u"%1 must be a list of texts in quotes"_s.arg(key));
            else
                result.append(*text);
        }
    return result;
}

QJsonValue TomlTable::jsonOf(const Node &node)
{
    if (const auto *text = std::get_if<QString>(&node.value))
        return *text;
    if (const auto *number = std::get_if<qint64>(&node.value))
        return *number;
    if (const auto *truth = std::get_if<bool>(&node.value))
        return *truth;
    if (const auto *items = std::get_if<Node::Array>(&node.value)) {
        QJsonArray array;
        for (const auto &item : *items)
            array.append(jsonOf(*item));
        return array;
    }
    if (const auto *entries = std::get_if<Node::Table>(&node.value)) {
        QJsonObject object;
        for (auto entry = entries->begin(); entry != entries->end(); ++entry)
            object[entry.key()] = jsonOf(*entry.value());
        return object;
    }
    fail(&node, u"write a text in quotes, a whole number, true, false, a list or a table"_s);
    return {};
}

QJsonObject TomlTable::object(const QString &key)
{
    const Node *node = find(key);
    if (node == nullptr)
        return {};
    if (!std::holds_alternative<Node::Table>(node->value))
        fail(node, u"%1 must be a table"_s.arg(key));
    return jsonOf(*node).toObject();
}

TomlTable TomlTable::table(const QString &key)
{
    const Node *node = find(key);
    if (node != nullptr && !std::holds_alternative<Node::Table>(node->value))
        fail(node, u"%1 must be a table: [%1]"_s.arg(key));
    const auto *entries = std::get_if<Node::Table>(&m_node->value);
    return {m_document,
        entries == nullptr || node == nullptr ? std::make_shared<Node>() : entries->value(key)};
}

QList<TomlTable> TomlTable::tables(const QString &key)
{
    QList<TomlTable> result;
    const Node *node = find(key);
    if (node == nullptr)
        return result;
    const auto *items = std::get_if<Node::Array>(&node->value);
    if (items == nullptr) {
        fail(node, u"%1 must be a list of tables: [[%1]]"_s.arg(key));
        return result;
    }
    for (const auto &item : *items) {
        if (!std::holds_alternative<Node::Table>(item->value))
            fail(item.get(), u"%1 must be a list of tables: [[%1]]"_s.arg(key));
        else
            result.append(TomlTable(m_document, item));
    }
    return result;
}

QMap<QString, TomlTable> TomlTable::tablesIn(const QString &key)
{
    QMap<QString, TomlTable> result;
    const Node *node = find(key);
    if (node == nullptr)
        return result;
    const auto *entries = std::get_if<Node::Table>(&node->value);
    if (entries == nullptr) {
        fail(node, u"%1 must hold tables: [%1.NAME]"_s.arg(key));
        return result;
    }
    for (auto entry = entries->begin(); entry != entries->end(); ++entry) {
        if (std::holds_alternative<Node::Table>(entry.value()->value))
            result.insert(entry.key(), TomlTable(m_document, entry.value()));
        else
            fail(entry.value().get(), u"%1.%2 must be a table: [%1.%2]"_s.arg(key, entry.key()));
    }
    return result;
}

void TomlTable::require(const QStringList &keys)
{
    const auto *table = std::get_if<Node::Table>(&m_node->value);
    for (const QString &key : keys)
        if (table == nullptr || !table->contains(key))
            fail(m_node.get(), u"%1 is missing"_s.arg(key));
}

void TomlTable::reject(const QString &key, const QString &why)
{
    const auto *table = std::get_if<Node::Table>(&m_node->value);
    const Node *node = table == nullptr ? nullptr : table->value(key).get();
    fail(node == nullptr ? m_node.get() : node, key + u": "_s + why);
}

void TomlTable::close()
{
    const auto *table = std::get_if<Node::Table>(&m_node->value);
    if (table == nullptr)
        return;
    QStringList allowed = m_asked;
    allowed.sort();
    for (auto entry = table->begin(); entry != table->end(); ++entry)
        if (!m_asked.contains(entry.key()))
            fail(entry.value().get(),
                u"unknown key \"%1\"; allowed here: %2"_s.arg(entry.key(), allowed.join(u", "_s)));
}

const std::optional<Error> &TomlTable::error() const
{
    return m_document->error;
}

} // namespace station
