// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <QIODevice>
#include <QStringList>
#include <functional>
#include <memory>

namespace upload::handover {

using station::Result;

/// A folder or a .zip, to be read and never unpacked.
class Container {
public:
    /// Fault::Missing, or Fault::Syntax for what is neither.
    [[nodiscard]] static Result<Container> open(const QString &path);

    /// Every file, below folders too, with '/' between; sorted. What is no plain file is here as
    /// well, so that nobody overlooks it.
    [[nodiscard]] const QStringList &names() const { return m_names; }
    /// Read once from its beginning. Fault::Missing.
    [[nodiscard]] Result<std::unique_ptr<QIODevice>> read(const QString &name) const;
    /// A small file whole. Fault::Missing, Fault::Syntax beyond `most` bytes.
    [[nodiscard]] Result<QByteArray> bytes(const QString &name, qint64 most) const;

private:
    Container(QString path, bool isZip) : m_path(std::move(path)), m_isZip(isZip) { }

    QString m_path;
    bool m_isZip = false;
    QStringList m_names;
};

/// Packs every file of a folder into a new .zip; Fault::Full, and Fault::Refused when cancelled.
[[nodiscard]] Result<void> pack(
    const QString &folder, const QString &zip, const std::function<bool()> &cancelled);

} // namespace upload::handover
