// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "tpm/anchors.h"
#include "tpm/certificates.h"
#include "tpm/credential.h"
#include "tpm/trust.h"

/// A station's anchors, and NV with an EK certificate and its issuers: the first is chosen by the
/// station, the second by the device.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    const auto anchors = tpm::parseAnchors(input);
    if (anchors) {
        fuzz::require(tpm::parseAnchors(anchors->pem()) == anchors);
        (void)tpm::describe(*anchors);
    }
    const tpm::Trust trust(anchors.value_or(tpm::Anchors{}));
    const tpm::Issuers issuers = tpm::cutIssuers(input);
    const QByteArray der = issuers.certificates.isEmpty() ? input : issuers.certificates.first();
    const auto path = trust.judge(
        der, issuers.certificates.mid(1), QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC));
    fuzz::require(path.distrust.has_value() || anchors.has_value());
    const auto credential = tpm::readCredential(der);
    if (credential)
        fuzz::require(credential->model.size() <= 200 && credential->issuer.size() <= 200);
    return 0;
}
