# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit people logins usage read run serve trial demo trust eksets export bundle clock customers airgap sharedgap replica archive archivekill hold checkpoints backup restore credentials units reconcile routes recall orders)
    ekstation_test(cli ${unit} LABELS cli)
endforeach()
# Each byte of a bundle is read by the same code: under a sanitizer, which is slow, every eighth is enough.
if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    target_compile_definitions(test_cli_bundle PRIVATE BYTE_STEP=8)
else()
    target_compile_definitions(test_cli_bundle PRIVATE BYTE_STEP=1)
endif()

# The contract with everything that reads ekstation's output, files and ledger, on the built program.
foreach(part verdicts json files ledger processes)
    ekstation_test(cli contract${part} LABELS cli)
endforeach()
