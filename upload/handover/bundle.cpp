// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/bundle.h"

#include "upload/handover/chainline.h"
#include "upload/handover/container.h"
#include "upload/handover/discretion.h"
#include "upload/handover/parts.h"

#include <QFile>
#include <QJsonDocument>

namespace upload::handover {

using namespace Qt::StringLiterals;
using station::Entry;
using station::Error;
using station::Fault;
using station::Purpose;
using station::RecordFilter;
using station::Span;

namespace {

constexpr int page = 500;

/// Writes one bundle into a folder that is there.
class Bundler {
public:
    Bundler(station::LedgerReader &reader, const RecordFilter &filter, const BundlePapers &papers,
        const Watcher &watcher)
        : m_reader(reader), m_filter(filter), m_papers(papers), m_watcher(watcher)
    {
        m_filter.limit = page;
    }

    Result<Bundled> write(const QString &folder)
    {
        m_folder = folder;
        const auto spans = m_reader.spans(m_filter);
        if (!spans)
            return std::unexpected(spans.error());
        for (const Span &span : *spans)
            m_all += span.last - span.first + 1;
        for (const auto step : {&Bundler::writeChains, &Bundler::writeRows})
            if (const auto done = (this->*step)(*spans); !done)
                return std::unexpected(done.error());
        for (const auto step : {&Bundler::writePlans, &Bundler::writeIssuers, &Bundler::writeForm})
            if (const auto done = (this->*step)(); !done)
                return std::unexpected(done.error());
        return seal();
    }

private:
    Result<void> writeChains(const QList<Span> &spans)
    {
        auto part = BundlePart::create(m_folder, chainName.toString());
        if (!part)
            return std::unexpected(part.error());
        for (const Span &span : spans)
            if (const auto written = writeChain(*part, span); !written)
                return written;
        return keep(*part);
    }

    Result<void> writeChain(BundlePart &part, const Span &span)
    {
        ChainPart chain{.stationId = span.stationId, .first = span.first, .last = span.last};
        for (qint64 after = span.first - 1; after < span.last;) {
            if (m_watcher.cancelled())
                return std::unexpected(cancelled());
            const auto links = m_reader.links(m_filter, span, after);
            if (!links)
                return std::unexpected(links.error());
            for (Entry entry : *links) {
                const auto names = bodyNamesOthers(m_reader, m_filter, entry.body);
                if (!names)
                    return std::unexpected(names.error());
                if (*names) {
                    entry.body = QByteArray();
                    ++m_bundled.withheld;
                }
                if (const auto added = addLink(part, chain, entry); !added)
                    return added;
            }
            if (links->isEmpty())
                return broken(span.stationId, after + 1);
            m_done += links->size();
            after = links->last().seq;
            m_watcher.progressed(m_done, m_all);
        }
        m_manifest.chains.append(chain);
        return {};
    }

    Result<void> addLink(BundlePart &part, ChainPart &chain, const Entry &entry)
    {
        const qint64 expected = chain.hash.isEmpty() ? chain.first : m_lastSeq + 1;
        if (chain.hash.isEmpty())
            chain.prev = entry.prev;
        const bool isWhole = !entry.body.isNull();
        if (entry.seq != expected || (!chain.hash.isEmpty() && entry.prev != chain.hash)
            || entry.hash != station::hashOf(entry.prev, entry.seq, entry.digest)
            || (isWhole && entry.digest != digestOf(entry)))
            return broken(entry.stationId, expected);
        chain.hash = entry.hash;
        m_lastSeq = entry.seq;
        ++(isWhole ? m_bundled.whole : m_bundled.bare);
        if (isWhole) {
            ++chain.whole;
            notePlan(entry.body);
        }
        return part.add(chainLine(entry));
    }

    static std::unexpected<Error> broken(const QString &stationId, qint64 seq)
    {
        return std::unexpected(Error{Fault::Damaged,
            u"the chain of station %1 is broken at entry %2; nothing was written"_s.arg(stationId)
                .arg(seq)});
    }

    void notePlan(const QByteArray &body)
    {
        // Compact JSON, where a quote inside a text has a backslash: this stands there once. Most
        // bodies name the plan of the one before.
        const qsizetype at = body.indexOf("\"plan\":{");
        const QByteArray said = body.mid(at, body.indexOf('}', at) + 1 - at);
        if (said == std::exchange(m_lastPlan, said))
            return;
        const QJsonValue plan = QJsonDocument::fromJson(body)[u"plan"];
        const PlanCopy copy{
            plan[u"name"].toString(), plan[u"version"].toString(), plan[u"sha256"].toString(), {}};
        if (!m_manifest.plans.contains(copy))
            m_manifest.plans.append(copy);
    }

    Result<void> writeRows(const QList<Span> &spans)
    {
        auto lines = BundlePart::create(m_folder, rowsName.toString());
        auto sheet = BundlePart::create(m_folder, sheetName.toString());
        if (!lines || !sheet)
            return std::unexpected(lines ? sheet.error() : lines.error());
        if (const auto head = sheet->add(csvHead()); !head)
            return head;
        for (const Span &span : spans)
            if (const auto written = writeRowsOf(span, *lines, *sheet); !written)
                return written;
        m_manifest.enrollments = m_bundled.enrollments;
        if (const auto kept = keep(*lines); !kept)
            return kept;
        return keep(*sheet);
    }

