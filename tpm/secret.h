// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <vector>

namespace tpm {

/// Bytes that nobody may see: no stream operator takes them, and the memory is wiped at the end.
class Secret {
public:
    Secret() = default;
    explicit Secret(QByteArrayView bytes);
    Secret(const Secret &) = default;
    Secret(Secret &&) noexcept = default;
    Secret &operator=(Secret other) noexcept;
    ~Secret();

    [[nodiscard]] QByteArrayView bytes() const;
    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }
    bool operator==(const Secret &other) const; ///< in constant time

private:
    std::vector<char> m_bytes; // not a QByteArray: its implicit sharing would outlive the wiping
};

/// What may be kept of a PIN or a badge: 32 bytes of scrypt (RFC 7914; N = 2^15, r = 8, p = 1),
/// which takes a tenth of a second and 32 MiB. Empty: there is no memory for it.
[[nodiscard]] QByteArray stretched(const Secret &secret, const QByteArray &salt);

} // namespace tpm
