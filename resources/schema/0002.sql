-- SPDX-FileCopyrightText: 2026 ekstation contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Migration 2: endorsement keys that other lines have in use, as their signed sets tell.

-- The newest set of each line that does not write into this ledger.
CREATE TABLE ekset (
    line TEXT NOT NULL PRIMARY KEY,
    made_at_us {integer} NOT NULL,
    sha256 TEXT NOT NULL,
    signer TEXT NOT NULL
) {strict};

CREATE TABLE elsewhere (
    ek_sha256 TEXT NOT NULL,
    line TEXT NOT NULL REFERENCES ekset (line),
    PRIMARY KEY (ek_sha256, line)
) {strict};

CREATE INDEX elsewhere_line ON elsewhere (line);
