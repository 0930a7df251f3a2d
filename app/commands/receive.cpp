// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arrivals.h"
#include "app/commands/people.h"
#include "app/courier.h"
#include "app/interrupt.h"
#include "app/papers.h"
#include "app/wiring.h"
#include "station/ledgerreader.h"
#include "station/receipt.h"
#include "upload/enrollment.h"
#include "upload/handover/policy.h"

#include <QCoreApplication>
#include <QDateTime>

namespace app::commands {

using namespace Qt::StringLiterals;
using namespace upload::handover;
using station::DeliveryState;
using station::Error;
using station::Fault;
using Fate = Offer::Fate;

namespace {

constexpr qint64 largestPolicy = 1 << 20;

void describe(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"BUNDLE"_s, u"A bundle: a folder or a .zip."_s);
    parser.addOptions({
        {u"station"_s, u"The receiver's own settings: ledger and service."_s, u"FILE"_s},
        {u"policy"_s, u"What is asked of a bundle and of each device; TOML."_s, u"FILE"_s},
        {u"service"_s, u"Where the devices are enrolled; default main."_s, u"NAME"_s},
        {u"receipt"_s, u"Where the answer goes; its signature goes to the same name with .p7s."_s,
            u"FILE"_s},
        {u"json"_s, u"Print one JSON object a device, and one that sums them up."_s},
    });
    describeSigner(parser);
    describeWho(parser);
}

/// A policy, and everything that it names.
struct Demands {
    Policy policy;
    std::unique_ptr<tpm::Trust> roots;
    QList<QByteArray> issuers; ///< that came with the bundle
};

station::Result<Demands> demandsOf(const QString &file, const QString &bundlePath)
{
    const auto toml = bytesOf(file, largestPolicy);
    if (!toml)
        return std::unexpected(toml.error());
    const auto policy = parsePolicy(*toml, file);
    if (!policy)
        return std::unexpected(policy.error());
    const auto anchors = policy->rootsFile.isEmpty() ? station::Result<tpm::Anchors>{}
                                                     : trustedIn(policy->rootsFile);
    if (!anchors)
        return std::unexpected(anchors.error());
    Demands demands{*policy, std::make_unique<tpm::Trust>(*anchors), {}};
    const auto bundle = Container::open(bundlePath);
    const auto pem = bundle ? bundle->bytes(issuersName.toString(), largestManifest)
                            : station::Result<QByteArray>{};
    // What is wrong with the bundle is said when it is looked at.
    if (const auto issuers = tpm::parseAnchors(pem.value_or(QByteArray())))
        demands.issuers = issuers->certificates;
    return demands;
}

/// Delivers what waits for one service, to its end or to the first trouble.
Exit deliver(const Settings &settings, const QString &service)
{
    const auto ledger =
        station::Ledger::open(ledgerPlace(settings, station::LedgerPlace::Role::Courier));
    if (!ledger)
        return stationError(ledger.error());
    auto client = openClient(settings, settings.services[service]);
    if (!client)
        return stationError(client.error());
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::requested, qApp, &QCoreApplication::quit);
    Courier courier(**ledger, service,
        std::make_unique<upload::Outbox>(**ledger, **client,
            outboxOptions(settings, service, station::LedgerPlace::Role::Courier)));
    QObject::connect(&courier, &Courier::done, qApp, &QCoreApplication::quit);
    courier.start();
    QCoreApplication::exec();
    if (!courier.rest().detail.isEmpty())
        say(courier.rest().detail);
    return courier.exit();
}

/// What the receipt says of a device; nothing while its delivery is under way.
station::Result<std::optional<station::ReceiptRow>> answerTo(
    station::LedgerReader &reader, const QString &service, const Offer &offer)
{
    station::ReceiptRow row{.registrationId = offer.registrationId, .ekSha256 = offer.ekSha256};
    if (offer.fate == Fate::Refused) {
        row.reason = upload::tame(offer.why);
        return row;
    }
    const auto delivery = reader.enrollment(service, offer.registrationId.toLower());
    if (!delivery)
        return std::unexpected(delivery.error());
    if (!*delivery)
        return std::nullopt;
    const DeliveryState state = (*delivery)->state;
    row.confirmed = state == DeliveryState::Confirmed; // acknowledged is not read back yet
    if (row.confirmed)
        return row;
    if (state != DeliveryState::Rejected && state != DeliveryState::Conflict)
        return std::nullopt;
    const QString &said = (*delivery)->serviceText;
    row.reason = u"the service: "_s + (said.isEmpty() ? word(state) : said);
    return row;
}

