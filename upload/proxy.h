// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/credential.h"

namespace upload {

/// The HTTP proxy that a factory's network lets stations out through. TLS goes through it whole
/// (CONNECT), so it sees names and no enrollment.
struct Proxy {
    QString host; ///< empty: none
    quint16 port = 0;
    QString user;
    Secret password;

    bool operator==(const Proxy &) const = default;
};

/// "http://[user@]host:port"; empty: none. A password never stands there. Fault::Wrong.
[[nodiscard]] Result<Proxy> parseProxy(const QString &url);

/// "file:PATH", for its owner's eyes only, or "env:NAME"; without the line's end. Fault::Wrong.
[[nodiscard]] Result<Secret> passwordFrom(const QString &source);

} // namespace upload
