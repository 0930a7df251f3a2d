# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
ekstation_test(ui wording LABELS unit)
ekstation_test(ui line LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui window LABELS ui LIBRARIES ekstation_desk)
ekstation_test(ui pictures LABELS ui LIBRARIES ekstation_desk)
