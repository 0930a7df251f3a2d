# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit settings serials feed ending exporter admission)
    ekstation_test(app ${unit} LABELS unit)
endforeach()
find_program(EKSTATION_Xvfb Xvfb REQUIRED)
ekstation_test(app chime LABELS unit LIBRARIES ekstation_desk)
ekstation_test(app desktop LABELS ui LIBRARIES ekstation_desk)
add_dependencies(test_app_desktop ekstation)
ekstation_test(app sshtarget LABELS tpm)
