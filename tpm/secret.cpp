// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/secret.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace tpm {

Secret::Secret(QByteArrayView bytes) : m_bytes(bytes.begin(), bytes.end()) { }

Secret &Secret::operator=(Secret other) noexcept
{
    m_bytes.swap(other.m_bytes);
    return *this;
}

Secret::~Secret()
{
    OPENSSL_cleanse(m_bytes.data(), m_bytes.size());
}

QByteArrayView Secret::bytes() const
{
    return {m_bytes.data(), qsizetype(m_bytes.size())};
}

bool Secret::operator==(const Secret &other) const
{
    return m_bytes.size() == other.m_bytes.size()
        && CRYPTO_memcmp(m_bytes.data(), other.m_bytes.data(), m_bytes.size()) == 0;
}

QByteArray stretched(const Secret &secret, const QByteArray &salt)
{
    constexpr int bytes = 32;
    constexpr uint64_t cost = 1U << 15U;
    constexpr uint64_t blocks = 8;
    constexpr uint64_t lanes = 1;
    constexpr uint64_t mostMemory = 64U << 20U;
    QByteArray digest(bytes, '\0');
    const QByteArrayView text = secret.bytes();
    const int done = EVP_PBE_scrypt(text.data(), size_t(text.size()),
        reinterpret_cast<const unsigned char *>(salt.constData()), size_t(salt.size()), cost,
        blocks, lanes, mostMemory, reinterpret_cast<unsigned char *>(digest.data()), size_t(bytes));
    return done == 1 ? digest : QByteArray();
}

} // namespace tpm
