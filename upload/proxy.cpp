// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/proxy.h"

#include <QUrl>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace upload {

namespace {

std::unexpected<Error> wrong(const QString &detail)
{
    return std::unexpected(Error{Fault::Wrong, detail, 0, 0, {}});
}

} // namespace

Result<Proxy> parseProxy(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (text.isEmpty()) {
        return Proxy{};
    }
    if (!url.password().isEmpty()) { // which is not repeated here
        return wrong(u"a proxy's password never stands in its URL; see proxy_password"_s);
    }
    if (!url.isValid() || url.scheme() != u"http" || url.host().isEmpty() || url.port() < 1
        || url.hasQuery() || (url.path() != u"" && url.path() != u"/")) {
        return wrong(u"a proxy's URL is http://[user@]host:port"_s);
    }
    return Proxy{url.host(), static_cast<quint16>(url.port()), url.userName(), {}};
}

Result<Secret> passwordFrom(const QString &source)
{
    if (source.startsWith(u"file:")) {
        const auto content = readPrivately(source.mid(5));
        return content ? Result<Secret>(Secret(content->bytes().trimmed())) : content;
    }
    const char *value = std::getenv(source.mid(4).toUtf8().constData());
    if (!source.startsWith(u"env:") || !value) {
        return wrong(u"%1: neither a file: nor an env: that is set"_s.arg(source));
    }
    return Secret(value);
}

} // namespace upload
