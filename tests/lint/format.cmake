# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Every source looks as clang-format 19 would write it. CLANG_FORMAT names the program.
include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")

if(NOT CLANG_FORMAT)
    set(CLANG_FORMAT clang-format-19)
endif()
project_files(sources *.cpp *.h)
list(FILTER sources EXCLUDE REGEX "^tests/data/")
if(sources)
    execute_process(COMMAND "${CLANG_FORMAT}" --dry-run -Werror --style=file ${sources}
        WORKING_DIRECTORY "${ROOT}" RESULT_VARIABLE result ERROR_VARIABLE text)
    if(NOT result EQUAL 0)
        # One line per place is enough: the cure is to run the formatter, not to read its wishes.
        string(REGEX MATCHALL "[^\n]*: error: [^\n]*" places "${text}")
        list(JOIN places "\n" places)
        complain("${places}\nclang-format-19 -i the files above (${result})")
    endif()
endif()
finish()
