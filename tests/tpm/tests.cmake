# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit target frame kdf roca publicarea wire child lock trust diagnosis signature)
    ekstation_test(tpm ${unit} LABELS unit)
endforeach()
foreach(unit responses session activation leftovers properties endorsement templates certificates challenge sealedkey)
    ekstation_test(tpm ${unit} LABELS tpm)
endforeach()
