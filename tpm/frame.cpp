// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/frame.h"

#include <QtEndian>

namespace tpm {

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 tagNoSessions = 0x8001;
constexpr quint16 tagSessions = 0x8002;
constexpr quint16 tagBadTag = 0x00C4; // TPM_RC_BAD_TAG: a TPM 1.2 answers a 2.0 command so

std::unexpected<Error> malformed(const QString &why)
{
    return std::unexpected(Error{Fault::Protocol, u"malformed answer: "_s + why});
}

} // namespace

Result<qsizetype> announcedSize(const QByteArray &header)
{
    if (header.size() < headerSize)
        return malformed(u"%1 bytes are no TPM header"_s.arg(header.size()));
    const auto tag = qFromBigEndian<quint16>(header.constData());
    const auto size = qFromBigEndian<quint32>(header.constData() + 2);
    if (tag != tagNoSessions && tag != tagSessions && tag != tagBadTag)
        return malformed(u"tag 0x%1"_s.arg(tag, 4, 16, QLatin1Char('0')));
    if (size < headerSize || size > largestFrame)
        return malformed(u"it announces %1 bytes, allowed are 10 to 4096"_s.arg(size));
    return static_cast<qsizetype>(size);
}

quint32 commandCode(const QByteArray &command)
{
    return command.size() < headerSize ? 0 : qFromBigEndian<quint32>(command.constData() + 6);
}

quint32 responseCode(const QByteArray &response)
{
    return qFromBigEndian<quint32>(response.constData() + 6);
}

Result<void> checkResponse(const QByteArray &response)
{
    const auto size = announcedSize(response);
    if (!size)
        return std::unexpected(size.error());
    if (*size != response.size())
        return malformed(u"%1 bytes came, %2 were announced"_s.arg(response.size()).arg(*size));
    return {};
}

QByteArray firstSized(const QByteArray &response)
{
    if (response.size() < headerSize + 2)
        return {};
    const auto size = qFromBigEndian<quint16>(response.constData() + headerSize);
    return response.mid(headerSize, 2 + size);
}

} // namespace tpm
