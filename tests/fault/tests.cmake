# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit silence clones kill halfway leftovers service disk rudetpm delivery courier swap offline)
    ekstation_test(fault ${unit} LABELS fault)
endforeach()
# A device and two examinations for each command that could be the last.
set_tests_properties(test_fault_halfway PROPERTIES TIMEOUT 900)
set_property(TEST test_fault_halfway APPEND PROPERTY ENVIRONMENT "QTEST_FUNCTION_TIMEOUT=900000")
# Two hundred TPMs and fifty stations: half a minute of two idle cores, more beside other tests.
set_tests_properties(test_fault_kill PROPERTIES TIMEOUT 900 PROCESSORS 2)
set_property(TEST test_fault_kill APPEND PROPERTY ENVIRONMENT "QTEST_FUNCTION_TIMEOUT=900000")
ekstation_test(fault day LABELS fault)
set_tests_properties(test_fault_day PROPERTIES TIMEOUT 900 PROCESSORS 2)
set_property(TEST test_fault_day APPEND PROPERTY ENVIRONMENT "QTEST_FUNCTION_TIMEOUT=900000")

# The longest first: at the end of a run nothing waits for them.
set_tests_properties(test_fault_day test_fault_kill test_fault_swap test_fault_courier test_fault_service
    test_fault_delivery PROPERTIES COST 100)

# What lies in a sanitizer's shadow and quarantine is not the program's, and a core of it fills a disk.
if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    ekstation_test(fault secrets LABELS fault)
endif()
