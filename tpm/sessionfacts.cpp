// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/esys.h"
#include "tpm/session.h"

#include <bit>

namespace tpm {

using namespace Qt::StringLiterals;

/// TPM2_GetCapability until the TPM has no more, or `take` has seen enough: it gets each page and
/// says where the next one begins (TCG Part 3, 30.2).
Result<void> Session::pages(quint32 capability, quint32 first, quint32 count,
    const std::function<std::optional<quint32>(const TPMU_CAPABILITIES &)> &take)
{
    while (true) {
        TPMI_YES_NO more = TPM2_NO;
        Owned<TPMS_CAPABILITY_DATA> page;
        const TSS2_RC rc = Esys_GetCapability(m_esys, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE,
            capability, first, count, &more, page.out());
        if (rc != TSS2_RC_SUCCESS)
            return std::unexpected(failed(rc, TPM2_CC_GetCapability));
        // What was not asked for is another member of the union, with other bounds.
        if (page->capability != capability)
            return std::unexpected(Error{Fault::Protocol,
                u"an answer about capability 0x%1 instead of 0x%2"_s.arg(page->capability, 0, 16)
                    .arg(capability, 0, 16),
                0, TPM2_CC_GetCapability});
        const auto next = take(page->data);
        // A page that leads nowhere ends the list, whatever the TPM says of more.
        if (more == TPM2_NO || !next || *next <= first)
            return {};
        first = *next;
    }
}

Result<QMap<quint32, quint32>> Session::properties(quint32 first, quint32 last)
{
    QMap<quint32, quint32> found;
    const auto take = [&](const TPMU_CAPABILITIES &page) -> std::optional<quint32> {
        const auto &list = page.tpmProperties;
        for (UINT32 i = 0; i < list.count; ++i)
            if (list.tpmProperty[i].property >= first && list.tpmProperty[i].property <= last)
                found[list.tpmProperty[i].property] = list.tpmProperty[i].value;
        const quint32 end = list.count == 0 ? last : list.tpmProperty[list.count - 1].property;
        return end >= last ? std::nullopt : std::optional(end + 1);
    };
    auto read = pages(TPM2_CAP_TPM_PROPERTIES, first, last - first + 1, take);
    if (!read && read.error().code == TPM2_RC_INITIALIZE) {
        const TSS2_RC rc = Esys_Startup(m_esys, TPM2_SU_CLEAR);
        if (rc != TSS2_RC_SUCCESS)
            return std::unexpected(failed(rc, TPM2_CC_Startup));
        read = pages(TPM2_CAP_TPM_PROPERTIES, first, last - first + 1, take);
    }
    if (!read)
        return std::unexpected(read.error());
    return found;
}

Result<QList<quint32>> Session::handles(quint32 first, quint32 last)
{
    QList<quint32> found;
    const auto read = pages(TPM2_CAP_HANDLES, first, TPM2_MAX_CAP_HANDLES,
        [&](const TPMU_CAPABILITIES &page) -> std::optional<quint32> {
            const auto &list = page.handles;
            for (UINT32 i = 0; i < list.count; ++i)
                if (list.handle[i] >= first && list.handle[i] <= last)
                    found.append(list.handle[i]);
            const quint32 end = list.count == 0 ? last : list.handle[list.count - 1];
            return end >= last ? std::nullopt : std::optional(end + 1);
        });
    if (!read)
        return std::unexpected(read.error());
    return found;
}

Result<QSet<quint32>> Session::algorithms()
{
    QSet<quint32> found;
    const auto read = pages(TPM2_CAP_ALGS, 0, TPM2_MAX_CAP_ALGS,
        [&](const TPMU_CAPABILITIES &page) -> std::optional<quint32> {
            const auto &list = page.algorithms;
            for (UINT32 i = 0; i < list.count; ++i)
                found.insert(list.algProperties[i].alg);
            if (list.count == 0)
                return std::nullopt;
            return list.algProperties[list.count - 1].alg + 1U;
        });
    if (!read)
        return std::unexpected(read.error());
    return found;
}

Result<QSet<quint32>> Session::commandCodes()
{
    QSet<quint32> found;
    const auto read = pages(TPM2_CAP_COMMANDS, TPM2_CC_FIRST, TPM2_MAX_CAP_CC,
        [&](const TPMU_CAPABILITIES &page) -> std::optional<quint32> {
            const auto &list = page.command;
            for (UINT32 i = 0; i < list.count; ++i)
                found.insert(list.commandAttributes[i] & TPMA_CC_COMMANDINDEX_MASK);
            if (list.count == 0)
                return std::nullopt;
            return (list.commandAttributes[list.count - 1] & TPMA_CC_COMMANDINDEX_MASK) + 1;
        });
    if (!read)
        return std::unexpected(read.error());
    return found;
}

Result<QMap<quint32, int>> Session::pcrBanks()
{
    QMap<quint32, int> found;
    const auto read = pages(TPM2_CAP_PCRS, 0, TPM2_NUM_PCR_BANKS,
        [&](const TPMU_CAPABILITIES &page) -> std::optional<quint32> {
            const auto &list = page.assignedPCR;
            for (UINT32 i = 0; i < list.count; ++i) {
                const auto &bank = list.pcrSelections[i];
                int &count = found[bank.hash];
                for (UINT8 at = 0; at < bank.sizeofSelect; ++at)
                    count += std::popcount(bank.pcrSelect[at]);
            }
            return std::nullopt; // a TPM has no more banks than one page holds
        });
    if (!read)
        return std::unexpected(read.error());
    return found;
}

Result<quint32> Session::selfTest()
{
    TSS2_RC rc = Esys_SelfTest(m_esys, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, TPM2_YES);
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_SelfTest));
    Owned<TPM2B_MAX_BUFFER> details;
    TPM2_RC result = TPM2_RC_SUCCESS;
    rc = Esys_GetTestResult(
        m_esys, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, details.out(), &result);
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_GetTestResult));
    return result;
}

Result<Clock> Session::readClock()
{
    Owned<TPMS_TIME_INFO> time;
    const TSS2_RC rc = Esys_ReadClock(m_esys, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, time.out());
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_ReadClock));
    const auto &clock = time->clockInfo;
    return Clock{
        time->time, clock.clock, clock.resetCount, clock.restartCount, clock.safe == TPM2_YES};
}

Result<QByteArray> Session::random(int size)
{
    Owned<TPM2B_DIGEST> bytes;
    const TSS2_RC rc = Esys_GetRandom(
        m_esys, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, static_cast<UINT16>(size), bytes.out());
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_GetRandom));
    return contentOf(*bytes);
}

} // namespace tpm
