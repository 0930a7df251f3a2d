# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# What every lint rule shares. A rule is a script: cmake -DROOT=<tree> -P <rule>.cmake; it calls
# complain() for each violation and finish() at its end.
cmake_minimum_required(VERSION 3.25)
if(NOT IS_DIRECTORY "${ROOT}")
    message(FATAL_ERROR "lint: ROOT is no folder: '${ROOT}'")
endif()

get_filename_component(ROOT "${ROOT}" ABSOLUTE)

set(layers tpm station upload ui app) # from left to right: each may include those before it
set(folders ${layers} resources installer tests)

# project_files(<variable> <glob>…): files of the project, relative to ROOT. Looks at folders, not at
# git, so that a release archive and a file that is not yet added are judged alike.
function(project_files variable)
    set(found)
    foreach(glob IN LISTS ARGN)
        foreach(folder IN LISTS folders)
            file(GLOB_RECURSE some RELATIVE "${ROOT}" "${ROOT}/${folder}/${glob}")
            list(APPEND found ${some})
        endforeach()
        file(GLOB some RELATIVE "${ROOT}" "${ROOT}/${glob}")
        list(APPEND found ${some})
    endforeach()
    list(REMOVE_DUPLICATES found)
    list(SORT found)
    set(${variable} "${found}" PARENT_SCOPE)
endfunction()

# code_of(<variable> <file>): a source's text without comments to the end of a line.
function(code_of variable file)
    file(READ "${ROOT}/${file}" text)
    string(REGEX REPLACE "//[^\n]*" "" text "${text}")
    set(${variable} "${text}" PARENT_SCOPE)
endfunction()

function(complain text)
    message(NOTICE "${text}")
    set_property(GLOBAL PROPERTY complaints yes)
endfunction()

function(finish)
    get_property(complaints GLOBAL PROPERTY complaints)
    if(complaints)
        message(FATAL_ERROR "lint: see above")
    endif()
endfunction()
