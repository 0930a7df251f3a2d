// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/answers.h"
#include "tpm/certificates.h"
#include "tpm/challenge.h"
#include "tpm/endorsement.h"
#include "tpm/properties.h"
#include "tpm/session.h"

/// A whole examination of a TPM that answers whatever it likes.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz::hush();
    const QList<QByteArray> answers = fuzz::answersIn(fuzz::copy(bytes, size));
    int peer = -1;
    {
        const auto session = tpm::Session::over(fuzz::wireWith(answers, peer));
        fuzz::require(session.has_value());
        const auto random = [](int count) { return QByteArray(count, 'n'); };
        const auto properties = tpm::readProperties(**session);
        const auto key = tpm::readEndorsementKey(**session);
        if (key) {
            fuzz::require(tpm::parseEndorsementKey(key->publicArea)->name == key->name);
            const auto certificates =
                tpm::readCertificates(**session, *key, properties ? properties->nvBufferMax : 0);
            if (certificates)
                for (const auto &certificate : *certificates)
                    fuzz::require(certificate.der.startsWith('\x30'));
            std::ignore = tpm::provePossession(**session, *key, random);
        }
        // It ends, and every command was answered or was the last one.
        fuzz::require((*session)->commands() <= answers.size() + 1);
    }
    close(peer);
    return 0;
}
