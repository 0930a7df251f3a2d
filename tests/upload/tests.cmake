# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
foreach(unit sastoken tokensource safe credential enrollment answer deviceanswer client clientfaults
        backoff outbox outboxfaults outboxentries sweep listing reconciliation alteration proxy reporter intake)
    ekstation_test(upload ${unit} LABELS unit)
endforeach()
