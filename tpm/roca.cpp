// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/roca.h"

#include <algorithm>
#include <vector>

namespace tpm {

namespace {

constexpr quint32 generator = 65537;
/// Moduli of every size from 512 bits on are marked up to here; longer ones go further, but these
/// decide (Nemec et al., "The Return of Coppersmith's Attack", CCS 2017, section 3).
constexpr quint32 lastMark = 167;
constexpr quint32 lastFactor = 2000;

std::vector<quint32> primesFrom3(quint32 last)
{
    std::vector<quint32> primes;
    for (quint32 number = 3; number <= last; number += 2)
        if (std::ranges::none_of(primes, [number](quint32 prime) { return number % prime == 0; }))
            primes.push_back(number);
    return primes;
}

quint32 remainder(const QByteArray &number, quint32 divisor)
{
    quint32 rest = 0;
    for (const char byte : number)
        rest = (rest << 8 | static_cast<quint8>(byte)) % divisor;
    return rest;
}

/// Whether a discrete logarithm of the value to the base 65537 exists.
bool isPower(quint32 value, quint32 prime)
{
    quint32 power = 1;
    do {
        if (power == value)
            return true;
        power = power * (generator % prime) % prime;
    } while (power != 1);
    return false;
}

} // namespace

bool isRocaModulus(const QByteArray &modulus)
{
    return !modulus.isEmpty() && std::ranges::all_of(primesFrom3(lastMark), [&](quint32 prime) {
        return isPower(remainder(modulus, prime), prime);
    });
}

quint32 smallFactor(const QByteArray &modulus)
{
    if (remainder(modulus, 2) == 0)
        return 2;
    const auto primes = primesFrom3(lastFactor);
    const auto found =
        std::ranges::find_if(primes, [&](quint32 prime) { return remainder(modulus, prime) == 0; });
    return found == primes.end() ? 0 : *found;
}

} // namespace tpm
