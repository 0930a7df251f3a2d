# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# What CMake asks for is what the installer installs.
include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")

# name in CMake or on the command line, a colon, its Debian package
set(packages
    Qt6:qt6-base-dev OpenSSL:libssl-dev PkgConfig:pkg-config Threads:g++
    tss2-esys:libtss2-dev tss2-mu:libtss2-dev tss2-rc:libtss2-dev
    libmicrohttpd:libmicrohttpd-dev libarchive:libarchive-dev xlsxwriter:libxlsxwriter-dev python3:python3 tomlplusplus:libtomlplusplus-dev
    SQLite3:libsqlite3-dev sqlite3:libsqlite3-dev PostgreSQL:libpq-dev
    swtpm:swtpm swtpm_setup:swtpm-tools swtpm_ioctl:swtpm-tools
    tpm2_send:tpm2-tools tpm2_readpublic:tpm2-tools tpm2_createek:tpm2-tools
    tpm2_getcap:tpm2-tools tpm2_nvread:tpm2-tools tpm2_createak:tpm2-tools
    tpm2_makecredential:tpm2-tools tpm2_activatecredential:tpm2-tools
    openssl:openssl curl:curl socat:socat pgrep:procps pkill:procps setpriv:util-linux flock:util-linux
    postgres:postgresql-15 initdb:postgresql-15 pg_ctl:postgresql-15 psql:postgresql-15
    clang-format-19:clang-format-19 help2man:help2man man:man-db systemd-analyze:systemd
    desktop-file-validate:desktop-file-utils appstreamcli:appstream
    lupdate:qt6-l10n-tools zbarimg:zbar-tools pdftoppm:poppler-utils Xvfb:xvfb xvfb-run:xvfb Qt6Keychain:qtkeychain-qt6-dev gcore:gdb
    dbus-daemon:dbus-daemon dbus-send:dbus-bin gnome-keyring-daemon:gnome-keyring)

set(listed)
foreach(list packages packages-test)
    file(STRINGS "${ROOT}/installer/${list}.txt" lines)
    foreach(line IN LISTS lines)
        if(line MATCHES "^#" OR line STREQUAL "")
            continue()
        elseif(NOT line MATCHES "^([a-z0-9][a-z0-9+.-]*) +# .+")
            complain("installer/${list}.txt: '${line}' is not 'package # reason'")
            continue()
        endif()
        if(CMAKE_MATCH_1 IN_LIST listed)
            complain("installer/${list}.txt: ${CMAKE_MATCH_1} is listed twice")
        endif()
        list(APPEND listed "${CMAKE_MATCH_1}")
    endforeach()
endforeach()

function(need name file)
    foreach(pair IN LISTS packages)
        if(pair MATCHES "^${name}:(.+)$")
            if(NOT CMAKE_MATCH_1 IN_LIST listed)
                complain("${file}: asks for ${name}, but no list names its package ${CMAKE_MATCH_1}")
            endif()
            return()
        endif()
    endforeach()
    complain("${file}: asks for ${name}; add its package to a list and to tests/lint/packages.cmake")
endfunction()

project_files(files CMakeLists.txt *.cmake)
list(FILTER files EXCLUDE REGEX "^tests/lint/")
foreach(file IN LISTS files)
    file(READ "${ROOT}/${file}" text)
    string(REGEX REPLACE "#[^\n]*" "" text "${text}")
    string(REGEX MATCHALL "find_package\\([^)]*\\)" calls "${text}")
    foreach(call IN LISTS calls)
        string(REGEX REPLACE "^find_package\\([ \n]*([A-Za-z0-9_]+).*" "\\1" name "${call}")
        need("${name}" "${file}")
    endforeach()
    string(REGEX MATCHALL "pkg_(check_modules|search_module)\\([^)]*\\)" calls "${text}")
    foreach(call IN LISTS calls)
        string(REGEX REPLACE "^[a-z_]+\\([ \n]*[^ \n]+|\\)$" "" names "${call}")
        string(REGEX MATCHALL "[a-z][a-z0-9+_-]*" names "${names}") # the keywords are upper case
        foreach(name IN LISTS names)
            need("${name}" "${file}")
        endforeach()
    endforeach()
    # A tool is named in its call, or in the loop around it.
    string(REGEX MATCHALL "find_program\\([^ \n]+[ \n]+(NAMES[ \n]+)?[a-z][a-z0-9_-]*" calls "${text}")
    foreach(call IN LISTS calls)
        string(REGEX REPLACE ".*[ \n]" "" name "${call}")
        need("${name}" "${file}")
    endforeach()
    string(REGEX MATCHALL "foreach\\((tool|program)[ \n][^)]*\\)" calls "${text}")
    foreach(call IN LISTS calls)
        string(REGEX REPLACE "^foreach\\((tool|program)|\\)$" "" names "${call}")
        string(REGEX MATCHALL "[a-z][a-z0-9_-]*" names "${names}")
        foreach(name IN LISTS names)
            need("${name}" "${file}")
        endforeach()
    endforeach()
endforeach()

# Plugins that are loaded at run time: no compiler and no linker asks for them.
project_files(sources *.cpp)
foreach(source IN LISTS sources)
    code_of(code "${source}")
    foreach(pair QSQLITE:libqt6sql6-sqlite QPSQL:libqt6sql6-psql)
        string(REPLACE ":" ";" pair "${pair}")
        list(GET pair 0 driver)
        list(GET pair 1 package)
        if(NOT package IN_LIST listed AND code MATCHES "\"${driver}\"")
            complain("${source}: loads ${driver}, but no list names its package ${package}")
        endif()
    endforeach()
endforeach()
finish()
