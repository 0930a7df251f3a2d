// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/manifest.h"

#include "station/hex.h"
#include "station/ornull.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace upload::handover {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;
using station::hex;
using station::Purpose;

namespace {

const QString form = u"ekstation-bundle-1"_s;
constexpr qsizetype mostFiles = 1000;

QJsonObject toJson(const Enclosure &file)
{
    return {{u"name"_s, file.name}, {u"bytes"_s, file.bytes}, {u"sha256"_s, hex(file.sha256)}};
}

QJsonObject toJson(const ChainPart &part)
{
    return {{u"station"_s, part.stationId}, {u"first"_s, part.first}, {u"last"_s, part.last},
        {u"prev"_s, hex(part.prev)}, {u"hash"_s, hex(part.hash)}, {u"whole"_s, part.whole}};
}

QJsonObject toJson(const PlanCopy &plan)
{
    return {{u"name"_s, plan.name}, {u"version"_s, plan.version}, {u"sha256"_s, plan.sha256},
        {u"file"_s, station::orNull(plan.file)}};
}

template <typename Part> QJsonArray arrayOf(const QList<Part> &parts)
{
    QJsonArray array;
    for (const Part &part : parts)
        array.append(toJson(part));
    return array;
}

/// Reads members one by one and keeps the first that is wrong.
class Members {
public:
    Members(const QJsonValue &value, const QString &place)
        : m_object(value.toObject()), m_place(place)
    {
        if (!value.isObject())
            fail({});
    }
    QString text(const QString &name, const QString &pattern = u"^[^\\p{C}]{0,200}$"_s)
    {
        const QJsonValue value = m_object.take(name);
        const QRegularExpression allowed(pattern);
        if (!value.isString() || !allowed.match(value.toString()).hasMatch())
            fail(name);
        return value.toString();
    }
    QByteArray hash(const QString &name)
    {
        return QByteArray::fromHex(text(name, u"^[0-9a-f]{64}$"_s).toLatin1());
    }
    qint64 number(const QString &name, qint64 least)
    {
        const QJsonValue value = m_object.take(name);
        const qint64 number = value.toInteger(-1);
        if (number < least)
            fail(name);
        return number;
    }
    QJsonObject object(const QString &name)
    {
        const QJsonValue value = m_object.take(name);
        if (!value.isObject())
            fail(name);
        return value.toObject();
    }
    template <typename Read> void each(const QString &name, Read read)
    {
        const QJsonValue value = m_object.take(name);
        if (!value.isArray() || value.toArray().size() > mostFiles)
            fail(name);
        qsizetype at = 0;
        for (const QJsonValue &one : value.toArray()) {
            Members members(one, u"%1%2[%3]."_s.arg(m_place, name).arg(at++));
            read(members);
            members.close();
            if (m_wrong.isEmpty())
                m_wrong = members.m_wrong;
        }
    }
    QJsonValue optional(const QString &name) { return m_object.take(name); }
    void close()
    {
        if (!m_object.isEmpty())
            fail(m_object.keys().first());
    }
    void fail(const QString &name)
    {
        if (m_wrong.isEmpty())
            m_wrong = u"manifest.json: %1%2 is not as ekstation-bundle-1 has it"_s.arg(
                m_place, name.left(40));
    }
    void take(const Members &other)
    {
        if (m_wrong.isEmpty())
            m_wrong = other.m_wrong;
    }
    [[nodiscard]] const QString &wrong() const { return m_wrong; }

private:
    QJsonObject m_object;
    QString m_place;
    QString m_wrong;
};

void readCheckable(Members &part, Manifest &manifest)
{
    // No path leads out of the bundle, and nothing lies deeper than one folder.
    const QString path = u"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99})?$"_s;
    const auto purpose = station::purposeOf(part.text(u"purpose"_s));
    if (purpose != Purpose::Production && purpose != Purpose::Training)
        part.fail(u"purpose"_s);
    manifest.purpose = purpose.value_or(Purpose::Training);
    part.each(u"files"_s, [&](Members &file) {
        manifest.files.append(
            {file.text(u"name"_s, path), file.number(u"bytes"_s, 0), file.hash(u"sha256"_s)});
    });
    part.each(u"chains"_s, [&](Members &chain) {
        const QString name = chain.text(u"station"_s);
        const qint64 first = chain.number(u"first"_s, 1);
        const qint64 last = chain.number(u"last"_s, first);
        const QByteArray prev = chain.hash(u"prev"_s);
        const QByteArray hash = chain.hash(u"hash"_s);
        manifest.chains.append({name, first, last, prev, hash, chain.number(u"whole"_s, 0)});
    });
    part.each(u"plans"_s, [&](Members &plan) {
        PlanCopy copy{plan.text(u"name"_s), plan.text(u"version"_s),
            plan.text(u"sha256"_s, u"^([0-9a-f]{64})?$"_s), {}};
        const QJsonValue file = plan.optional(u"file"_s);
        copy.file = file.toString();
        if (!file.isNull() && copy.file.isEmpty())
            plan.fail(u"file"_s);
        manifest.plans.append(copy);
    });
    manifest.enrollments = part.number(u"enrollments"_s, 0);
    part.close();
}

void readAsserted(Members &part, Manifest &manifest)
{
    manifest.stationId = part.text(u"station"_s);
    manifest.made =
        part.text(u"made"_s, u"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"_s);
    manifest.software = part.text(u"software"_s);
    manifest.selection = part.object(u"selection"_s);
    manifest.roots = part.object(u"roots"_s);
    part.close();
}

} // namespace

QByteArray textOf(const Manifest &manifest)
{
    const QJsonObject checkable{
        {u"purpose"_s, word(manifest.purpose)},
        {u"files"_s, arrayOf(manifest.files)},
        {u"chains"_s, arrayOf(manifest.chains)},
        {u"plans"_s, arrayOf(manifest.plans)},
        {u"enrollments"_s, manifest.enrollments},
    };
    const QJsonObject asserted{
        {u"station"_s, manifest.stationId},
        {u"made"_s, manifest.made},
        {u"software"_s, manifest.software},
        {u"selection"_s, manifest.selection},
        {u"roots"_s, manifest.roots},
    };
    return QJsonDocument(
        QJsonObject{{u"form"_s, form}, {u"checkable"_s, checkable}, {u"asserted"_s, asserted}})
        .toJson();
}

Result<Manifest> parseManifest(const QByteArray &text)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        return std::unexpected(Error{Fault::Syntax,
            u"manifest.json: no JSON (offset %1: %2)"_s.arg(error.offset)
                .arg(error.errorString())});
    Members all(document.isObject() ? document.object() : QJsonValue(), {});
    if (all.text(u"form"_s) != form)
        all.fail(u"form"_s);
    Manifest manifest;
    Members checkable(all.optional(u"checkable"_s), u"checkable."_s);
    Members asserted(all.optional(u"asserted"_s), u"asserted."_s);
    readCheckable(checkable, manifest);
    readAsserted(asserted, manifest);
    all.close();
    all.take(checkable);
    all.take(asserted);
    if (!all.wrong().isEmpty())
        return std::unexpected(Error{Fault::Syntax, all.wrong()});
    return manifest;
}

} // namespace upload::handover
