// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/error.h"
#include "tpm/anchors.h"
#include "upload/credential.h"

#include <QByteArray>
#include <QCommandLineParser>

namespace app {

// What stations and receivers hand each other as files, and how these are signed.

constexpr qint64 largestPaper = 64 << 10; ///< bytes of a key, a certificate, a signature

/// A whole file; Fault::Missing, or Fault::Syntax for one of more than `most` bytes.
[[nodiscard]] station::Result<QByteArray> bytesOf(const QString &name, qint64 most);
/// Replaces a file in one step; Fault::Full.
[[nodiscard]] station::Result<void> writeFile(const QString &name, const QByteArray &bytes);

/// Certificates of those who are believed. Fault::Missing: no such file, which would be to believe
/// nobody; Fault::Syntax.
[[nodiscard]] station::Result<tpm::Anchors> trustedIn(const QString &file);

/// Adds --key and --certificate, with which a station signs.
void describeSigner(QCommandLineParser &parser);

/// Who signs.
struct Signer {
    upload::Secret key; ///< PEM
    QByteArray certificate; ///< PEM
};
[[nodiscard]] station::Result<Signer> signerOf(const QCommandLineParser &parser);
/// From a key's file and a certificate's. Fault::Missing.
[[nodiscard]] station::Result<Signer> signerFrom(const QString &key, const QString &certificate);
/// A detached signature in PEM; Fault::Missing says which of the two papers does not fit.
[[nodiscard]] station::Result<QByteArray> sign(const QByteArray &content, const Signer &signer);

} // namespace app
