// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/command.h"
#include "station/toml.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

namespace {

const QString required = u"required"_s;
const QString image = u"image"_s;
const QString idScope = u"id_scope"_s;
const QString deadline = u"deadline_ms"_s;

void limits(TomlTable &table, QVariantMap &limits)
{
    limits[required] = table.truth(required, false);
    limits[image] = table.text(image);
    limits[idScope] = table.text(idScope);
    limits[deadline] = table.number(deadline, 10'000, 1, 600'000);
}

/// "00:1A-2b…" and "001a2b…" name one interface.
QString bare(QString mac)
{
    return mac.remove(u':').remove(u'-').toLower();
}

/// What one told fact says, and what it must.
struct Fact {
    QString name, told, expected;
    [[nodiscard]] bool contradicts() const { return !expected.isEmpty() && told != expected; }
};

QList<Fact> factsIn(const QJsonObject &told, const Context &context)
{
    const Device &device = context.subject.device;
    QStringList macs{bare(told[u"mac"].toString())};
    const QJsonArray more = told[u"macs"].toArray();
    for (const QJsonValue &mac : more)
        macs.append(bare(mac.toString()));
    const QString mac = bare(device.facts.value(u"mac"_s));
    return {{u"serial"_s, told[u"serial"].toString(), device.serial},
        {u"board serial"_s, told[u"boardSerial"].toString(), device.boardSerial},
        // A unit has many interfaces, and is known by one of them.
        {u"MAC"_s, macs.contains(mac) ? mac : macs.join(u' ').trimmed(), mac},
        {u"image"_s, told[u"image"].toString(), context.limits.value(image).toString()},
        {u"ID scope"_s, told[u"idScope"].toString(), context.limits.value(idScope).toString()}};
}

Judgement compared(const QJsonObject &told, const Context &context)
{
    QStringList same, wrong, expected;
    for (const Fact &fact : factsIn(told, context)) {
        if (fact.contradicts()) {
            wrong.append(fact.name + u' ' + (fact.told.isEmpty() ? u"untold"_s : fact.told));
            expected.append(fact.name + u' ' + fact.expected);
        } else if (!fact.expected.isEmpty()) {
            same.append(fact.name + u' ' + fact.told);
        }
    }
    if (!wrong.isEmpty())
        return Judgement::bad(wrong.join(u", "_s), expected.join(u", "_s), u"another-unit"_s);
    return Judgement::good(same.join(u", "_s), u"as scanned, admitted and planned"_s);
}

tpm::Result<Judgement> judge(Context &context)
{
    const QStringList &command = context.subject.identity;
    if (command.isEmpty())
        return context.limits.value(required).toBool()
            ? Judgement::bad(u"no identity command at this slot"_s, u"one"_s, u"identity-unread"_s)
            : Judgement::skipped(u"no identity command at this slot"_s);
    const auto answer =
        run(command, std::chrono::milliseconds(context.limits.value(deadline, 10'000).toLongLong()),
            *context.stop);
    if (context.stop->requested())
        return std::unexpected(tpm::Error{tpm::Fault::Cancelled, u"stopped"_s});
    if (!answer) {
        // The channel is the station's: the device is neither good nor bad.
        context.trouble = Trouble{u"identity"_s, answer.error().detail};
        return Judgement::skipped({});
    }
    const auto told = QJsonDocument::fromJson(*answer);
    if (!told.isObject())
        return Judgement::bad(u"no JSON object: "_s + QString::fromUtf8(answer->left(80)),
            u"{\"serial\": …}"_s, u"identity-unread"_s);
    return compared(told.object(), context);
}

} // namespace

const Check checks::identity{
    "identity",
    "The TPM on this slot sits in the unit that was scanned: crossed cables fail on both.",
    "the unit's own answer to the slot's identity command",
    {u"another-unit"_s, u"identity-unread"_s},
    limits,
    judge,
};

} // namespace station
