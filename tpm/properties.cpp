// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/properties.h"

#include "tpm/session.h"

#include <QtEndian>

#include <array>
#include <tss2/tss2_tpm2_types.h>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

/// Four characters, padded with NUL or blanks; what is not printable is left out.
QString characters(quint32 value)
{
    std::array<char, 4> bytes{};
    qToBigEndian(value, bytes.data());
    QString text;
    for (const char byte : bytes)
        if (byte >= 0x20 && byte < 0x7f)
            text += QLatin1Char(byte);
    return text;
}

constexpr quint32 vendor(const char (&name)[5])
{
    return quint32(quint8(name[0])) << 24 | quint32(quint8(name[1])) << 16
        | quint32(quint8(name[2])) << 8 | quint32(quint8(name[3]));
}

} // namespace

QString Properties::firmware() const
{
    return u"%1.%2.%3.%4"_s.arg(firmware1 >> 16)
        .arg(firmware1 & 0xffff)
        .arg(firmware2 >> 16)
        .arg(firmware2 & 0xffff);
}

Kind kindOf(quint32 manufacturerId, const QString &vendorString)
{
    switch (manufacturerId) {
    case vendor("IBM\0"):
    case vendor("IBM "):
    case vendor("MSFT"):
    case vendor("VMW\0"):
    case vendor("GOOG"):
        return Kind::Virtual;
    case vendor("INTC"):
    case vendor("AMD\0"):
    case vendor("QCOM"):
        return Kind::Firmware;
    case vendor("ATML"):
    case vendor("IFX\0"):
    case vendor("NTC\0"):
    case vendor("NTZ\0"):
    case vendor("STM "):
    case vendor("WEC\0"):
    case vendor("SNS\0"):
        return Kind::Discrete;
    default:
        // libtpms names itself in its vendor string whatever id its build carries.
        return vendorString.contains(u"SW") ? Kind::Virtual : Kind::Unknown;
    }
}

Result<Properties> readProperties(Session &session)
{
    const auto values = session.properties(TPM2_PT_FIXED, TPM2_PT_FIXED + 0xff);
    if (!values)
        return std::unexpected(values.error());
    Properties properties;
    properties.manufacturerId = values->value(TPM2_PT_MANUFACTURER);
    properties.manufacturer = characters(properties.manufacturerId).trimmed();
    for (const quint32 part : {TPM2_PT_VENDOR_STRING_1, TPM2_PT_VENDOR_STRING_2,
             TPM2_PT_VENDOR_STRING_3, TPM2_PT_VENDOR_STRING_4})
        properties.vendorString += characters(values->value(part));
    properties.vendorString = properties.vendorString.simplified();
    properties.firmware1 = values->value(TPM2_PT_FIRMWARE_VERSION_1);
    properties.firmware2 = values->value(TPM2_PT_FIRMWARE_VERSION_2);
    properties.family = characters(values->value(TPM2_PT_FAMILY_INDICATOR)).trimmed();
    properties.revision = values->value(TPM2_PT_REVISION);
    properties.nvBufferMax = values->value(TPM2_PT_NV_BUFFER_MAX);
    properties.kind = kindOf(properties.manufacturerId, properties.vendorString);
    return properties;
}

Result<State> readState(Session &session)
{
    const auto values = session.properties(TPM2_PT_VAR, TPM2_PT_VAR + 0xff);
    if (!values)
        return std::unexpected(values.error());
    if (!values->contains(TPM2_PT_PERMANENT) || !values->contains(TPM2_PT_STARTUP_CLEAR))
        return std::unexpected(Error{Fault::Unsuitable, u"the TPM does not tell its state"_s});
    const quint32 permanent = values->value(TPM2_PT_PERMANENT);
    const quint32 startup = values->value(TPM2_PT_STARTUP_CLEAR);
    return State{
        .ownerAuthSet = (permanent & TPMA_PERMANENT_OWNERAUTHSET) != 0,
        .endorsementAuthSet = (permanent & TPMA_PERMANENT_ENDORSEMENTAUTHSET) != 0,
        .lockoutAuthSet = (permanent & TPMA_PERMANENT_LOCKOUTAUTHSET) != 0,
        .clearDisabled = (permanent & TPMA_PERMANENT_DISABLECLEAR) != 0,
        .inLockout = (permanent & TPMA_PERMANENT_INLOCKOUT) != 0,
        .platformEnabled = (startup & TPMA_STARTUP_CLEAR_PHENABLE) != 0,
        .ownerEnabled = (startup & TPMA_STARTUP_CLEAR_SHENABLE) != 0,
        .endorsementEnabled = (startup & TPMA_STARTUP_CLEAR_EHENABLE) != 0,
        .lockoutCounter = values->value(TPM2_PT_LOCKOUT_COUNTER),
        .lockoutMost = values->value(TPM2_PT_MAX_AUTH_FAIL),
        .persistentFree = values->value(TPM2_PT_HR_PERSISTENT_AVAIL),
    };
}

} // namespace tpm
