// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"

#include <QTemporaryDir>
#include <memory>

class QFile;

namespace upload::handover {

using station::Result;

/// A file or folder in the making: it lies beside its place under another name, and appears there
/// in one step, once it is on the disk. Whatever ends earlier leaves nothing behind.
class Draft {
public:
    enum class Kind { File, Folder };

    /// Fault::Missing: no such folder; Fault::Refused: a folder is there already, or a file where a
    /// folder is meant; Fault::Full: the folder cannot be written to.
    [[nodiscard]] static Result<Draft> of(const QString &target, Kind kind);

    /// Where the file or folder is made; a folder is there.
    [[nodiscard]] QString path() const;
    /// A name for what is needed on the way and goes with the draft.
    [[nodiscard]] QString aside(const QString &name) const;
    [[nodiscard]] Result<void> publish();

private:
    Draft(QString target, std::unique_ptr<QTemporaryDir> folder);

    QString m_target;
    std::unique_ptr<QTemporaryDir> m_folder;
};

/// Everything of the file system on which a folder lies is on the disk.
[[nodiscard]] bool synced(const QString &folder);

/// Opens a new file. Fault::Full, also of put() and closed(): what the disk says.
[[nodiscard]] Result<std::unique_ptr<QFile>> created(const QString &path);
[[nodiscard]] Result<void> put(QFile &file, const QByteArray &bytes);
[[nodiscard]] Result<void> closed(QFile &file); ///< everything has left the buffer

} // namespace upload::handover
