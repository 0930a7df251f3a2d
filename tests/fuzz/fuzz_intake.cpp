// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "upload/enrollment.h"
#include "upload/handover/intake.h"

using namespace Qt::StringLiterals;
using namespace upload::handover;

/// A file of enrollments in any form.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const auto intake = readIntake(fuzz::copy(bytes, size), u"in"_s);
    if (!intake) {
        fuzz::require(intake.error().detail.startsWith(u"in: "_s));
        return 0;
    }
    for (const Offer &offer : intake->offers) {
        fuzz::require(offer.row > 0);
        if (offer.fate == Offer::Fate::Refused) {
            fuzz::require(!offer.why.isEmpty());
            continue;
        }
        const auto enrollment = upload::enrollmentOf(offer.enrollment);
        fuzz::require(enrollment && upload::isRegistrationId(enrollment->registrationId));
        fuzz::require(upload::isEndorsementKey(QByteArray::fromBase64(enrollment->endorsementKey)));
    }
    return 0;
}
