# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
ekstation_test(line line LABELS line)
ekstation_test(line provisioning LABELS line)
ekstation_test(line trial LABELS line)
