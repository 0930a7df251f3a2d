// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace upload::standin::code {

// The service's error numbers, as far as clients were seen to depend on them. Status = number /
// 1000.
inline constexpr int badRequest = 400001;
inline constexpr int badKey = 400004;
inline constexpr int badBulk = 400011;
inline constexpr int allocationFailed = 400207;
inline constexpr int noHub = 400208;
inline constexpr int hubUnauthorized = 400209;
inline constexpr int unauthorized = 401002;
inline constexpr int forbidden = 401003; ///< a good token of a policy that may not do this
inline constexpr int noSuchPath = 404001;
inline constexpr int noOperation = 404202;
inline constexpr int wrongVerb = 405001;
inline constexpr int exists = 409201;
inline constexpr int concurrent = 409203; ///< two registrations of one id at a time
inline constexpr int mismatch = 412001;
inline constexpr int tooLarge = 413001;
inline constexpr int wrongType = 415001;
inline constexpr int throttled = 429001;
inline constexpr int broken = 500001;

} // namespace upload::standin::code
