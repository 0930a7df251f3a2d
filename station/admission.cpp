// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/admission.h"

#include "station/command.h"
#include "station/errand.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QRegularExpression>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestFact = 128;

std::unexpected<Error> down(const QString &why)
{
    return std::unexpected(Error{Fault::Down, u"the factory's system: "_s + why});
}

AskFactory askCommand(
    const QStringList &command, std::chrono::milliseconds deadline, QObject *parent)
{
    if (command.isEmpty())
        return {};
    return [command, deadline, parent](const QByteArray &question, const auto &then) {
        auto *errand = new Errand(command, deadline, parent);
        QObject::connect(errand, &Errand::ended, parent, [errand, then](const auto &answer) {
            errand->deleteLater();
            then(answer);
        });
        errand->start(question + '\n');
    };
}

/// What goes into records, enrollments and file names: a short text on one line.
bool isFact(const QString &text)
{
    return text.size() <= longestFact
        && std::ranges::all_of(text, [](QChar letter) { return letter.isPrint(); });
}

/// "02:00:00:00:00:01", with colons or dashes.
bool isMac(const QString &text)
{
    static const QRegularExpression form(QRegularExpression::anchoredPattern(
        u"[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){5}"_s));
    return form.match(text).hasMatch();
}

/// What is wrong with the form of a fact; empty: nothing.
QString flawOf(const QString &key, const QJsonValue &value)
{
    // Left out silently, an order that came as a number would be missing in every record.
    const QStringList known{
        u"boardSerial"_s, u"order"_s, u"customer"_s, u"product"_s, u"deviceId"_s, u"mac"_s};
    if (known.contains(key) && !value.isString() && !value.isNull())
        return u"no text"_s;
    if (!isFact(value.toString()))
        return u"longer than %1 characters, or holds some that cannot be printed"_s.arg(
            longestFact);
    static const QRegularExpression macs(QRegularExpression::anchoredPattern(u"mac[0-9]*"_s));
    if (value.isString() && macs.match(key).hasMatch() && !isMac(value.toString()))
        return u"no MAC address"_s;
    return {};
}

} // namespace

Admission::Admission(QString stationId, AskFactory askFactory)
    : m_stationId(std::move(stationId)), m_askFactory(std::move(askFactory))
{
}

Admission::Admission(
    QString stationId, const QStringList &command, std::chrono::milliseconds deadline)
    : m_stationId(std::move(stationId)), m_askFactory(askCommand(command, deadline, this))
{
}

void Admission::fallBackOn(const Device &order)
{
    m_cached = order;
}

void Admission::ask(const QString &serial)
{
    if (!m_askFactory) {
        Q_EMIT answered(serial, Device{.serial = serial});
        return;
    }
    const QJsonObject question{{u"serial"_s, serial}, {u"station"_s, m_stationId}};
    m_askFactory(QJsonDocument(question).toJson(QJsonDocument::Compact),
        [self = QPointer(this), serial](const Result<QByteArray> &said) {
            if (self)
                self->answer(
                    serial, said ? parseAdmission(serial, *said) : down(said.error().detail));
        });
}

void Admission::answer(const QString &serial, const Result<Device> &device)
{
    if (device && m_cached && !device->order.isEmpty())
        m_cached = *device;
    if (device || device.error().fault != Fault::Down || !m_cached || m_cached->order.isEmpty()) {
        Q_EMIT answered(serial, device);
        return;
    }
    Q_EMIT answered(serial,
        Device{.serial = serial,
            .boardSerial = {},
            .order = m_cached->order,
            .customer = m_cached->customer,
            .product = m_cached->product,
            .facts = {{u"admission"_s, u"cached-order"_s}}});
}

Result<Device> parseAdmission(const QString &serial, const QByteArray &json)
{
    if (json.size() > largestAnswer)
        return down(u"its answer is longer than 64 KiB"_s);
    QJsonParseError error;
    const QJsonObject answer = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError || !answer[u"allow"].isBool())
        return down(u"its answer is no JSON object with \"allow\": true or false"_s);
    if (!answer[u"allow"].toBool())
        return std::unexpected(
            Error{Fault::Refused, answer[u"reason"].toString(u"refused without a reason"_s)});
    if (answer.contains(u"serial") && answer[u"serial"].toString() != serial)
        return std::unexpected(Error{Fault::Refused,
            u"the factory's system: its answer is about another serial; nothing of it is used"_s});
    for (const QString &key : answer.keys())
        if (const QString flaw = flawOf(key, answer[key]); !flaw.isEmpty())
            return down(u"its answer's \"%1\" is %2"_s.arg(key, flaw));
    Device device{.serial = serial,
        .boardSerial = answer[u"boardSerial"].toString(),
        .order = answer[u"order"].toString(),
        .customer = answer[u"customer"].toString(),
        .product = answer[u"product"].toString()};
    for (const QString &key : answer.keys())
        if (answer[key].isString())
            device.facts[key] = answer[key].toString();
    return device;
}

} // namespace station
