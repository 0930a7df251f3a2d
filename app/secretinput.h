// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "upload/credential.h"

namespace app {

/// One line of standard input. Where that is a terminal, `prompt` asks for it on stderr and nothing
/// of the answer is shown. Fault::Syntax: nothing came, or too much.
[[nodiscard]] station::Result<upload::Secret> askSecret(const QString &prompt);

} // namespace app
