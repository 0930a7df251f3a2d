# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit line arrival devices identity hooks network leaving leavingrules)
    ekstation_test(line ${unit} LABELS line)
endforeach()
ekstation_test(line provisioning LABELS line)
ekstation_test(line trial LABELS line)
