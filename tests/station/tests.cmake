# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
ekstation_test(station ledger LABELS unit)
ekstation_test(station reader LABELS unit)
ekstation_test(station chain LABELS unit)
ekstation_test(station opening LABELS unit)
ekstation_test(station sharing LABELS unit)
ekstation_test(station delivery LABELS unit)
