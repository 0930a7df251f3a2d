// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "tpm/target.h"

#include <QString>

/// A target as somebody writes it into station.toml or after --device.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QString text = QString::fromUtf8(fuzz::copy(bytes, size));
    const auto target = tpm::parseTarget(text);
    if (!target) {
        fuzz::require(target.error().fault == tpm::Fault::Target);
        fuzz::require(!target.error().detail.isEmpty());
        return 0;
    }
    using Kind = tpm::Target::Kind;
    fuzz::require(target->text == text);
    fuzz::require((target->kind == Kind::Command) != target->command.isEmpty());
    if (target->kind == Kind::Device || target->kind == Kind::UnixSocket)
        fuzz::require(!target->path.isEmpty());
    if (target->kind == Kind::TcpSocket)
        fuzz::require(!target->host.isEmpty() && target->port != 0);
    const QString prefix = QStringLiteral("tpm2_send -T '");
    if (target->kind == Kind::Command && !text.startsWith(QStringLiteral("cmd:"))) {
        // The shell takes the whole text as one word, whatever is in it.
        fuzz::require(target->command.startsWith(prefix) && target->command.endsWith(u'\''));
        QString word = target->command.mid(prefix.size()).chopped(1);
        word.replace(QStringLiteral("'\\''"), QStringLiteral("\n"));
        fuzz::require(!word.contains(u'\''));
        fuzz::require(word.replace(u'\n', u'\'') == text);
    }
    return 0;
}
