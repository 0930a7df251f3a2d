// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>

namespace support {

/// A folder of the test's own: nothing it does reads or writes the user's. Sets the C locale, UTC
/// and every XDG folder of this process; the folders go when this goes.
class Workplace {
public:
    Workplace();

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
};

} // namespace support
