// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/orderbundle.h"

#include "app/bundlepapers.h"
#include "app/wiring.h"
#include "station/ledgerreader.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

QString orderBundleOf(const Settings &settings, const QString &ref)
{
    static const QRegularExpression odd(u"[^A-Za-z0-9._-]"_s);
    QString name = ref;
    return settings.orderBundles.isEmpty()
        ? QString()
        : QDir(settings.orderBundles).filePath(u"order-"_s + name.replace(odd, u"_"_s) + u".zip"_s);
}

station::Result<void> checkOrderBundle(const Settings &settings, const QString &ref)
{
    const QString path = orderBundleOf(settings, ref);
    if (path.isEmpty())
        return {};
    if (!QFileInfo(settings.orderBundles).isDir())
        return std::unexpected(Error{Fault::Missing,
            u"no folder %1 for the order's bundle; make it, or correct \"bundles\" in [order]"_s
                .arg(settings.orderBundles)});
    if (QFileInfo::exists(path))
        return std::unexpected(Error{Fault::Refused,
            u"%1 is there already; move it away, then close the order"_s.arg(path)});
    const auto signer = signerFrom(settings.signKey, settings.signCertificate);
    return signer ? station::Result<void>() : std::unexpected(signer.error());
}

station::Result<upload::handover::Bundled> makeOrderBundle(
    const Settings &settings, const QString &ref, const upload::handover::Watcher &watcher)
{
    const auto signer = signerFrom(settings.signKey, settings.signCertificate);
    if (!signer)
        return std::unexpected(signer.error());
    const auto papers = bundlePapers(settings.stationId, settings, *signer);
    auto reader =
        station::LedgerReader::open(ledgerPlace(settings, station::LedgerPlace::Role::Courier));
    if (!papers || !reader)
        return std::unexpected(papers ? reader.error() : papers.error());
    return writeBundle(*reader, {.order = ref}, *papers, orderBundleOf(settings, ref), watcher);
}

} // namespace app
