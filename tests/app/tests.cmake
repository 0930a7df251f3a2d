# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit settings serials feed ending)
    ekstation_test(app ${unit} LABELS unit)
endforeach()