station::Result<station::Receipt> receiptOf(const Judged &judged, const Manifest &manifest,
    const Settings &settings, const QString &service)
{
    auto reader =
        station::LedgerReader::open(ledgerPlace(settings, station::LedgerPlace::Role::Courier));
    if (!reader)
        return std::unexpected(reader.error());
    station::Receipt receipt{.bundle = judged.sha256,
        .stationId = manifest.stationId,
        .purpose = manifest.purpose,
        .made = QDateTime::fromSecsSinceEpoch(QDateTime::currentSecsSinceEpoch(), Qt::UTC)
            .toString(Qt::ISODate)};
    qint64 open = 0;
    for (const Offer &offer : judged.intake.offers) {
        const auto row = answerTo(*reader, service, offer);
        if (!row)
            return std::unexpected(row.error());
        if (*row)
            receipt.rows.append(**row);
        else
            ++open;
    }
    if (open != 0)
        return std::unexpected(Error{Fault::Down,
            u"%L1 devices are not enrolled yet, so there is no receipt; run the same again"_s.arg(
                open)});
    return receipt;
}

Exit answer(const QCommandLineParser &parser, const station::Receipt &receipt, const Signer &signer)
{
    const QByteArray text = receipt.text();
    const auto signature = sign(text, signer);
    if (!signature)
        return stationError(signature.error());
    const QString out = parser.value(u"receipt"_s);
    for (const auto &[name, bytes] : {std::pair{out, text}, {out + u".p7s"_s, *signature}})
        if (const auto written = writeFile(name, bytes); !written)
            return stationError(written.error());
    const auto confirmed = std::ranges::count(receipt.rows, true, &station::ReceiptRow::confirmed);
    say(u"%1: %L2 confirmed, %L3 rejected"_s.arg(out).arg(confirmed).arg(
        receipt.rows.size() - confirmed));
    return confirmed == receipt.rows.size() ? Exit::Good : Exit::DeviceFailed;
}

Exit take(const QCommandLineParser &parser, Judged &judged, const Settings &settings,
    const QString &service)
{
    const auto store = openFor(parser, settings, u"receive"_s, station::Right::Release);
    if (!store)
        return store.error();
    const auto lodged = lodge(judged, settings, **store, service);
    return lodged ? Exit::Good : stationError(lodged.error());
}

Exit receive(const QCommandLineParser &parser, const Settings &settings, const QString &service,
    const Demands &demands, const Signer &signer)
{
    const Policy &policy = demands.policy;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    auto bundle = judgeBundle(parser.positionalArguments().first(), policy.signersFile,
        settings.purpose, [&](const QJsonObject &body) {
            return objectionTo(policy, *demands.roots, demands.issuers, now, body);
        });
    if (!bundle)
        return bundle.error();
    auto &[judged, manifest] = *bundle;
    const qsizetype devices = judged.intake.offers.size();
    if (devices < policy.least || devices > policy.most) {
        say(u"the bundle holds %L1 devices, %L2 to %L3 are wanted; nothing of it was taken"_s
                .arg(devices)
                .arg(policy.least)
                .arg(policy.most));
        return Exit::DeviceFailed;
    }
    if (const Exit taken = take(parser, judged, settings, service); taken != Exit::Good)
        return taken;
    const Exit reported = reportOffers(judged, parser.isSet(u"json"_s));
    if (const Exit delivered = deliver(settings, service); delivered == Exit::StationError)
        return delivered;
    const auto receipt = receiptOf(judged, manifest, settings, service);
    return receipt ? worse(reported, answer(parser, *receipt, signer))
                   : stationError(receipt.error());
}

Exit runReceive(const QCommandLineParser &parser)
{
    for (const QString &needed : {u"station"_s, u"policy"_s, u"receipt"_s})
        if (!parser.isSet(needed) || parser.positionalArguments().size() != 1)
            return wrongUse(u"receive needs one BUNDLE, --station, --policy and --receipt"_s);
    const auto settings = loadSettings(parser.value(u"station"_s));
    if (!settings)
        return stationError(settings.error());
    const auto service = serviceOf(parser, *settings);
    const auto signer = signerOf(parser);
    const auto demands = demandsOf(parser.value(u"policy"_s), parser.positionalArguments().first());
    for (const auto *error : {service ? nullptr : &service.error(),
             signer ? nullptr : &signer.error(), demands ? nullptr : &demands.error()})
        if (error != nullptr)
            return stationError(*error);
    return receive(parser, *settings, *service, *demands, *signer);
}

} // namespace

const Command receiveBundle{"receive", "BUNDLE",
    "Verify a bundle, judge it by a policy, enroll its devices, and write a signed receipt.",
    "ekstation-cli receive order-4711.zip --station office.toml --policy policy.toml "
    "--receipt order-4711.receipt --key office.key --certificate office.pem",
    describe, runReceive};

} // namespace app::commands
