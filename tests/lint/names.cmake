# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Two types of one name in one namespace compile as long as no source includes both, and the linker
# then takes the functions of one for the other.
include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")

project_files(headers *.h)
foreach(header IN LISTS headers)
    if(header MATCHES "^tests/")
        continue() # each test is a program of its own
    endif()
    set(namespace)
    file(STRINGS "${ROOT}/${header}" lines REGEX "^(namespace|struct|class|enum class) ")
    foreach(line IN LISTS lines)
        if(line MATCHES "^namespace ([a-z:]+)")
            set(namespace "${CMAKE_MATCH_1}")
        elseif(line MATCHES "^(struct|class|enum class) ([A-Za-z:]+)[^;]*$")
            set(name "${namespace}::${CMAKE_MATCH_2}")
            if(DEFINED "where_${name}")
                complain("${header}: ${name} is defined in ${where_${name}} already")
            endif()
            set("where_${name}" "${header}")
        endif()
    endforeach()
endforeach()
finish()
