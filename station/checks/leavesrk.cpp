// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/checks/leave.h"
#include "tpm/handles.h"
#include "tpm/templates.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<Judgement> judge(Context &context)
{
    const QString limit = u"RSA-2048 at 0x81000001"_s;
    const auto key = storageKey(context);
    if (!key)
        return std::unexpected(key.error());
    if (key->handle == tpm::storageHandle)
        return tpm::isStorageKey(key->publicArea)
            ? Judgement::good(u"already there"_s, limit)
            : Judgement::bad(u"another key at 0x81000001"_s, limit, u"handle-taken"_s);
    const auto kept = keep(context, *key, tpm::storageHandle);
    if (!kept)
        return std::unexpected(kept.error());
    context.storage = *kept;
    return Judgement::good(u"persisted"_s, limit);
}

} // namespace

const Check checks::leaveSrk{
    "leave-srk",
    "The storage root key is persisted where every SDK finds it.",
    "TCG TPM 2.0 Provisioning Guidance, 7.5.1 and 7.8",
    {u"handle-taken"_s},
    nullptr,
    judge,
};

} // namespace station
