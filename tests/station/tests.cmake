# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
ekstation_test(station ledger LABELS unit)
ekstation_test(station reader LABELS unit)
