-- SPDX-FileCopyrightText: 2026 ekstation contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Migration 4: orders, and what became of each unit; rebuildable from the bodies.

CREATE TABLE work_order (
    order_ref TEXT NOT NULL PRIMARY KEY,
    customer TEXT NOT NULL,
    product TEXT NOT NULL,
    quantity {integer} NOT NULL,
    plan TEXT NOT NULL,
    service TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    station_id TEXT NOT NULL,
    seq {integer} NOT NULL,
    FOREIGN KEY (station_id, seq) REFERENCES entry (station_id, seq)
) {strict};

-- The entry is the one that changed the unit last.
CREATE TABLE unit (
    serial TEXT NOT NULL PRIMARY KEY,
    board_serial TEXT NOT NULL,
    order_ref TEXT NOT NULL,
    customer TEXT NOT NULL,
    product TEXT NOT NULL,
    disposition TEXT NOT NULL CHECK (disposition IN ('held', 'released', 'shipped', 'scrapped', 'returned', 'replaced')),
    station_id TEXT NOT NULL,
    seq {integer} NOT NULL,
    FOREIGN KEY (station_id, seq) REFERENCES entry (station_id, seq)
) {strict};

CREATE INDEX unit_order ON unit (order_ref, disposition);

-- A delivery that must not begin before another one has reached its end: delete the old board's
-- enrollment, then create the new one's.
ALTER TABLE delivery ADD COLUMN after_id {integer};
