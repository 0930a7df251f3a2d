// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/error.h"

#include <tss2/tss2_rc.h>
#include <tss2/tss2_tpm2_types.h>

namespace tpm {

using namespace Qt::StringLiterals;

QString commandName(quint32 command)
{
    struct Name {
        quint32 code;
        const char *name;
    };
    static constexpr Name names[] = {
        {TPM2_CC_Startup, "TPM2_Startup"},
        {TPM2_CC_SelfTest, "TPM2_SelfTest"},
        {TPM2_CC_GetCapability, "TPM2_GetCapability"},
        {TPM2_CC_ReadPublic, "TPM2_ReadPublic"},
        {TPM2_CC_CreatePrimary, "TPM2_CreatePrimary"},
        {TPM2_CC_EvictControl, "TPM2_EvictControl"},
        {TPM2_CC_FlushContext, "TPM2_FlushContext"},
        {TPM2_CC_NV_ReadPublic, "TPM2_NV_ReadPublic"},
        {TPM2_CC_NV_Read, "TPM2_NV_Read"},
        {TPM2_CC_StartAuthSession, "TPM2_StartAuthSession"},
        {TPM2_CC_PolicySecret, "TPM2_PolicySecret"},
        {TPM2_CC_ActivateCredential, "TPM2_ActivateCredential"},
        {TPM2_CC_Import, "TPM2_Import"},
        {TPM2_CC_Load, "TPM2_Load"},
        {TPM2_CC_HMAC, "TPM2_HMAC"},
        {TPM2_CC_Clear, "TPM2_Clear"},
        {TPM2_CC_ReadClock, "TPM2_ReadClock"},
        {TPM2_CC_GetTestResult, "TPM2_GetTestResult"},
        {TPM2_CC_GetRandom, "TPM2_GetRandom"},
    };
    for (const auto &entry : names)
        if (entry.code == command)
            return QString::fromLatin1(entry.name);
    return command == 0 ? QString() : u"TPM command 0x"_s + QString::number(command, 16);
}

QString decode(quint32 code)
{
    return QString::fromUtf8(Tss2_RC_Decode(code));
}

} // namespace tpm
