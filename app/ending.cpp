// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ending.h"

#include "ui/wording.h"

#include <QJsonDocument>

namespace app {

using namespace Qt::StringLiterals;
using station::DeliveryState;
using station::Verdict;

namespace {

/// "PASS" stands in the column, so that the eye needs no other.
QString columns(const QString &slot, const QString &serial, const QString &verdict,
    const QString &key, const QString &delivery, const QString &time)
{
    return u"%1 %2 %3 %4 %5 %6"_s.arg(slot, -5)
        .arg(serial, -16)
        .arg(verdict, -13)
        .arg(key, -64)
        .arg(delivery, -12)
        .arg(time, 8);
}

QJsonValue deliveryJson(std::optional<DeliveryState> state)
{
    return state ? QJsonValue(word(*state)) : QJsonValue::Null;
}

} // namespace

Ending endingOf(const station::Recorded &recorded)
{
    const auto &examination = recorded.examination;
    Ending ending{.json = station::toJson(examination),
        .slot = recorded.slot,
        .serial = recorded.serial,
        .verdict = examination.verdict,
        .ekSha256 =
            examination.key ? QString::fromLatin1(examination.key->sha256().toHex()) : QString(),
        .delivery = recorded.delivery,
        .ms = examination.ms,
        .reason = ui::wording::reason(examination)};
    ending.json.insert(u"slot"_s, recorded.slot);
    ending.json.insert(u"serial"_s, recorded.serial);
    ending.json.insert(
        u"entry"_s, recorded.seq > 0 ? QJsonValue(recorded.seq) : QJsonValue(QJsonValue::Null));
    ending.json.insert(u"attempt"_s, recorded.attempt);
    ending.json.insert(u"resumed"_s, false);
    ending.json.insert(u"delivery"_s, deliveryJson(recorded.delivery));
    return ending;
}

Ending endingOf(const station::Bound &bound)
{
    const QJsonObject body = QJsonDocument::fromJson(bound.body).object();
    Ending ending{.slot = body[u"slot"].toString(),
        .serial = bound.serial,
        .verdict = station::verdictOf(body[u"verdict"].toString()).value_or(Verdict::Error),
        .ekSha256 = body[u"ek"][u"sha256"].toString(),
        .delivery = bound.delivery,
        .ms = body[u"ms"].toInteger(),
        .resumed = true,
        .reason = bound.archived
            ? u"its record is archived; ekstation-cli show %1 tells where"_s.arg(bound.serial)
            : QString()};
    QStringList keys = station::toJson(station::Examination{}).keys();
    keys << u"slot"_s << u"serial"_s << u"attempt"_s;
    for (const QString &key : std::as_const(keys))
        ending.json.insert(key, body[key]);
    ending.json.insert(u"entry"_s, bound.seq);
    ending.json.insert(u"resumed"_s, true);
    ending.json.insert(u"delivery"_s, deliveryJson(bound.delivery));
    return ending;
}

QString headOfTable()
{
    return columns(u"slot"_s, u"serial"_s, u"verdict"_s, u"EK SHA-256"_s, u"delivery"_s, u"time"_s);
}

QString rowOfTable(const Ending &ending)
{
    QString row = columns(ending.slot, ending.serial, ui::wording::verdict(ending.verdict),
        ending.ekSha256.isEmpty() ? u"-"_s : ending.ekSha256,
        ui::wording::delivery(ending.delivery), u"%1 ms"_s.arg(ending.ms));
    if (ending.resumed)
        row += u"  recorded earlier"_s;
    return ending.reason.isEmpty() ? row : row + u"\n      "_s + ending.reason;
}

void Tally::add(Verdict verdict)
{
    ++total;
    switch (verdict) {
    case Verdict::Pass:
        ++pass;
        break;
    case Verdict::Fail:
        ++fail;
        break;
    case Verdict::Error:
        ++error;
        break;
    case Verdict::Timeout:
        ++timeout;
        break;
    case Verdict::Aborted:
        ++aborted;
        break;
    }
}

void Tally::add(DeliveryState state)
{
    if (state == DeliveryState::Acknowledged || state == DeliveryState::Confirmed)
        ++acknowledged;
    if (state == DeliveryState::Confirmed)
        ++confirmed;
    if (state == DeliveryState::Rejected || state == DeliveryState::Conflict)
        ++rejected;
}

void Tally::addTrial(station::Outcome outcome)
{
    ++(outcome == station::Outcome::Pass        ? tried
            : outcome == station::Outcome::Fail ? trialsFailed
                                                : trialsSkipped);
}

QJsonObject Tally::toJson() const
{
    QJsonObject object{{u"total"_s, total}, {u"pass"_s, pass}, {u"fail"_s, fail},
        {u"error"_s, error}, {u"timeout"_s, timeout}, {u"aborted"_s, aborted},
        {u"acknowledged"_s, acknowledged}, {u"confirmed"_s, confirmed}, {u"seconds"_s, seconds}};
    if (tried + trialsFailed + trialsSkipped > 0)
        object[u"trials"_s] =
            QJsonObject{{u"pass"_s, tried}, {u"fail"_s, trialsFailed}, {u"skip"_s, trialsSkipped}};
    return object;
}

QString Tally::toText() const
{
    QString text =
        u"%1 devices: %2 pass, %3 fail, %4 station error, %5 timeout, %6 aborted; %7 enrolled and confirmed; %8 s"_s
            .arg(total)
            .arg(pass)
            .arg(fail)
            .arg(error)
            .arg(timeout)
            .arg(aborted)
            .arg(confirmed)
            .arg(seconds, 0, 'f', 1);
    if (rejected > 0)
        text += u"; %1 rejected by the service"_s.arg(rejected);
    if (const int all = tried + trialsFailed + trialsSkipped; all > 0)
        text += u"; %1 of %2 trials passed"_s.arg(tried).arg(all);
    return text;
}

Exit Tally::exit() const
{
    if (error + trialsSkipped > 0)
        return Exit::StationError;
    return trialsFailed + fail + timeout + aborted + rejected > 0 ? Exit::DeviceFailed : Exit::Good;
}

} // namespace app
