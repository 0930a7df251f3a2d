// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundlepapers.h"

#include "station/roots.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>

namespace app {

using namespace Qt::StringLiterals;
using upload::handover::BundlePapers;

namespace {

constexpr qint64 largestPlan = 1 << 20;

/// The plans that a bundle can enclose: those that ship, and the station's own.
QMap<QString, QByteArray> planTexts(const std::optional<Settings> &settings)
{
    QStringList files{
        u":/plans/production.toml"_s, u":/plans/training.toml"_s, u":/plans/qa.toml"_s};
    if (settings)
        files.append(QDir(settings->folder).absoluteFilePath(settings->plan));
    QMap<QString, QByteArray> texts;
    for (const QString &file : std::as_const(files))
        if (const auto text = bytesOf(file, largestPlan)) // a plan of another day is no error
            texts.insert(QString::fromLatin1(
                             QCryptographicHash::hash(*text, QCryptographicHash::Sha256).toHex()),
                *text);
    return texts;
}

} // namespace

station::Result<BundlePapers> bundlePapers(
    const QString &stationId, const std::optional<Settings> &settings, const Signer &signer)
{
    const auto anchors =
        station::loadRoots(settings ? rootsFileOf(*settings) : station::usualRootsFile());
    if (!anchors)
        return std::unexpected(anchors.error());
    const auto now = QDateTime::fromSecsSinceEpoch(QDateTime::currentSecsSinceEpoch(), Qt::UTC);
    return BundlePapers{stationId, now.toString(Qt::ISODate), planTexts(settings), *anchors,
        [signer](const QByteArray &text) { return sign(text, signer); }};
}

} // namespace app
