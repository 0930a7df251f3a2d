// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/frame.h"
#include "tpm/session.h"
#include "tpm/templates.h"

#include <QtEndian>

#include <tss2/tss2_tpm2_types.h>

namespace tpm {

namespace {

/// A command with a handle and nothing else. ESYS would ask for the object's name first.
QByteArray commandOn(quint32 code, quint32 handle)
{
    QByteArray command("\x80\x01\x00\x00\x00\x0e", 6);
    command.resize(14);
    qToBigEndian(code, command.data() + 6);
    qToBigEndian(handle, command.data() + headerSize);
    return command;
}

} // namespace

bool Session::isFull(quint32 rc)
{
    return rc == TPM2_RC_OBJECT_MEMORY || rc == TPM2_RC_SESSION_MEMORY;
}

/// Without a resource manager (a raw device, a simulator, most relays) a station that was killed
/// leaves its objects and sessions in the TPM until the next power cycle. Three of them fill it,
/// and the device would fail for what the station did. The target's lock says that nobody else is
/// here.
bool Session::makeRoom()
{
    bool made = false;
    const auto objects = handles(TPM2_TRANSIENT_FIRST, TPM2_TRANSIENT_LAST);
    for (const quint32 handle : objects.value_or(QList<quint32>()))
        if (!m_made.contains(handle) && isLeftOver(handle))
            made = flushHandle(handle) || made;
    // A session cannot be asked what it was made for; only policy sessions are ever ours.
    const auto loaded = handles(TPM2_LOADED_SESSION_FIRST, TPM2_POLICY_SESSION_LAST);
    for (const quint32 handle : loaded.value_or(QList<quint32>()))
        if (handle >= TPM2_POLICY_SESSION_FIRST && !m_made.contains(handle))
            made = flushHandle(handle) || made;
    return made;
}

bool Session::isLeftOver(quint32 handle)
{
    const auto answer = m_wire->exchange(commandOn(TPM2_CC_ReadPublic, handle));
    return answer && responseCode(*answer) == TPM2_RC_SUCCESS && isOurMake(firstSized(*answer));
}

bool Session::flushHandle(quint32 handle)
{
    const auto answer = m_wire->exchange(commandOn(TPM2_CC_FlushContext, handle));
    return answer && responseCode(*answer) == TPM2_RC_SUCCESS;
}

} // namespace tpm
