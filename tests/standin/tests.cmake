# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit enrollments lists door contract registration possession allocation clients)
    ekstation_test(standin ${unit} LABELS unit)
endforeach()
ekstation_test(standin network LABELS fault)
ekstation_test(standin killed LABELS fault)
