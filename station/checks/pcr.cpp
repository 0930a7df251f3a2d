// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/toml.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

struct Bank {
    quint32 algorithm; // TPM_ALG_ID
    const char *name;
};
constexpr Bank banks[] = {
    {0x0004, "sha1"}, {0x000b, "sha256"}, {0x000c, "sha384"}, {0x000d, "sha512"}};

QStringList known()
{
    QStringList names;
    for (const Bank &bank : banks)
        names.append(QString::fromLatin1(bank.name));
    return names;
}

void limits(TomlTable &table, QVariantMap &limits)
{
    const QStringList asked = table.texts(u"banks"_s);
    for (const QString &name : asked)
        if (!known().contains(name))
            table.reject(
                u"banks"_s, u"\"%1\" is no bank; known are %2"_s.arg(name, known().join(u", "_s)));
    limits[u"banks"_s] = asked.isEmpty() ? QStringList{u"sha256"_s} : asked;
}

tpm::Result<Judgement> judge(Context &context)
{
    const auto found = context.session.pcrBanks();
    if (!found)
        return std::unexpected(found.error());
    QStringList active;
    for (const Bank &bank : banks)
        if (found->value(bank.algorithm) > 0)
            active.append(QString::fromLatin1(bank.name));
    const QStringList asked = context.limits.value(u"banks"_s).toStringList();
    const bool good = std::ranges::all_of(
        asked, [&active](const QString &name) { return active.contains(name); });
    return Judgement::of(good, active.isEmpty() ? u"none"_s : active.join(u", "_s),
        asked.join(u", "_s), u"pcr-bank-missing"_s);
}

} // namespace

const Check checks::pcr{
    "pcr",
    "The PCR banks that measured boot needs are active; without limits SHA-256.",
    "TPM 2.0 Part 2, 10.9.2 TPML_PCR_SELECTION; PC Client Platform TPM Profile, 4.6",
    {u"pcr-bank-missing"_s},
    limits,
    judge,
};

} // namespace station
