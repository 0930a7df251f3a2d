// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <source_location>

/// What libFuzzer calls with each input; replay.cpp calls it with each file of the corpus.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

namespace fuzz {

/// The fuzzer's bytes as a QByteArray of its own, so that reading past its end is noticed.
inline QByteArray copy(const uint8_t *bytes, size_t size)
{
    return {reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size)};
}

/// A promise of the code under test; breaking it ends the run, in release builds too.
inline void require(bool holds, std::source_location where = std::source_location::current())
{
    if (!holds) {
        std::fprintf(stderr, "%s:%u: a promise is broken\n", where.file_name(), where.line());
        std::abort();
    }
}

} // namespace fuzz
