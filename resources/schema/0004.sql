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

-- The entry is the one that changed the unit last; verdict is the last examination's that may
-- enroll, moment the one at which its plan lets an enrollment go.
CREATE TABLE unit (
    serial TEXT NOT NULL PRIMARY KEY,
    board_serial TEXT NOT NULL,
    order_ref TEXT NOT NULL,
    customer TEXT NOT NULL,
    product TEXT NOT NULL,
    disposition TEXT NOT NULL CHECK (disposition IN ('held', 'released', 'shipped', 'scrapped', 'returned', 'replaced')),
    verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'fail', 'error', 'timeout', 'aborted')),
    moment TEXT NOT NULL CHECK (moment IN ('pass', 'lot', 'ship')),
    station_id TEXT NOT NULL,
    seq {integer} NOT NULL,
    FOREIGN KEY (station_id, seq) REFERENCES entry (station_id, seq)
) {strict};

CREATE INDEX unit_order ON unit (order_ref, disposition);

-- What stood before: what is held waits for its lot, whatever its plan said.
INSERT INTO unit (serial, board_serial, order_ref, customer, product, disposition, verdict, moment, station_id, seq)
SELECT b.serial, b.board_serial, r.order_ref, r.customer, r.product,
    CASE WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.destination = b.service AND d.key = b.registration_key AND d.state = 'held') THEN 'held' ELSE 'released' END,
    'pass',
    CASE WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.destination = b.service AND d.key = b.registration_key AND d.state = 'held') THEN 'lot' ELSE 'pass' END,
    b.station_id, b.seq
FROM binding b JOIN record r ON r.station_id = b.station_id AND r.seq = b.seq WHERE b.state = 'active';

-- Which units an action or a release was about; the examinations' stand in record.
CREATE TABLE unit_entry (
    serial TEXT NOT NULL,
    station_id TEXT NOT NULL,
    seq {integer} NOT NULL,
    PRIMARY KEY (serial, station_id, seq),
    FOREIGN KEY (station_id, seq) REFERENCES entry (station_id, seq)
) {strict};

-- Where a board was before, and what is scrap.
CREATE INDEX binding_ek ON binding (ek_sha256);
CREATE INDEX binding_serial ON binding (serial);

-- A delivery that must not begin before another one has reached its end: delete the old board's
-- enrollment, then create the new one's.
ALTER TABLE delivery ADD COLUMN after_id {integer};

-- Which entry of kind archive says where an examination's body is now.
ALTER TABLE entry ADD COLUMN archived_by {integer};
CREATE INDEX entry_archive ON entry (station_id, seq) WHERE kind = 'archive';

-- What the archive that is being made takes along; nothing outside of it.
CREATE TABLE leaving (
    station_id TEXT NOT NULL,
    seq {integer} NOT NULL,
    PRIMARY KEY (station_id, seq)
) {strict};

-- Which examinations no archive may take. Everything that is said must fit; an empty text fits all.
-- The entry is the action that began it; rebuildable from the bodies.
CREATE TABLE legal_hold (
    station_id TEXT NOT NULL,
    seq {integer} NOT NULL,
    serial TEXT NOT NULL,
    order_ref TEXT NOT NULL,
    customer TEXT NOT NULL,
    from_us {integer} NOT NULL,
    to_us {integer} NOT NULL,
    reason TEXT NOT NULL,
    person_id TEXT NOT NULL,
    PRIMARY KEY (station_id, seq),
    FOREIGN KEY (station_id, seq) REFERENCES entry (station_id, seq)
) {strict};

-- Which EK came from a file under which registrationId: no key is enrolled twice, whoever proved it.
CREATE TABLE imported (
    ek_sha256 TEXT NOT NULL,
    destination TEXT NOT NULL,
    key TEXT NOT NULL,
    station_id TEXT NOT NULL,
    seq {integer} NOT NULL,
    PRIMARY KEY (ek_sha256, destination, key),
    FOREIGN KEY (station_id, seq) REFERENCES entry (station_id, seq)
) {strict};
