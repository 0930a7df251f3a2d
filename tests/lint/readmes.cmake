# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Each folder says in a README.md what lives there, who may call it, and why.
include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")

foreach(folder IN LISTS folders ITEMS upload/standin)
    if(IS_DIRECTORY "${ROOT}/${folder}" AND NOT EXISTS "${ROOT}/${folder}/README.md")
        complain("${folder}: no README.md")
    endif()
endforeach()
finish()
