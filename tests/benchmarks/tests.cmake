# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit unit slowtpm checks service delivery)
    ekstation_test(benchmarks ${unit} LABELS benchmark SERIAL)
endforeach()
ekstation_test(benchmarks desktop LABELS benchmark SERIAL LIBRARIES ekstation_desk)
