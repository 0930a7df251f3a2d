// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <sys/types.h>

namespace station {

/// A name that a process shares with no other, before or after it: boot, namespace of process ids,
/// id, start. Empty: there is no such process.
[[nodiscard]] QString processName(pid_t process);

/// Whether the process of that name ran under this kernel and does not any more. Of another host's,
/// and of one in another container, nobody here can tell.
[[nodiscard]] bool isGone(const QString &processName);

} // namespace station
