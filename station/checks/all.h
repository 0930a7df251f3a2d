// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/checks/check.h"

namespace station::checks {

// One file each; all.cpp lists them in the order in which they run.
extern const Check presence;
extern const Check selftest;
extern const Check model;
extern const Check kind;
extern const Check advisories;
extern const Check capability;
extern const Check ownership;
extern const Check freeSlots;
extern const Check pcr;
extern const Check clock;
extern const Check random;
extern const Check key;
extern const Check wellformed;
extern const Check roca;
extern const Check certificate;
extern const Check credential;
extern const Check chain;
extern const Check supplier;
extern const Check fromTemplate;
extern const Check identity;
extern const Check uniqueness;
extern const Check challenge;
extern const Check rehearsal;

// What writes.
extern const Check leaveClear;
extern const Check leaveIdentity;
extern const Check leaveEk;
extern const Check leaveSrk;

} // namespace station::checks
