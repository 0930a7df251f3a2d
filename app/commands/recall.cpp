// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive.h"
#include "app/commands/all.h"
#include "app/papers.h"
#include "app/recollection.h"
#include "app/watching.h"
#include "app/wiring.h"
#include "station/ornull.h"
#include "station/roots.h"
#include "upload/handover/draft.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace app::commands {

using namespace Qt::StringLiterals;
using station::Result;
using station::Whereabouts;
using upload::handover::Draft;

namespace {

constexpr qint64 largestTable = 1 << 20;

void describe(QCommandLineParser &parser)
{
    describeArchive(parser);
    parser.addOptions({
        {u"advisory"_s,
            u"Units whose TPM's firmware this advisory names, such as CVE-2017-15361."_s, u"ID"_s},
        {u"advisories"_s, u"A newer table of advisories than the one that ships."_s, u"FILE"_s},
        {u"issuer"_s,
            u"Units whose EK certificate comes from this authority or one below it, as 'roots list' writes its name."_s,
            u"NAME"_s},
        {u"list"_s, u"Units that a supplier's list names: CSV with ek_sha256, ek or serial."_s,
            u"FILE"_s},
        {u"out"_s, u"Write the list there, signed; the signature goes to FILE.p7s."_s, u"FILE"_s},
        {u"json"_s, u"Print one JSON object a unit, and the sum last."_s},
    });
    describeSigner(parser);
}

Result<station::Recall> advisoryOf(const QCommandLineParser &parser)
{
    QList<station::Advisory> all = station::shippedAdvisories();
    if (parser.isSet(u"advisories"_s)) {
        const auto bytes = bytesOf(parser.value(u"advisories"_s), largestTable);
        const auto table =
            bytes ? station::parseAdvisories(*bytes) : std::unexpected(bytes.error());
        if (!table)
            return std::unexpected(table.error());
        all = *table;
    }
    return station::recallByAdvisory(all, parser.value(u"advisory"_s));
}

/// Authorities below the one that is named are known from the root store.
Result<station::Recall> issuerOf(const QCommandLineParser &parser)
{
    QString file = station::usualRootsFile();
    if (!parser.isSet(u"ledger"_s)) {
        const auto settings = loadSettings(stationFile(parser));
        if (!settings)
            return std::unexpected(settings.error());
        file = rootsFileOf(*settings);
    }
    const auto anchors = station::loadRoots(file);
    if (!anchors)
        return std::unexpected(anchors.error());
    return station::recallByIssuer(parser.value(u"issuer"_s), *anchors);
}

Result<station::Recall> recallOf(const QCommandLineParser &parser)
{
    if (parser.isSet(u"advisory"_s))
        return advisoryOf(parser);
    if (parser.isSet(u"issuer"_s))
        return issuerOf(parser);
    const auto list = station::SupplierList::load(parser.value(u"list"_s));
    if (!list)
        return std::unexpected(list.error());
    return station::recallByList(*list);
}

QJsonObject toJson(const Whereabouts &unit)
{
    const station::RecordRow &row = unit.record;
    return {{u"serial"_s, row.serial}, {u"boardSerial"_s, station::orNull(row.boardSerial)},
        {u"customer"_s, station::orNull(row.customer)}, {u"order"_s, station::orNull(row.order)},
        {u"product"_s, station::orNull(row.product)}, {u"station"_s, row.id.stationId},
        {u"entry"_s, row.id.seq}, {u"ekSha256"_s, station::orNull(row.ekSha256)},
        {u"manufacturer"_s, station::orNull(row.manufacturer)},
        {u"firmware"_s, station::orNull(row.firmware)},
        {u"binding"_s, station::orNull(unit.binding)},
        {u"disposition"_s, station::orNull(unit.disposition)},
        {u"delivery"_s, row.delivery ? QJsonValue(word(*row.delivery)) : QJsonValue()}};
}

QJsonObject toJson(const Recollection &sum)
{
    QJsonArray groups;
    for (const auto &[group, units] : sum.groups)
        groups.append(QJsonObject{{u"customer"_s, station::orNull(group.customer)},
            {u"order"_s, station::orNull(group.order)},
            {u"binding"_s, station::orNull(group.binding)},
            {u"disposition"_s, station::orNull(group.disposition)}, {u"units"_s, units}});
    return {{u"examined"_s, sum.examined}, {u"affected"_s, sum.affected},
        {u"undecided"_s, sum.undecided}, {u"groups"_s, groups}};
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"-"_s : text;
}

/// Where what is found goes: to standard output, and to a list that is signed.
class Sink {
public:
    explicit Sink(bool isJson) : m_isJson(isJson) { }

