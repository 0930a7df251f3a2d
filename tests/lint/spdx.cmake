# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Both SPDX lines stand at the top of every file that can hold a comment.
include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")

project_files(files *.cpp *.h CMakeLists.txt *.cmake *.sql *.toml *.sh *.md *.svg *.xml *.service *.socket *.rules
    *.bash packages*.txt .clang-tidy)
foreach(script installer/start installer/check installer/install .ci/run installer/package/make
        installer/package/manual installer/package/try installer/package/postinst
        installer/package/prerm installer/package/postrm)
    if(EXISTS "${ROOT}/${script}")
        list(APPEND files "${script}")
    endif()
endforeach()
list(FILTER files EXCLUDE REGEX "^tests/data/|/corpus/")
foreach(file IN LISTS files)
    file(READ "${ROOT}/${file}" head LIMIT 400)
    if(NOT head MATCHES "SPDX-FileCopyrightText: 2[0-9][0-9][0-9] ")
        complain("${file}: no SPDX-FileCopyrightText line at the top")
    endif()
    if(NOT head MATCHES "SPDX-License-Identifier: GPL-3.0-or-later")
        complain("${file}: no SPDX-License-Identifier line at the top")
    endif()
endforeach()
finish()
