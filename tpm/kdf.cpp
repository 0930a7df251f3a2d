// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/kdf.h"

#include <QMessageAuthenticationCode>
#include <QtEndian>

namespace tpm {

namespace {

QByteArray bigEndian(quint32 value)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

const QByteArray nul(1, '\0');

} // namespace

QByteArray kdfa(QCryptographicHash::Algorithm hash, const QByteArray &key, const QByteArray &label,
    const QByteArray &contextU, const QByteArray &contextV, int bits)
{
    QByteArray result;
    const QByteArray suffix =
        label + nul + contextU + contextV + bigEndian(static_cast<quint32>(bits));
    for (quint32 i = 1; result.size() * 8 < bits; ++i)
        result += QMessageAuthenticationCode::hash(bigEndian(i) + suffix, key, hash);
    return result.left(bits / 8);
}

QByteArray kdfe(QCryptographicHash::Algorithm hash, const QByteArray &z, const QByteArray &label,
    const QByteArray &partyU, const QByteArray &partyV, int bits)
{
    QByteArray result;
    for (quint32 i = 1; result.size() * 8 < bits; ++i)
        result += QCryptographicHash::hash(bigEndian(i) + z + label + nul + partyU + partyV, hash);
    return result.left(bits / 8);
}

} // namespace tpm
