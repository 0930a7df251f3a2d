// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundlepapers.h"
#include "app/commands/people.h"
#include "app/commands/storedjson.h"
#include "app/retention.h"
#include "app/watching.h"
#include "station/ornull.h"
#include "station/roots.h"

#include <QDateTime>

namespace app::commands {

using namespace Qt::StringLiterals;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s, u"The station whose ledger it is; its line must not run meanwhile."_s,
            u"FILE"_s},
        {u"before"_s, u"Examinations of earlier months go, by UTC: 2026-03 leaves March."_s,
            u"YYYY-MM"_s},
        {u"out"_s,
            u"A new folder or FILE.zip; after an archive that was stopped, the same again."_s,
            u"PATH"_s},
        {u"json"_s, u"Print one JSON object: what went, and what stays why."_s},
    });
    describeSigner(parser); // else [sign] of station.toml
    describeWho(parser);
}

/// The beginning of a month that has begun.
std::expected<qint64, QString> monthOf(const QString &text)
{
    static const QRegularExpression form(u"^[0-9]{4}-[0-9]{2}$"_s);
    const QDate month = QDate::fromString(text + u"-01"_s, Qt::ISODate);
    if (!form.match(text).hasMatch() || !month.isValid())
        return std::unexpected(
            u"--before takes a month, such as 2026-03, and not \"%1\""_s.arg(text.left(40)));
    const QDateTime start = month.startOfDay(Qt::UTC);
    if (start > QDateTime::currentDateTimeUtc())
        return std::unexpected(
            u"%1 has not begun; an archive takes months that are over"_s.arg(text));
    return start.toMSecsSinceEpoch() * 1000;
}

/// Who signs, and the certificate by which that is seen.
station::Result<std::pair<Signer, tpm::Anchors>> sealOf(
    const QCommandLineParser &parser, const Settings &settings)
{
    const bool isSaid = parser.isSet(u"key"_s) || parser.isSet(u"certificate"_s);
    const auto signer = isSaid || settings.signKey.isEmpty()
        ? signerOf(parser)
        : signerFrom(settings.signKey, settings.signCertificate);
    if (!signer)
        return std::unexpected(signer.error());
    const auto anchors =
        trustedIn(isSaid ? parser.value(u"certificate"_s) : settings.signCertificate);
    if (!anchors)
        return std::unexpected(anchors.error());
    return std::pair{*signer, *anchors};
}

QString inWords(const station::Staying &staying)
{
    static const QMap<QString, QString> words{
        {u"hold"_s, u"under a legal hold (ledger hold list)"_s},
        {u"queue"_s, u"of units in the line's queue"_s},
        {u"undelivered"_s, u"of enrollments or reports that are not confirmed (upload)"_s},
        {u"order"_s, u"of an order that is open (order close)"_s},
        {u"unit"_s, u"of units that are held, returned or in repair"_s},
    };
    return u"%L1 examinations stay, %2, such as %3"_s.arg(staying.records)
        .arg(words.value(staying.why), staying.example);
}

void report(const Retained &done, const Retention &wish, bool json)
{
    for (const station::Staying &staying : done.staying)
        say(inWords(staying));
    if (done.left != 0)
        say(u"%L1 more may go, and are not in %2; archive them into another file"_s.arg(done.left)
                .arg(wish.out));
    if (json) {
        QJsonObject staying;
        for (const station::Staying &one : done.staying)
            staying[one.why] = one.records;
        QJsonObject object = archiveJson(done.note);
        object[u"before"_s] = wish.before;
        object[u"gone"_s] = done.gone;
        object[u"left"_s] = done.left;
        object[u"takenUp"_s] = done.takenUp;
        object[u"staying"_s] = staying;
        printJson(object);
    } else if (done.note.seq == 0) {
        printLine(u"nothing of before %1 may go"_s.arg(wish.before));
    } else {
        printLine(
            u"%1: %L2 examinations of before %3, verified; %L4 bodies have gone from the ledger, entry %5"_s
                .arg(wish.out)
                .arg(done.note.entries)
                .arg(wish.before)
                .arg(done.gone)
                .arg(done.note.seq));
    }
}

Exit runArchive(const QCommandLineParser &parser)
{
    for (const QString &needed : {u"station"_s, u"before"_s, u"out"_s})
        if (parser.value(needed).isEmpty() || !parser.positionalArguments().isEmpty())
            return wrongUse(
                u"ledger archive needs --station FILE, --before YYYY-MM and --out PATH"_s);
    const auto month = monthOf(parser.value(u"before"_s));
    if (!month)
        return wrongUse(month.error());
    const auto loaded = loadSettings(parser.value(u"station"_s));
    if (!loaded)
        return wrongUse(loaded.error().detail);
    const Settings &settings = *loaded;
    const auto seal = sealOf(parser, settings);
    if (!seal)
        return stationError(seal.error());
    const auto store = openFor(parser, settings, u"ledger archive"_s, station::Right::Configure);
    if (!store)
        return store.error();
    auto reader =
        station::LedgerReader::open(ledgerPlace(settings, station::LedgerPlace::Role::Courier));
    const auto papers = bundlePapers(settings.stationId, settings, seal->first);
    if (!reader || !papers)
        return stationError(reader ? papers.error() : reader.error());
    const Retention wish{
        parser.value(u"before"_s), *month, parser.value(u"out"_s), *papers, seal->second};
    Watching watching;
    const auto done = retain(**store, *reader, wish, watching.watcher());
    if (!done)
        return refusedOrTrouble(done.error());
    report(*done, wish, parser.isSet(u"json"_s));
    return Exit::Good;
}

} // namespace

const Command ledgerArchive{"ledger archive", "",
    "Old examinations go into a signed bundle; what proves them stays.",
    "ekstation-cli ledger archive --station station.toml --before 2026-03 --out 2026-02.zip",
    describe, runArchive};

} // namespace app::commands
