// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/toml.h"
#include "tpm/templates.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

const QString mustPersist = u"persisted"_s;

void limits(TomlTable &table, QVariantMap &limits)
{
    limits[mustPersist] = table.truth(mustPersist, false);
}

/// Which of the two templates that look alike has made this key: it is made anew.
tpm::Result<tpm::Template> derived(Context &context)
{
    for (const auto source : {tpm::Template::TcgL1, tpm::Template::SdkEmptyUnique}) {
        const auto made =
            context.session.createPrimary(tpm::Hierarchy::Endorsement, tpm::templateArea(source));
        if (!made)
            return std::unexpected(made.error());
        if (const auto flushed = context.session.flush(*made); !flushed)
            return std::unexpected(flushed.error());
        if (made->publicArea == context.examination.key->publicArea)
            return source;
    }
    return tpm::Template::Unknown;
}

tpm::Result<Judgement> judge(Context &context)
{
    auto &key = context.examination.key;
    if (!key)
        return Judgement::skipped(u"no key"_s);
    // What a certificate has proven needs no second key generation.
    if (key->source == tpm::Template::Unknown
        && tpm::followsTemplate(key->publicArea, tpm::Template::TcgL1)) {
        const auto source = derived(context);
        if (!source)
            return std::unexpected(source.error());
        key->source = *source;
    }
    const bool isPersisted = key->handle.has_value();
    const bool needsIt = context.limits.value(mustPersist).toBool();
    QString measured = word(key->source);
    if (context.outgoing)
        measured += u", in place of the persisted one"_s;
    else
        measured += isPersisted ? u", persisted"_s : u", not persisted"_s;
    const QString limit = needsIt ? u"tcg-l1, persisted"_s : u"tcg-l1"_s;
    if (key->source != tpm::Template::TcgL1)
        return Judgement::bad(measured, limit, u"ek-of-another-template"_s);
    return Judgement::of(
        isPersisted || context.outgoing || !needsIt, measured, limit, u"ek-not-persisted"_s);
}

} // namespace

const Check checks::fromTemplate{
    "template",
    "The key comes from the template that certificates and SDKs agree on, so that all see one key.",
    "TCG EK Credential Profile, B.3.3 Template L-1; azure-iot-sdk-c issue 2329",
    {u"ek-of-another-template"_s, u"ek-not-persisted"_s},
    limits,
    judge,
};

} // namespace station
