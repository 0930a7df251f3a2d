-- SPDX-FileCopyrightText: 2026 ekstation contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Migration 6: who was allowed further attempts; rebuildable from the bodies.

-- What failed before this entry counts no longer against the attempts of its unit's plan.
CREATE TABLE retest (
    serial TEXT NOT NULL,
    station_id TEXT NOT NULL,
    seq {integer} NOT NULL,
    PRIMARY KEY (serial, station_id, seq),
    FOREIGN KEY (station_id, seq) REFERENCES entry (station_id, seq)
) {strict};
