// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/selection.h"

#include <QDateTime>

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

std::unexpected<Error> wrong(const QString &what)
{
    return std::unexpected(Error{Fault::Syntax, what});
}

station::Result<std::optional<qint64>> timeOf(
    const QCommandLineParser &parser, const QString &option)
{
    if (!parser.isSet(option))
        return std::nullopt;
    QDateTime time = QDateTime::fromString(parser.value(option), Qt::ISODateWithMs);
    if (!time.isValid())
        return wrong(
            u"--%1 takes a day or a time, such as 2026-03-31 or 2026-03-31T06:00:00Z"_s.arg(
                option));
    if (time.timeSpec() == Qt::LocalTime) // it said nothing of zones
        time.setTimeSpec(Qt::UTC);
    return time.toMSecsSinceEpoch() * 1000;
}

} // namespace

void describeSpan(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"from"_s, u"Tested at this time or later; UTC unless it says another zone."_s, u"TIME"_s},
        {u"to"_s, u"Tested before this time."_s, u"TIME"_s},
    });
}

station::Result<std::pair<std::optional<qint64>, std::optional<qint64>>> spanOf(
    const QCommandLineParser &parser)
{
    const auto from = timeOf(parser, u"from"_s);
    const auto to = timeOf(parser, u"to"_s);
    if (!from || !to)
        return std::unexpected(from ? to.error() : from.error());
    return std::pair{*from, *to};
}

void describeSelection(QCommandLineParser &parser)
{
    describeSpan(parser);
    parser.addOptions({
        {u"order"_s, u"Of this order (lot)."_s, u"ORDER"_s},
        {u"customer"_s, u"Of this customer."_s, u"NAME"_s},
        {u"product"_s, u"Of this product."_s, u"NAME"_s},
        {u"verdict"_s,
            u"Every examination that ended in pass, fail, error, timeout or aborted; without it each proven device once."_s,
            u"VERDICT"_s},
        {u"delivery"_s,
            u"Whose enrollment is held, pending, sent, acknowledged, confirmed, rejected, conflict or withdrawn."_s,
            u"STATE"_s},
    });
}

station::Result<station::RecordFilter> selectionOf(const QCommandLineParser &parser)
{
    station::RecordFilter filter;
    filter.order = parser.value(u"order"_s);
    filter.customer = parser.value(u"customer"_s);
    filter.product = parser.value(u"product"_s);
    const auto span = spanOf(parser);
    if (!span)
        return std::unexpected(span.error());
    std::tie(filter.fromUs, filter.toUs) = *span;
    if (parser.isSet(u"verdict"_s)) {
        filter.verdict = station::verdictOf(parser.value(u"verdict"_s));
        if (!filter.verdict)
            return wrong(u"--verdict takes pass, fail, error, timeout or aborted"_s);
    }
    if (parser.isSet(u"delivery"_s)) {
        filter.delivery = station::deliveryStateOf(parser.value(u"delivery"_s));
        if (!filter.delivery)
            return wrong(
                u"--delivery takes held, pending, sent, acknowledged, confirmed, rejected, conflict or withdrawn"_s);
    }
    filter.current = !filter.verdict;
    return filter;
}

} // namespace app
