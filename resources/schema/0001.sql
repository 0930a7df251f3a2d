-- SPDX-FileCopyrightText: 2026 ekstation contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Migration 1: the whole ledger. One file for SQLite and PostgreSQL; the words in braces differ
-- (station/databaseschema.cpp). No semicolon may stand inside a statement.

-- What this ledger is; exactly one row. The purpose is written at creation and never changes.
CREATE TABLE meta (
    one {integer} NOT NULL PRIMARY KEY CHECK (one = 1),
    schema {integer} NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('production', 'training')),
    created_at_us {integer} NOT NULL,
    created_by TEXT NOT NULL
) {strict};

-- The end of each station's chain; its row is the lock that orders the station's writers.
CREATE TABLE station (
    station_id TEXT NOT NULL PRIMARY KEY,
    head_seq {integer} NOT NULL,
    head_hash {bytes} NOT NULL
) {strict};

-- One chain per station. An archived entry has lost its body and nothing else.
CREATE TABLE entry (
    station_id TEXT NOT NULL REFERENCES station (station_id),
    seq {integer} NOT NULL CHECK (seq > 0),
    kind TEXT NOT NULL CHECK (kind IN ('exam', 'action', 'release', 'checkpoint', 'archive')),
    at_us {integer} NOT NULL,
    monotonic_us {integer} NOT NULL,
    clock_state TEXT NOT NULL CHECK (clock_state IN ('synced', 'unsynced', 'unknown')),
    salt {bytes} NOT NULL,
    body {bytes},
    digest {bytes} NOT NULL,
    prev {bytes} NOT NULL,
    hash {bytes} NOT NULL,
    PRIMARY KEY (station_id, seq)
) {strict};

-- What people search by; every column can be rebuilt from the bodies.
CREATE TABLE record (
    station_id TEXT NOT NULL,
    seq {integer} NOT NULL,
    at_us {integer} NOT NULL,
    serial TEXT NOT NULL,
    board_serial TEXT NOT NULL,
    order_ref TEXT NOT NULL,
    customer TEXT NOT NULL,
    product TEXT NOT NULL,
    slot TEXT NOT NULL,
    attempt {integer} NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'fail', 'error', 'timeout', 'aborted')),
    error_code TEXT NOT NULL,
    first_fail TEXT NOT NULL,
    ek_sha256 TEXT NOT NULL,
    registration_id TEXT NOT NULL,
    manufacturer TEXT NOT NULL,
    firmware TEXT NOT NULL,
    plan TEXT NOT NULL,
    plan_version TEXT NOT NULL,
    purpose TEXT NOT NULL,
    PRIMARY KEY (station_id, seq),
    FOREIGN KEY (station_id, seq) REFERENCES entry (station_id, seq)
) {strict};

CREATE INDEX record_serial ON record (serial, at_us);
CREATE INDEX record_board_serial ON record (board_serial);
CREATE INDEX record_at ON record (at_us);
CREATE INDEX record_ek ON record (ek_sha256);
CREATE INDEX record_order ON record (order_ref, at_us);

-- Which EK belongs to which serial. The three partial indexes are the promise that no two active
-- devices share a key, a serial or an enrollment.
CREATE TABLE binding (
    id {identity},
    ek_sha256 TEXT NOT NULL,
    serial TEXT NOT NULL,
    board_serial TEXT NOT NULL,
    registration_key TEXT NOT NULL,
    service TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'superseded', 'scrapped')),
    station_id TEXT NOT NULL,
    seq {integer} NOT NULL,
    FOREIGN KEY (station_id, seq) REFERENCES entry (station_id, seq)
) {strict};

CREATE UNIQUE INDEX binding_active_ek ON binding (ek_sha256) WHERE state = 'active';
CREATE UNIQUE INDEX binding_active_serial ON binding (serial) WHERE state = 'active';
CREATE UNIQUE INDEX binding_active_registration ON binding (service, registration_key) WHERE state = 'active';

-- What is still to be told to the outside, and what came of it. The payload never changes.
CREATE TABLE delivery (
    id {identity},
    station_id TEXT NOT NULL,
    seq {integer} NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('enroll', 'enable', 'disable', 'delete', 'report')),
    destination TEXT NOT NULL,
    key TEXT NOT NULL,
    payload {bytes} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('held', 'pending', 'sent', 'acknowledged', 'confirmed', 'rejected', 'conflict', 'withdrawn')),
    attempts {integer} NOT NULL,
    next_at_us {integer} NOT NULL,
    lease_owner TEXT NOT NULL,
    lease_until_us {integer} NOT NULL,
    service_code {integer} NOT NULL,
    service_text TEXT NOT NULL,
    FOREIGN KEY (station_id, seq) REFERENCES entry (station_id, seq)
) {strict};

CREATE INDEX delivery_key ON delivery (destination, key, id);
CREATE INDEX delivery_state ON delivery (destination, state, id);
CREATE INDEX delivery_entry ON delivery (station_id, seq);

-- What a station has before it; position keeps the order of the scans.
CREATE TABLE queue (
    station_id TEXT NOT NULL REFERENCES station (station_id),
    serial TEXT NOT NULL,
    slot TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'interrupted')),
    attempt {integer} NOT NULL,
    position {integer} NOT NULL,
    PRIMARY KEY (station_id, serial)
) {strict};

-- The names behind the random ids in bodies; erasing one breaks no chain.
CREATE TABLE person (
    person_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    since_us {integer} NOT NULL,
    erased_us {integer}
) {strict};
