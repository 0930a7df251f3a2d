# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit silence clones kill leftovers service disk rudetpm secrets)
    ekstation_test(fault ${unit} LABELS fault)
endforeach()
# Two hundred TPMs and fifty stations: half a minute of two idle cores, more beside other tests.
set_tests_properties(test_fault_kill PROPERTIES TIMEOUT 900 RUN_SERIAL TRUE)
set_property(TEST test_fault_kill APPEND PROPERTY ENVIRONMENT "QTEST_FUNCTION_TIMEOUT=900000")
