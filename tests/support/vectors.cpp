// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/vectors.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace support {

QByteArray vector(const char *name)
{
    QFile file(QStringLiteral(SOURCE_FOLDER "/tests/data/vectors.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(file.errorString()));
    QJsonValue value = QJsonDocument::fromJson(file.readAll()).object();
    for (const QString &part : QString::fromLatin1(name).split(QLatin1Char('.')))
        value = value[part];
    const QByteArray bytes = QByteArray::fromHex(value.toString().toLatin1());
    if (bytes.isEmpty())
        qFatal("no vector %s", name);
    return bytes;
}

} // namespace support
