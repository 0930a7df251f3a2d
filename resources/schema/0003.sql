-- SPDX-FileCopyrightText: 2026 ekstation contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Migration 3: stations that go on from a backup.

-- How often the station went on from a backup; its chain says when.
ALTER TABLE station ADD COLUMN epoch {integer} NOT NULL DEFAULT 1;
