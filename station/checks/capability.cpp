// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

struct Needed {
    quint32 id;
    const char *name;
};

// TPM_ALG_ID (TCG Algorithm Registry, 6.10): what the keys of DPS attestation are made of.
constexpr Needed algorithms[] = {{0x0001, "RSA"}, {0x0017, "OAEP"}, {0x000b, "SHA256"},
    {0x0005, "HMAC"}, {0x0008, "KEYEDHASH"}, {0x0025, "SYMCIPHER"}, {0x0006, "AES"},
    {0x0043, "CFB"}};
// TPM_CC: what Microsoft's device SDKs send while they attest.
constexpr quint32 commands[] = {0x131, 0x173, 0x120, 0x176, 0x151, 0x147, 0x156, 0x157, 0x155,
    0x15b, 0x15c, 0x13e, 0x165, 0x153};

tpm::Result<Judgement> judge(Context &context)
{
    const auto known = context.session.algorithms();
    if (!known)
        return std::unexpected(known.error());
    const auto implemented = context.session.commandCodes();
    if (!implemented)
        return std::unexpected(implemented.error());
    QStringList missing;
    for (const Needed &one : algorithms)
        if (!known->contains(one.id))
            missing.append(QString::fromLatin1(one.name));
    for (const quint32 command : commands)
        if (!implemented->contains(command))
            missing.append(tpm::commandName(command));
    return Judgement::of(missing.isEmpty(),
        missing.isEmpty() ? u"complete"_s : u"without "_s + missing.join(u", "_s), u"complete"_s,
        u"not-capable-of-dps"_s);
}

} // namespace

const Check checks::capability{
    "capability",
    "The TPM has every algorithm and command that DPS attestation needs.",
    "TPM 2.0 Part 3, 30.2 TPM2_GetCapability; DPS TPM attestation",
    {u"not-capable-of-dps"_s},
    nullptr,
    judge,
};

} // namespace station
