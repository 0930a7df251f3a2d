// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sshtarget.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QStringList>

namespace app {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<station::Error> wrong(const QString &what)
{
    return std::unexpected(station::Error{station::Fault::Syntax, what});
}

bool isOf(const QString &text, const char *pattern)
{
    return QRegularExpression(u"\\A(?:%1)\\z"_s.arg(QLatin1StringView(pattern)))
        .match(text)
        .hasMatch();
}

/// For sh, whatever is in it.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

station::Result<QString> sshTarget(const SshPlace &place, const QString &socketFolder)
{
    // A word that begins with a dash would be an option of ssh.
    if (!isOf(place.host, "[A-Za-z0-9:][A-Za-z0-9.:_%-]{0,252}"))
        return wrong(u"host \"%1\": write a name or an address"_s.arg(place.host.left(64)));
    if (!isOf(place.user, "[A-Za-z0-9_][A-Za-z0-9._-]{0,31}"))
        return wrong(
            u"user \"%1\": write a user of the unit, such as root"_s.arg(place.user.left(64)));
    if (!isOf(place.device, "/dev/[A-Za-z0-9/_-]{1,64}"))
        return wrong(u"device \"%1\": write the TPM's file, such as /dev/tpmrm0"_s.arg(
            place.device.left(64)));
    if (place.port < 1 || place.port > 65535)
        return wrong(u"port %1: write 1 to 65535"_s.arg(place.port));
    if (!place.keyFile.isEmpty() && !QFileInfo(place.keyFile).isFile())
        return wrong(u"key \"%1\": there is no such file"_s.arg(place.keyFile));
    QStringList words{u"ssh"_s};
    for (const QString &option : {u"BatchMode=yes"_s, u"ConnectTimeout=5"_s,
             u"ServerAliveInterval=2"_s, u"ServerAliveCountMax=2"_s, u"StrictHostKeyChecking=no"_s,
             u"UserKnownHostsFile=/dev/null"_s, u"LogLevel=ERROR"_s, u"ControlMaster=auto"_s,
             u"ControlPersist=600"_s, u"ControlPath=%1/ssh-%C"_s.arg(socketFolder)})
        words += {u"-o"_s, option.contains(socketFolder) ? quoted(option) : option};
    if (place.port != 22)
        words += {u"-p"_s, QString::number(place.port)};
    if (!place.keyFile.isEmpty())
        words += {u"-i"_s, quoted(QFileInfo(place.keyFile).absoluteFilePath())};
    words += {u"-l"_s, place.user, place.host, u"tpm2_send -T device:%1"_s.arg(place.device)};
    return u"cmd:"_s + words.join(u' ');
}

} // namespace app
