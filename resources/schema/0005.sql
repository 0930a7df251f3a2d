-- SPDX-FileCopyrightText: 2026 ekstation contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Migration 5: what a station's clock has said, so that one that was set back is found.

-- The latest time of its entries since somebody confirmed the clock, and the last one at which it
-- was synchronised, or was first looked at.
ALTER TABLE station ADD COLUMN latest_us {integer} NOT NULL DEFAULT 0;
ALTER TABLE station ADD COLUMN synced_us {integer} NOT NULL DEFAULT 0;

UPDATE station SET latest_us = coalesce((SELECT e.at_us FROM entry e WHERE e.station_id = station.station_id AND e.seq = station.head_seq), 0);
UPDATE station SET synced_us = latest_us;
