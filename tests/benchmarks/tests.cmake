# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit unit slowtpm checks service delivery exports recall copies reconcile)
    ekstation_test(benchmarks ${unit} LABELS benchmark SERIAL)
endforeach()
ekstation_test(benchmarks desktop LABELS benchmark SERIAL LIBRARIES ekstation_desk)
# Qt ends a test function after five minutes; a million devices take longer.
set_tests_properties(test_benchmarks_exports test_benchmarks_recall test_benchmarks_copies test_benchmarks_reconcile PROPERTIES TIMEOUT 7200
    ENVIRONMENT_MODIFICATION "QTEST_FUNCTION_TIMEOUT=set:7000000")
