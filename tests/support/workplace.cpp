// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/workplace.h"

#include <QDir>
#include <QLocale>

#include <utility>

namespace support {

using namespace Qt::StringLiterals;

Workplace::Workplace()
{
    if (!m_folder.isValid())
        qFatal("no temporary folder: %s", qPrintable(m_folder.errorString()));
    constexpr std::pair<const char *, const char *> folders[]{{"HOME", "home"},
        {"XDG_CONFIG_HOME", "config"}, {"XDG_DATA_HOME", "data"}, {"XDG_CACHE_HOME", "cache"},
        {"XDG_STATE_HOME", "state"}, {"XDG_RUNTIME_DIR", "run"}};
    for (const auto &[variable, name] : folders) {
        const QString folder = path(QString::fromLatin1(name));
        QDir().mkpath(folder);
        // Qt warns about a runtime folder that others may enter.
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv(variable, QFile::encodeName(folder));
    }
    qputenv("LC_ALL", "C.UTF-8");
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale::c());
}

} // namespace support
