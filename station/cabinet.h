// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <QList>

namespace station {

/// One file of a cabinet.
struct CabinetPart {
    QString name;
    QByteArray content;

    bool operator==(const CabinetPart &) const = default;
};

/// Whether these bytes begin as a Microsoft cabinet does ([MS-CAB], 2.1).
[[nodiscard]] bool isCabinet(const QByteArray &bytes);

/// The files of a cabinet; nothing is written anywhere. Fault::Syntax for a damaged one, for a part
/// of more than `largestPart` bytes, and for more than `mostParts` of them.
[[nodiscard]] Result<QList<CabinetPart>> unpackCabinet(
    const QByteArray &bytes, qint64 largestPart, int mostParts);

} // namespace station