    Result<void> writeRowsOf(const Span &span, BundlePart &lines, BundlePart &sheet)
    {
        RecordFilter current = m_filter;
        current.current = true;
        for (qint64 after = 0; after < span.last;) {
            if (m_watcher.cancelled())
                return std::unexpected(cancelled());
            const auto exhibits = m_reader.exhibits(current, span, after);
            if (!exhibits)
                return std::unexpected(exhibits.error());
            if (exhibits->isEmpty())
                return {};
            after = exhibits->last().id.seq;
            for (const auto &exhibit : *exhibits) {
                if (exhibit.body.isNull()) {
                    ++m_bundled.archived;
                    continue;
                }
                const auto row = rowOf(exhibit);
                if (!row)
                    return std::unexpected(row.error());
                ++m_bundled.enrollments;
                if (const auto written = lines.add(jsonLine(*row)); !written)
                    return written;
                if (const auto written = sheet.add(csvLine(*row)); !written)
                    return written;
            }
        }
        return {};
    }

    Result<void> writePlans()
    {
        for (qsizetype at = 0; at < m_manifest.plans.size(); ++at) {
            PlanCopy &plan = m_manifest.plans[at];
            const auto text = m_papers.plans.constFind(plan.sha256);
            if (text == m_papers.plans.constEnd())
                continue;
            const auto names = planNamesOthers(m_reader, m_filter, *text);
            if (!names)
                return std::unexpected(names.error());
            m_bundled.plansOut += *names ? 1 : 0;
            if (*names)
                continue;
            plan.file = u"plans/%1.toml"_s.arg(plan.sha256);
            if (const auto kept = keepWhole(plan.file, *text); !kept)
                return kept;
        }
        return {};
    }

    Result<void> writeIssuers()
    {
        tpm::Anchors issuers;
        for (const QByteArray &der : m_papers.anchors.certificates) {
            const auto said = tpm::describe({{der}, {}});
            const bool isRoot = !said.isEmpty() && said.first().kind == tpm::Anchor::Kind::Root;
            if (isRoot)
                m_manifest.roots.insert(
                    QString::fromLatin1(said.first().sha256.toHex()), said.first().subject);
            else
                issuers.certificates.append(der);
        }
        return keepWhole(issuersName.toString(), issuers.pem());
    }

    Result<void> writeForm()
    {
        QFile form(u":/handover/bundle-1.json"_s);
        if (!form.open(QIODevice::ReadOnly))
            return std::unexpected(Error{Fault::Missing, form.fileName()});
        return keepWhole(u"bundle-1.json"_s, form.readAll());
    }

    Result<void> keepWhole(const QString &name, const QByteArray &bytes)
    {
        auto part = BundlePart::create(m_folder, name);
        if (!part)
            return std::unexpected(part.error());
        if (const auto written = part->add(bytes); !written)
            return written;
        return keep(*part);
    }

    Result<void> keep(BundlePart &part)
    {
        const auto enclosure = part.end();
        if (!enclosure)
            return std::unexpected(enclosure.error());
        m_manifest.files.append(*enclosure);
        return {};
    }

    Result<Bundled> seal()
    {
        m_manifest.purpose = m_reader.purpose();
        m_manifest.stationId = m_papers.stationId;
        m_manifest.made = m_papers.made;
        m_manifest.software = QStringLiteral(EKSTATION_VERSION);
        m_manifest.selection = selectionOf(m_filter);
        const QByteArray text = textOf(m_manifest);
        const auto signature = m_papers.sign(text);
        if (!signature)
            return std::unexpected(signature.error());
        for (const auto &[name, bytes] : {std::pair{manifestName, text}, {sealName, *signature}}) {
            auto part = BundlePart::create(m_folder, name.toString());
            if (!part)
                return std::unexpected(part.error());
            if (const auto written = part->add(bytes); !written)
                return std::unexpected(written.error());
            const auto enclosure = part->end();
            if (!enclosure)
                return std::unexpected(enclosure.error());
            if (name == manifestName)
                m_bundled.sha256 = enclosure->sha256;
        }
        return m_bundled;
    }

    station::LedgerReader &m_reader;
    RecordFilter m_filter;
    const BundlePapers &m_papers;
    const Watcher &m_watcher;
    QString m_folder;
    Manifest m_manifest;
    Bundled m_bundled;
    QByteArray m_lastPlan;
    qint64 m_all = 0, m_done = 0, m_lastSeq = 0;
};

} // namespace

Result<Bundled> writeBundle(station::LedgerReader &reader, const RecordFilter &filter,
    const BundlePapers &papers, const QString &target, const Watcher &watcher)
{
    const bool isZip = target.endsWith(u".zip", Qt::CaseInsensitive);
    auto draft = Draft::of(target, isZip ? Draft::Kind::File : Draft::Kind::Folder);
    if (!draft)
        return std::unexpected(draft.error());
    const QString folder = isZip ? draft->aside(u"files"_s) : draft->path();
    if (const auto made = makeFolder(folder + u"/plans"_s); !made)
        return std::unexpected(made.error());
    auto bundled = Bundler(reader, filter, papers, watcher).write(folder);
    if (!bundled)
        return bundled;
    if (isZip)
        if (const auto packed = pack(folder, draft->path(), watcher.cancelled); !packed)
            return std::unexpected(packed.error());
    if (const auto published = draft->publish(); !published)
        return std::unexpected(published.error());
    return bundled;
}

} // namespace upload::handover
