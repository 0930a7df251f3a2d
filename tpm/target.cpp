// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/target.h"

#include <QRegularExpression>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<Error> wrong(const QString &text, const QString &why)
{
    return std::unexpected(Error{Fault::Target, u"target \"%1\": %2"_s.arg(text.left(200), why)});
}

/// What the shell must take as one word.
QString quoted(QString word)
{
    return u'\'' + word.replace(u'\'', u"'\\''"_s) + u'\'';
}

Result<Target> parseSwtpm(Target target, const QString &settings)
{
    target.host = u"localhost"_s;
    target.port = 2321;
    bool tcp = false;
    QStringList seen;
    for (const QString &setting : settings.split(u',', Qt::SkipEmptyParts)) {
        const QString key = setting.section(u'=', 0, 0);
        const QString value = setting.section(u'=', 1);
        if (value.isEmpty())
            return wrong(target.text, u"\"%1\" has no value"_s.arg(key));
        if (seen.contains(key))
            return wrong(target.text, u"\"%1\" is given twice"_s.arg(key));
        seen.append(key);
        if (key == u"path") {
            target.path = value;
        } else if (key == u"host") {
            target.host = value;
            tcp = true;
        } else if (key == u"port") {
            bool ok = false;
            target.port = value.toUShort(&ok);
            if (!ok || target.port == 0)
                return wrong(target.text, u"port must be a number from 1 to 65535"_s);
            tcp = true;
        } else {
            return wrong(target.text, u"swtpm takes host, port or path, not \"%1\""_s.arg(key));
        }
    }
    if (tcp && !target.path.isEmpty())
        return wrong(target.text, u"give either path, or host and port"_s);
    target.kind = target.path.isEmpty() ? Target::Kind::TcpSocket : Target::Kind::UnixSocket;
    return target;
}

} // namespace

Result<Target> parseTarget(const QString &text)
{
    static const QRegularExpression form(u"^([a-z][a-z0-9_-]*)(?::(.*))?\\z"_s);
    const auto match = form.match(text);
    if (!match.hasMatch() || text.contains(QChar::Null))
        return wrong(text,
            u"write device:PATH, swtpm:path=SOCKET, swtpm:host=HOST,port=PORT or cmd:COMMAND"_s);

    Target target;
    target.text = text;
    const QString scheme = match.captured(1);
    const QString rest = match.captured(2);
    if (scheme == u"device") {
        target.path = rest.isEmpty() ? u"/dev/tpmrm0"_s : rest;
        return target;
    }
    if (scheme == u"swtpm")
        return parseSwtpm(target, rest);
    target.kind = Target::Kind::Command;
    if (scheme == u"cmd") {
        if (rest.trimmed().isEmpty())
            return wrong(text, u"cmd: needs a command line"_s);
        target.command = rest;
        return target;
    }
    target.command = u"tpm2_send -T "_s + quoted(text);
    return target;
}

} // namespace tpm
