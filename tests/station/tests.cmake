# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
ekstation_test(station cue LABELS unit)
ekstation_test(station ledger LABELS unit)
ekstation_test(station reader LABELS unit)
ekstation_test(station chain LABELS unit)
ekstation_test(station opening LABELS unit)
ekstation_test(station sharing LABELS unit)
ekstation_test(station delivery LABELS unit)
ekstation_test(station ekset LABELS unit)
ekstation_test(station intent LABELS unit)
ekstation_test(station exhibits LABELS unit)
ekstation_test(station release LABELS unit)
ekstation_test(station unit LABELS unit)
ekstation_test(station gate LABELS unit)
ekstation_test(station refusal LABELS unit)
ekstation_test(station expected LABELS unit)
ekstation_test(station order LABELS unit)

# Qt's driver uses the same libsqlite3, so a layer registered there lies under the ledger's files.
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
ekstation_test(station durability LABELS unit LIBRARIES PkgConfig::sqlite3)

foreach(unit plan planrules firmware toml verdict line lineends places admission roots supplierlist vendors)
    ekstation_test(station ${unit} LABELS unit)
endforeach()
foreach(unit examine bench simulator trustchecks)
    ekstation_test(station ${unit} LABELS tpm)
endforeach()
