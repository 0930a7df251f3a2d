# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit sastoken tokensource safe credential enrollment answer deviceanswer client clientfaults
        backoff outbox outboxfaults outboxentries sweep listing reconciliation alteration proxy reporter intake)
    ekstation_test(upload ${unit} LABELS unit)
endforeach()

# A sanitizer keeps freed memory for a while, which is not what this test measures.
set_property(TEST test_upload_reconciliation PROPERTY ENVIRONMENT_MODIFICATION
    "ASAN_OPTIONS=string_append:::quarantine_size_mb=1:thread_local_quarantine_size_kb=64")
