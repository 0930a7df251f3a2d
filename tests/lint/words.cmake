# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Names that say nothing, tests that wait or skip, and waits without a deadline.
include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")

set(empty "Manager|Helper|Helpers|Utils|Impl|Info|Data|Handler")
set(sleeps "sleep_for *\\(|sleep_until *\\(|usleep *\\(|::sleep *\\(|::msleep *\\(|nanosleep *\\(|qSleep *\\(|qWait *\\(")
project_files(sources *.cpp *.h)
foreach(source IN LISTS sources)
    get_filename_component(stem "${source}" NAME_WE)
    if(stem MATCHES "^(manager|helper|helpers|util|utils|impl|info|data|handler|misc|common)$")
        complain("${source}: a file is named after what it holds; '${stem}' tells nothing")
    endif()
    code_of(code "${source}")

    # One part of a CamelCase name counts, so Database and Informed are fine. Foreign types keep theirs.
    string(REGEX MATCHALL "(class|struct|enum class|namespace)[ \n]+([A-Za-z_0-9:]*)" names "${code}")
    foreach(name IN LISTS names)
        string(REGEX REPLACE "^.*[ \n]" "" name "${name}")
        if(name MATCHES "(^|[a-z0-9_:])(${empty})($|[A-Z0-9_:])" AND NOT name MATCHES "^Q[A-Z]")
            complain("${source}: '${name}' holds a word that says nothing (${empty})")
        endif()
    endforeach()

    if(code MATCHES "(${sleeps})")
        complain("${source}: '${CMAKE_MATCH_1}' sleeps; wait for an event with a deadline instead")
    endif()
    if(source MATCHES "^tests/" AND code MATCHES "(QSKIP|QEXPECT_FAIL) *\\(")
        complain("${source}: ${CMAKE_MATCH_1}: a test runs or does not exist")
    endif()
endforeach()
finish()
