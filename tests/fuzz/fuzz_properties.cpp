// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/answers.h"
#include "tpm/properties.h"
#include "tpm/session.h"

namespace {

void ask(tpm::Session &session)
{
    if (const auto properties = tpm::readProperties(session))
        fuzz::require(
            properties->vendorString.size() <= 16 && properties->manufacturer.size() <= 4);
    std::ignore = tpm::readState(session);
    std::ignore = session.selfTest();
    if (const auto algorithms = session.algorithms())
        for (const quint32 algorithm : *algorithms)
            fuzz::require(algorithm <= 0xffff);
    std::ignore = session.commandCodes();
    if (const auto banks = session.pcrBanks())
        for (const int count : *banks)
            fuzz::require(count >= 0 && count <= 16 * 32);
    std::ignore = session.readClock();
    if (const auto random = session.random(32))
        fuzz::require(random->size() <= 64);
    if (const auto handles = session.handles(0x81000000, 0x81ffffff))
        for (const quint32 handle : *handles)
            fuzz::require(handle >= 0x81000000 && handle <= 0x81ffffff);
}

} // namespace

/// Everything that a TPM is asked of itself, answered with whatever it likes.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz::hush();
    const QList<QByteArray> answers = fuzz::answersIn(fuzz::copy(bytes, size));
    int peer = -1;
    {
        const auto session = tpm::Session::over(fuzz::wireWith(answers, peer));
        fuzz::require(session.has_value());
        ask(**session);
        // It ends, and every command was answered or was the last one.
        fuzz::require((*session)->commands() <= answers.size() + 1);
    }
    close(peer);
    return 0;
}
