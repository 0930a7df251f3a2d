# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# A file over 320 lines is a missing noun (the aim is 300).
include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")

set(most 320)
project_files(sources *.cpp *.h *.cmake CMakeLists.txt)
foreach(source IN LISTS sources)
    file(READ "${ROOT}/${source}" text)
    string(REGEX REPLACE "[^\n]" "" breaks "${text}")
    string(LENGTH "${breaks}" count)
    if(count GREATER most)
        complain("${source}: ${count} lines, ${most} at most; which part of it has a name of its own?")
    endif()
endforeach()
finish()
