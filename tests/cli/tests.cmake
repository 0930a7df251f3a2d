# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit usage read run serve trial)
    ekstation_test(cli ${unit} LABELS cli)
endforeach()
