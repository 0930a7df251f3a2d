// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/leaverule.h"

#include "station/toml.h"
#include "tpm/handles.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

/// What TPM2_Clear could take away: the owner's persistent objects and NV indices.
bool isClearable(quint32 handle)
{
    return (handle >= tpm::firstPersistent && handle < tpm::firstPlatformPersistent)
        || (handle >= tpm::firstNv && handle <= tpm::lastNv);
}

QList<quint32> readAllow(TomlTable &table)
{
    const QString key = u"allow"_s;
    QList<quint32> handles;
    for (const QString &text : table.texts(key)) {
        bool isNumber = false;
        const quint32 handle = text.startsWith(u"0x") ? text.mid(2).toUInt(&isNumber, 16) : 0;
        if (!isNumber || !isClearable(handle))
            table.reject(key,
                u"\"%1\" is neither a persistent handle (0x81000000 to 0x817fffff) nor an NV index "
                u"(0x01000000 to 0x01ffffff)"_s.arg(text.left(32)));
        else
            handles.append(handle);
    }
    return handles;
}

} // namespace

LeaveRule readLeave(TomlTable table)
{
    LeaveRule rule;
    rule.ek = table.truth(u"ek"_s, false);
    rule.srk = table.truth(u"srk"_s, false);
    rule.dropIdentity = table.truth(u"drop_identity"_s, false);
    rule.replace = table.truth(u"replace"_s, false);
    rule.clear = table.truth(u"clear"_s, false);
    rule.allow = readAllow(table);
    if (rule.replace && !rule.ek)
        table.reject(u"replace"_s, u"nothing comes in its place without ek = true"_s);
    if (!rule.allow.isEmpty() && !rule.clear)
        table.reject(u"allow"_s, u"nothing is taken away without clear = true"_s);
    table.close();
    return rule;
}

} // namespace station
