// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arrivals.h"

#include "app/papers.h"
#include "app/watching.h"
#include "app/wiring.h"
#include "station/ornull.h"
#include "upload/enrollment.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace app {

using namespace Qt::StringLiterals;
using namespace upload::handover;
using station::Error;
using station::Fault;
using Fate = Offer::Fate;

namespace {

constexpr qint64 largestFile = 1LL << 30;
constexpr qsizetype mostNoted = 1000; // refusals that an entry keeps

std::unexpected<Error> wrong(Fault fault, const QString &what)
{
    return std::unexpected(Error{fault, what});
}

QString fateOf(const Offer &offer)
{
    constexpr std::array words{"accepted", "repaired", "refused"};
    return QString::fromLatin1(words.at(static_cast<size_t>(offer.fate)));
}

/// Whether a bundle may be used at all; says why not.
bool isUsable(const Inspection &seen, station::Purpose purpose)
{
    for (const QString &mismatch : seen.mismatches)
        say(mismatch);
    if (!seen.isIntact())
        say(u"the bundle is not intact; nothing of it was taken"_s);
    else if (seen.seal.state != tpm::Seal::State::Good)
        say(u"the bundle is intact, its signer is unknown: %1 (%2); nothing of it was taken"_s.arg(
            seen.seal.signer, seen.seal.detail));
    else if (seen.manifest.purpose != purpose)
        say(u"a bundle for %1 and a station for %2; nothing of it was taken"_s.arg(
            word(seen.manifest.purpose), word(purpose)));
    else
        return true;
    return false;
}

} // namespace

std::expected<std::pair<Judged, Manifest>, Exit> judgeBundle(const QString &path,
    const QString &signersFile, station::Purpose purpose, const Objection &objection)
{
    const auto signers = trustedIn(signersFile);
    const auto bundle = Container::open(path);
    if (!signers || !bundle)
        return std::unexpected(stationError(signers ? bundle.error() : signers.error()));
    Judged judged{.file = QFileInfo(path).fileName(), .intake = {.form = u"bundle"_s}};
    Doctor doctor;
    const auto visit = [&](const Row &row, const QJsonObject &body) {
        Offer offer = doctor.judge(judged.intake.offers.size() + 1, row);
        const QString why = objection ? objection(body) : QString();
        if (!why.isEmpty() && offer.fate != Fate::Refused) {
            offer.fate = Fate::Refused;
            offer.why = why;
        }
        judged.intake.offers.append(offer);
    };
    Watching watching;
    const auto seen =
        inspect(*bundle, *signers, QDateTime::currentDateTimeUtc(), watching.watcher(), visit);
    if (!seen)
        return std::unexpected(stationError(seen.error()));
    if (!isUsable(*seen, purpose))
        return std::unexpected(Exit::DeviceFailed);
    judged.intake.purpose = seen->manifest.purpose;
    judged.sha256 = QString::fromLatin1(seen->sha256.toHex());
    judged.signer = seen->seal.signer;
    return std::pair{judged, seen->manifest};
}

station::Result<Judged> judgeFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return wrong(Fault::Missing, u"%1: %2"_s.arg(path, file.errorString()));
    const QByteArray bytes = file.read(largestFile + 1);
    if (bytes.size() > largestFile)
        return wrong(Fault::Syntax, u"%1: larger than 1 GiB; import it in parts"_s.arg(path));
    auto intake = readIntake(bytes, path);
    if (!intake)
        return std::unexpected(intake.error());
    return Judged{QFileInfo(path).fileName(), *intake,
        QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()),
        {}};
}

station::Result<void> lodge(
    Judged &judged, const Settings &settings, station::Store &store, const QString &service)
{
    // A file that does not say what it is for is for what the station is for.
    const station::Purpose purpose = judged.intake.purpose.value_or(settings.purpose);
    station::Arrival arrival{.file = judged.file,
        .form = judged.intake.form,
        .sha256 = judged.sha256,
        .signer = judged.signer,
        .purpose = purpose};
    QList<Offer *> taken;
    for (Offer &offer : judged.intake.offers) {
        if (offer.fate == Fate::Refused) {
            if (arrival.refusals.size() < mostNoted)
                arrival.refusals.append(QJsonObject{{u"row"_s, offer.row},
                    {u"registrationId"_s, offer.registrationId}, {u"why"_s, offer.why}});
            continue;
        }
        const auto enrollment = upload::enrollmentOf(offer.enrollment);
        if (!enrollment)
            return wrong(
                Fault::Syntax, u"row %1: %2"_s.arg(offer.row).arg(enrollment.error().detail));
        arrival.enrollments.append(upload::makePayload(service, *enrollment, offer.enrollment));
        arrival.keys.append(offer.ekSha256);
        taken.append(&offer);
    }
    const auto lodged = store.takeIn(arrival);
    if (!lodged)
        return std::unexpected(lodged.error());
    for (qsizetype at = 0; at < taken.size(); ++at) {
        const station::Lodging lodging = lodged->lodgings[at];
        if (lodging != station::Lodging::Conflict && lodging != station::Lodging::Twice)
            continue;
        taken[at]->fate = Fate::Refused;
        taken[at]->why = lodging == station::Lodging::Twice
            ? u"this EK is in use under another registrationId: two devices never share one"_s
            : u"another enrollment is under way or in use under this registrationId"_s;
    }
    return {};
}

station::Result<QString> serviceOf(const QCommandLineParser &parser, const Settings &settings)
{
    QString service = parser.isSet(u"service"_s) ? parser.value(u"service"_s) : u"main"_s;
    if (settings.services.contains(service))
        return service;
    return wrong(Fault::Missing,
        u"the settings name no service \"%1\"; add [service.%1]"_s.arg(service.left(40)));
}

Exit reportOffers(const Judged &judged, bool json)
{
    std::array<qint64, 3> counts{};
    for (const Offer &offer : judged.intake.offers) {
        ++counts.at(static_cast<size_t>(offer.fate));
        if (json)
            printJson({{u"row"_s, offer.row}, {u"fate"_s, fateOf(offer)},
                {u"registrationId"_s, offer.registrationId}, {u"ekSha256"_s, offer.ekSha256},
                {u"why"_s, station::orNull(offer.why)}});
        else if (offer.fate != Fate::Accepted)
            printLine(u"row %1: %2: %3"_s.arg(offer.row).arg(fateOf(offer), offer.why));
    }
    if (json)
        printJson({{u"file"_s, judged.file}, {u"form"_s, judged.intake.form},
            {u"sha256"_s, judged.sha256}, {u"accepted"_s, counts[0]}, {u"repaired"_s, counts[1]},
            {u"refused"_s, counts[2]}});
    else
        printLine(u"%1: %L2 accepted, %L3 repaired, %L4 refused"_s.arg(judged.file)
                .arg(counts[0])
                .arg(counts[1])
                .arg(counts[2]));
    return counts[2] == 0 ? Exit::Good : Exit::DeviceFailed;
}

} // namespace app
