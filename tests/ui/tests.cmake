# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
ekstation_test(ui line LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui wording LABELS unit)
ekstation_test(ui look LABELS unit LIBRARIES ekstation_ui)
ekstation_test(ui scanfield LABELS unit LIBRARIES ekstation_ui)
ekstation_test(ui tally LABELS unit LIBRARIES ekstation_ui)
ekstation_test(ui figures LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui window LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui access LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui settings LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui slots LABELS ui LIBRARIES ekstation_desk)
find_program(EKSTATION_lupdate lupdate PATHS /usr/lib/qt6/bin REQUIRED)
ekstation_test(ui language LABELS ui LIBRARIES ekstation_desk
    DEFINITIONS LUPDATE="${EKSTATION_lupdate}")
foreach(tool zbarimg pdftoppm)
    find_program(EKSTATION_${tool} ${tool} REQUIRED)
endforeach()
ekstation_test(ui sheet LABELS unit LIBRARIES ekstation_ui
    DEFINITIONS ZBARIMG="${EKSTATION_zbarimg}" PDFTOPPM="${EKSTATION_pdftoppm}")
ekstation_test(ui service LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui units LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui prompts LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui peoplelist LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui people LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui factory LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui exporting LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui pictures LABELS ui LIBRARIES ekstation_desk)
add_test(NAME test_ui_pictures_200 COMMAND test_ui_pictures)
set_tests_properties(test_ui_pictures_200 PROPERTIES LABELS ui
    ENVIRONMENT "QT_SCALE_FACTOR=2;QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC")

# The same on a real X server, where windows, focus and fonts are another's.
find_program(EKSTATION_xvfb-run xvfb-run REQUIRED)
foreach(unit line window settings access service)
    add_test(NAME test_ui_${unit}_x COMMAND "${EKSTATION_xvfb-run}" -a -s "-screen 0 1920x1080x24"
        $<TARGET_FILE:test_ui_${unit}>)
    set_tests_properties(test_ui_${unit}_x PROPERTIES LABELS ui
        ENVIRONMENT "QT_QPA_PLATFORM=xcb;LC_ALL=C.UTF-8;TZ=UTC")
endforeach()
