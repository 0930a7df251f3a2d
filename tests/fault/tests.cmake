# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit silence clones kill halfway leftovers service disk rudetpm delivery offline secrets)
    ekstation_test(fault ${unit} LABELS fault)
endforeach()
# A device and two examinations for each command that could be the last.
set_tests_properties(test_fault_halfway PROPERTIES TIMEOUT 900)
set_property(TEST test_fault_halfway APPEND PROPERTY ENVIRONMENT "QTEST_FUNCTION_TIMEOUT=900000")
# Two hundred TPMs and fifty stations: half a minute of two idle cores, more beside other tests.
set_tests_properties(test_fault_kill PROPERTIES TIMEOUT 900 RUN_SERIAL TRUE)
set_property(TEST test_fault_kill APPEND PROPERTY ENVIRONMENT "QTEST_FUNCTION_TIMEOUT=900000")
