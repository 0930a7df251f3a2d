// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive.h"

#include "app/wiring.h"

#include <QDir>
#include <QStandardPaths>

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;
using station::LedgerPlace;

namespace {

QString usualStation()
{
    const QString own =
        QStandardPaths::locate(QStandardPaths::GenericConfigLocation, u"ekstation/station.toml"_s);
    return own.isEmpty() ? u"/etc/ekstation/station.toml"_s : own;
}

} // namespace

void describeArchive(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"station"_s,
            u"The settings of the station whose ledger it is; default ~/.config/ekstation/station.toml, then /etc/ekstation/station.toml."_s,
            u"FILE"_s},
        {u"ledger"_s,
            u"The ledger itself, as station.toml would name it: sqlite:PATH or postgresql://…"_s,
            u"URL"_s},
    });
}

QString stationFile(const QCommandLineParser &parser)
{
    return parser.isSet(u"station"_s) ? parser.value(u"station"_s) : usualStation();
}

station::Result<Archive> openArchive(const QCommandLineParser &parser)
{
    LedgerPlace place;
    if (parser.isSet(u"ledger"_s)) {
        place.url = parser.value(u"ledger"_s);
        place.folder = QDir::currentPath();
        place.role = LedgerPlace::Role::Courier;
    } else {
        const auto settings = loadSettings(stationFile(parser));
        if (!settings)
            return std::unexpected(settings.error());
        place = ledgerPlace(*settings, LedgerPlace::Role::Courier);
    }
    auto reader = station::LedgerReader::open(place);
    if (!reader)
        return std::unexpected(reader.error());
    return Archive{std::move(*reader), place.stationId};
}

} // namespace app
