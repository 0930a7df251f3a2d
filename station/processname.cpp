// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/processname.h"

#include <QFile>
#include <QStringList>

#include <unistd.h>

namespace station {

using namespace Qt::StringLiterals;

namespace {

/// What must be the same for process ids to mean the same.
QString kernelName()
{
    QFile boot(u"/proc/sys/kernel/random/boot_id"_s);
    if (!boot.open(QIODevice::ReadOnly))
        return {};
    // "pid:[4026531836]"
    QString space = QFile::symLinkTarget(u"/proc/self/ns/pid"_s).section(u'[', -1);
    space.chop(1);
    return QString::fromLatin1(boot.readAll().trimmed()) + u':' + space;
}

} // namespace

QString processName(pid_t process)
{
    QFile stat(u"/proc/%1/stat"_s.arg(process));
    const QString kernel = kernelName();
    if (kernel.isEmpty() || !stat.open(QIODevice::ReadOnly))
        return {};
    // proc(5): the name in parentheses may hold anything; field 3 is the state, 22 the start.
    const QByteArray all = stat.readAll();
    const QList<QByteArray> fields = all.mid(all.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 20 || fields.first() == "Z")
        return {};
    return u"%1:%2:%3"_s.arg(kernel).arg(process).arg(QString::fromLatin1(fields.at(19)));
}

bool isGone(const QString &name)
{
    const QString kernel = kernelName();
    if (kernel.isEmpty() || !name.startsWith(kernel + u':'))
        return false;
    return processName(name.section(u':', -2, -2).toInt()) != name;
}

} // namespace station
