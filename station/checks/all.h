// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/checks/check.h"

namespace station::checks {

// One file each; all.cpp lists them in the order in which they run.
extern const Check presence;
extern const Check kind;
extern const Check key;
extern const Check certificate;
extern const Check credential;
extern const Check chain;
extern const Check supplier;
extern const Check challenge;

} // namespace station::checks
