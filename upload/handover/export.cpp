// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/export.h"

namespace upload::handover {

using namespace Qt::StringLiterals;
using station::Exhibit;
using station::Purpose;
using station::Span;

namespace {

constexpr int page = 500;

qint64 recordsIn(const QList<Span> &spans)
{
    qint64 all = 0;
    for (const Span &span : spans)
        all += span.records;
    return all;
}

Result<void> addRows(Sheet &sheet, const QList<Exhibit> &exhibits, Exported &exported)
{
    for (const Exhibit &exhibit : exhibits) {
        if (exhibit.body.isNull()) {
            ++exported.archived;
            continue;
        }
        const auto row = rowOf(exhibit);
        if (!row)
            return std::unexpected(row.error());
        const auto added = sheet.add(*row);
        if (!added)
            return std::unexpected(added.error());
        ++(*added ? exported.rows : exported.left);
    }
    return {};
}

} // namespace

station::Error cancelled()
{
    return {station::Fault::Refused, u"stopped; nothing was written"_s};
}

Result<Exported> exportRecords(station::LedgerReader &reader, station::RecordFilter filter,
    Form form, const QString &target, const Watcher &watcher)
{
    auto draft = Draft::of(target, kindOf(form));
    if (!draft)
        return std::unexpected(draft.error());
    const auto sheet =
        openSheet(form, {draft->path(), draft->aside({}), reader.purpose() == Purpose::Training});
    const auto spans = reader.spans(filter);
    if (!sheet || !spans)
        return std::unexpected(sheet ? spans.error() : sheet.error());
    filter.limit = page;
    const qint64 all = recordsIn(*spans);
    Exported exported;
    for (const Span &span : *spans) {
        for (qint64 after = 0; after < span.last;) {
            if (watcher.cancelled())
                return std::unexpected(cancelled());
            const auto exhibits = reader.exhibits(filter, span, after);
            if (!exhibits)
                return std::unexpected(exhibits.error());
            if (exhibits->isEmpty())
                break;
            after = exhibits->last().id.seq;
            if (const auto added = addRows(**sheet, *exhibits, exported); !added)
                return std::unexpected(added.error());
            watcher.progressed(exported.rows + exported.left + exported.archived, all);
        }
    }
    if (const auto ended = (*sheet)->end(); !ended)
        return std::unexpected(ended.error());
    if (const auto published = draft->publish(); !published)
        return std::unexpected(published.error());
    return exported;
}

} // namespace upload::handover