    Result<void> begin(const QString &out, const QJsonObject &head)
    {
        auto draft = Draft::of(out, Draft::Kind::File);
        if (!draft)
            return std::unexpected(draft.error());
        auto file = upload::handover::created(draft->path());
        if (!file)
            return std::unexpected(file.error());
        m_draft.emplace(std::move(*draft));
        m_file = std::move(*file);
        return line(head);
    }
    Result<void> tell(const Whereabouts &unit)
    {
        const station::RecordRow &row = unit.record;
        if (m_isJson)
            printJson(toJson(unit));
        else
            printLine(u"%1 %2 %3 %4 %5"_s.arg(orDash(row.customer), -16)
                    .arg(orDash(row.order), -12)
                    .arg(row.serial, -16)
                    .arg(orDash(unit.disposition.isEmpty() ? unit.binding : unit.disposition), -10)
                    .arg(row.ekSha256.left(16)));
        return line(toJson(unit));
    }
    /// The list appears with its signature or not at all.
    Result<void> end(const Recollection &sum, const Signer &signer, const QString &out)
    {
        if (const auto put = line(toJson(sum)); !put)
            return put;
        if (const auto closed = upload::handover::closed(*m_file); !closed)
            return closed;
        QFile list(m_draft->path());
        if (!list.open(QIODevice::ReadOnly))
            return std::unexpected(
                station::Error{station::Fault::Full, out + u": "_s + list.errorString()});
        const uchar *bytes = list.map(0, list.size()); // a million units are not for the heap
        const auto signature = sign(
            QByteArray::fromRawData(reinterpret_cast<const char *>(bytes), list.size()), signer);
        if (!signature)
            return std::unexpected(signature.error());
        if (const auto written = writeFile(out + u".p7s"_s, *signature); !written)
            return written;
        return m_draft->publish();
    }

private:
    Result<void> line(const QJsonObject &object)
    {
        if (!m_file)
            return {};
        return upload::handover::put(
            *m_file, QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
    }

    bool m_isJson;
    std::optional<Draft> m_draft;
    std::unique_ptr<QFile> m_file;
};

/// What the list is about; its first line.
QJsonObject headOf(const QCommandLineParser &parser, const Archive &archive)
{
    return {{u"recall"_s, 1}, {u"station"_s, station::orNull(archive.stationId)},
        {u"purpose"_s, word(archive.reader.purpose())},
        {u"made"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
        {u"advisory"_s, station::orNull(parser.value(u"advisory"_s))},
        {u"issuer"_s, station::orNull(parser.value(u"issuer"_s))},
        {u"list"_s, station::orNull(parser.value(u"list"_s))}};
}

void sayUndecided(const Recollection &sum)
{
    if (sum.undecided != 0)
        say(u"%L1 examinations are not judged: archived, or of a firmware that nothing is written of"_s
                .arg(sum.undecided));
}

void printSum(const QCommandLineParser &parser, const Recollection &sum)
{
    if (parser.isSet(u"json"_s)) {
        printJson(toJson(sum));
        return;
    }
    for (const auto &[group, units] : sum.groups)
        printLine(u"customer %1, order %2, binding %3, disposition %4: %L5 units"_s
                .arg(orDash(group.customer), orDash(group.order), orDash(group.binding),
                    orDash(group.disposition))
                .arg(units));
    printLine(u"%L1 units affected, %L2 examinations judged"_s.arg(sum.affected).arg(sum.examined));
}

Exit recallNow(const QCommandLineParser &parser, const station::Recall &recall)
{
    auto archive = openArchive(parser);
    if (!archive)
        return stationError(archive.error());
    Sink sink(parser.isSet(u"json"_s));
    std::optional<Signer> signer;
    const QString out = parser.value(u"out"_s);
    if (!out.isEmpty()) {
        const auto papers = signerOf(parser);
        if (!papers)
            return stationError(papers.error());
        signer = *papers;
        if (const auto begun = sink.begin(out, headOf(parser, *archive)); !begun)
            return stationError(begun.error());
    }
    Watching watching;
    const auto sum = recollect(
        archive->reader, recall, [&sink](const Whereabouts &unit) { return sink.tell(unit); },
        watching.watcher());
    if (!sum)
        return stationError(sum.error());
    if (signer)
        if (const auto ended = sink.end(*sum, *signer, out); !ended)
            return stationError(ended.error());
    printSum(parser, *sum);
    sayUndecided(*sum);
    return sum->affected == 0 ? Exit::Good : Exit::DeviceFailed;
}

Exit runRecall(const QCommandLineParser &parser)
{
    int asked = 0;
    for (const QString &one : {u"advisory"_s, u"issuer"_s, u"list"_s})
        asked += parser.isSet(one) ? 1 : 0;
    if (asked != 1 || !parser.positionalArguments().isEmpty())
        return wrongUse(u"recall needs one of --advisory ID, --issuer NAME and --list FILE"_s);
    if (parser.isSet(u"advisories"_s) && !parser.isSet(u"advisory"_s))
        return wrongUse(u"--advisories goes with --advisory ID"_s);
    const auto recall = recallOf(parser);
    return recall ? recallNow(parser, *recall) : stationError(recall.error());
}

} // namespace

const Command recall{"recall", "",
    "Find the units that an advisory, a revoked issuer or a withdrawn batch concerns.",
    "ekstation-cli recall --station station.toml --advisory CVE-2017-15361 --json", describe,
    runRecall};

} // namespace app::commands
