// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "upload/sastoken.h"

/// A connection string that somebody pasted, and a token that somebody presents to the stand-in.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const QByteArray input = fuzz::copy(bytes, size);
    const auto credential = upload::parseCredential(input);
    if (credential) {
        fuzz::require(!credential->host.isEmpty() && credential->isUsable());
        fuzz::require(credential->key.isEmpty() != credential->token.isEmpty());
        // A token is sent as it is: no byte of it may end a header.
        fuzz::require(!credential->token.bytes().contains('\n'));
        fuzz::require(upload::parseCredential(upload::textOf(*credential).bytes()) == credential);
    } else {
        fuzz::require(credential.error().fault == upload::Fault::Wrong);
        // The words go into logs, so nothing of what was pasted may be in them.
        fuzz::require(credential.error().detail.toUtf8().size() < 200);
        fuzz::require(
            input.size() < 40 || !credential.error().detail.toUtf8().contains(input.sliced(20)));
    }
    if (const auto token = upload::parseToken(input)) {
        fuzz::require(!token->isSignedWith(upload::Secret("a key that nobody has")));
        fuzz::require(!token->covers(QString()));
    }
    return 0;
}
