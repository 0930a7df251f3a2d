# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of this house that a machine can check. Each rule is tested on planted violations too.
find_program(EKSTATION_clang_format clang-format-19 REQUIRED)
foreach(rule layers spdx format words names sizes readmes packages)
    add_test(NAME lint_${rule}
        COMMAND "${CMAKE_COMMAND}" "-DROOT=${PROJECT_SOURCE_DIR}"
            "-DCLANG_FORMAT=${EKSTATION_clang_format}"
            -P "${CMAKE_CURRENT_LIST_DIR}/${rule}.cmake")
    add_test(NAME lint_${rule}_finds
        COMMAND "${CMAKE_COMMAND}" -DRULE=${rule} "-DSCRATCH=${CMAKE_CURRENT_BINARY_DIR}/lint"
            "-DCLANG_FORMAT=${EKSTATION_clang_format}"
            -P "${CMAKE_CURRENT_LIST_DIR}/selftest.cmake")
    set_tests_properties(lint_${rule} lint_${rule}_finds PROPERTIES LABELS lint)
endforeach()

# What the package brings for other programs, judged by those programs.
foreach(tool desktop-file-validate appstreamcli systemd-analyze help2man man)
    find_program(EKSTATION_${tool} ${tool} REQUIRED)
endforeach()
add_test(NAME lint_package COMMAND "${CMAKE_CURRENT_LIST_DIR}/package.sh" "${PROJECT_SOURCE_DIR}"
    "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}" "${CMAKE_CURRENT_BINARY_DIR}/lint_package")
set_tests_properties(lint_package PROPERTIES LABELS lint)
