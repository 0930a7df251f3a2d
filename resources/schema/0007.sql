-- SPDX-FileCopyrightText: 2026 ekstation contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Migration 7: how people say who they are. No entry holds any of it.

-- scrypt of a PIN under a salt of its own, and of a badge under the ledger's; empty: there is none.
CREATE TABLE login (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES person (person_id),
    pin {bytes} NOT NULL,
    pin_salt {bytes} NOT NULL,
    badge {bytes} NOT NULL,
    failures {integer} NOT NULL,
    locked_until_us {integer} NOT NULL
) {strict};

CREATE UNIQUE INDEX login_badge ON login (badge) WHERE length(badge) > 0;

-- A badge is looked for among all people's, so they share their salt; one row once there is a badge.
CREATE TABLE badge_salt (
    one {integer} NOT NULL PRIMARY KEY CHECK (one = 1),
    salt {bytes} NOT NULL
) {strict};
