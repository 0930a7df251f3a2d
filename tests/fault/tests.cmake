# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit silence clones kill leftovers service disk rudetpm)
    ekstation_test(fault ${unit} LABELS fault)
endforeach()
