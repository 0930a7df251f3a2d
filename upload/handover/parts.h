// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/ledgerreader.h"
#include "upload/handover/draft.h"
#include "upload/handover/manifest.h"

#include <QCryptographicHash>

class QFile;

namespace upload::handover {

/// One file of a bundle while it is written; its hash grows with it.
class BundlePart {
public:
    [[nodiscard]] static Result<BundlePart> create(const QString &folder, const QString &name);

    [[nodiscard]] Result<void> add(const QByteArray &bytes);
    [[nodiscard]] Result<Enclosure> end();

private:
    BundlePart(std::unique_ptr<QFile> file, QString name);

    std::unique_ptr<QFile> m_file;
    QString m_name;
    std::unique_ptr<QCryptographicHash> m_hash;
    qint64 m_bytes = 0;
};

[[nodiscard]] Result<void> makeFolder(const QString &path);

/// What a manifest's selection says of an archive: its month.
inline const QString archiveSelection = QStringLiteral("archive");

/// A filter as a manifest tells it: only what restricts.
[[nodiscard]] QJsonObject selectionOf(const station::RecordFilter &filter);

} // namespace upload::handover
