// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/error.h"

#include <tss2/tss2_esys.h>
#include <tss2/tss2_mu.h>

namespace tpm {

// What the session's commands share of ESYS and of its marshalling. Only .cpp files of this folder
// include this.

/// What ESYS allocates for its callers.
template <typename T> class Owned {
public:
    Owned() = default;
    ~Owned() { Esys_Free(m_value); }
    Owned(const Owned &) = delete;
    Owned &operator=(const Owned &) = delete;
    T **out() { return &m_value; }
    const T *operator->() const { return m_value; }
    const T &operator*() const { return *m_value; }

private:
    T *m_value = nullptr;
};

/// A structure from exactly these bytes.
template <typename Sized>
Result<Sized> unmarshalled(
    const QByteArray &bytes, TSS2_RC (*unmarshal)(const uint8_t *, size_t, size_t *, Sized *))
{
    Sized value{};
    size_t offset = 0;
    const TSS2_RC rc = unmarshal(reinterpret_cast<const uint8_t *>(bytes.constData()),
        static_cast<size_t>(bytes.size()), &offset, &value);
    if (rc != TSS2_RC_SUCCESS || offset != static_cast<size_t>(bytes.size()))
        return std::unexpected(
            Error{Fault::Protocol, QStringLiteral("bytes that do not unmarshal"), rc});
    return value;
}

/// A structure's bytes; empty if it holds what cannot be written.
template <typename Sized>
QByteArray marshalled(
    const Sized &value, TSS2_RC (*marshal)(const Sized *, uint8_t *, size_t, size_t *))
{
    QByteArray bytes(sizeof(Sized), Qt::Uninitialized);
    size_t size = 0;
    if (marshal(&value, reinterpret_cast<uint8_t *>(bytes.data()), sizeof(Sized), &size)
        != TSS2_RC_SUCCESS)
        return {};
    return bytes.left(static_cast<qsizetype>(size));
}

/// The content of a TPM2B with a buffer.
template <typename Sized> QByteArray contentOf(const Sized &sized)
{
    return {reinterpret_cast<const char *>(sized.buffer), static_cast<qsizetype>(sized.size)};
}

} // namespace tpm
