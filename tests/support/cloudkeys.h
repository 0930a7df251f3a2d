// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace support {

/// The base64 of a TPM2B_PUBLIC as an RSA-2048 EK has it, with a modulus that follows from
/// `number`.
inline QByteArray endorsementKey(int number)
{
    QByteArray key = QByteArray::fromHex(
        "013a0001000b000300b20020837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa"
        "00060080004300100800000000000100");
    QByteArray modulus(256, char(0x5a));
    for (int i = 0; i < 4; ++i) {
        modulus[i] = char(number >> (8 * (3 - i)));
    }
    modulus[0] = char(modulus[0] | 0x80);
    modulus[255] = 1;
    return (key + modulus).toBase64();
}

} // namespace support
