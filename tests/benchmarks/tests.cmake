# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(tool tpm2_getcap tpm2_nvread tpm2_createak tpm2_makecredential tpm2_activatecredential)
    find_program(EKSTATION_${tool} ${tool} REQUIRED)
endforeach()
foreach(unit unit slowtpm service)
    ekstation_test(benchmarks ${unit} LABELS benchmark SERIAL)
endforeach()
ekstation_test(benchmarks desktop LABELS benchmark SERIAL LIBRARIES ekstation_desk)
