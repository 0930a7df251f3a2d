// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/leave.h"

#include "tpm/handles.h"

namespace station {

using namespace Qt::StringLiterals;

QString handleText(quint32 handle)
{
    return u"0x%1"_s.arg(handle, 8, 16, QLatin1Char('0'));
}

std::optional<Judgement> announce(
    Context &context, const QString &action, const QList<quint32> &takes)
{
    const auto hex = [](const std::optional<tpm::EndorsementKey> &key) {
        return key ? QString::fromLatin1(key->sha256().toHex()) : QString();
    };
    QStringList texts;
    for (const quint32 handle : takes)
        texts.append(handleText(handle));
    const auto seq = context.subject.intend({.action = action,
        .device = context.subject.device,
        .slot = context.subject.slot,
        .ekSha256 = hex(context.examination.key),
        .losesEk = takes.contains(tpm::endorsementHandle) ? hex(context.outgoing) : QString(),
        .takes = texts});
    if (seq)
        return {};
    if (seq.error().fault == Fault::Refused)
        return Judgement::bad(
            seq.error().detail, u"a key that no device is known by"_s, u"ek-bound"_s);
    context.trouble = Trouble{u"ledger"_s, seq.error().detail};
    return Judgement::skipped({});
}

tpm::Result<tpm::Object> keep(Context &context, const tpm::Object &made, quint32 handle)
{
    tpm::Session &session = context.session;
    if (const auto persisted = session.persist(made, handle); !persisted)
        return persisted;
    auto kept = session.readPublic(handle);
    if (!kept)
        return kept;
    if (kept->publicArea != made.publicArea)
        return std::unexpected(
            tpm::Error{tpm::Fault::Unsuitable, u"another key is read at "_s + handleText(handle)});
    if (const auto flushed = session.flush(made); !flushed)
        return std::unexpected(flushed.error());
    return kept;
}

} // namespace station
