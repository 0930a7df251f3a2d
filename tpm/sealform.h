// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/x509.h"

// First, so that the next one declares how CMS is read from PEM.
#include <openssl/pem.h>

#include <openssl/cms.h>

namespace tpm {

// Only .cpp files of this folder include this.

/// Whether a detached signature is written in the one way that sign() has. Some of a CMS's bytes
/// are covered by nobody's signature (versions, names of algorithms, blanks in PEM), and OpenSSL
/// does not look at all of them: here they may say one thing only.
[[nodiscard]] bool isInOneForm(CMS_ContentInfo *message, const QByteArray &pem);

} // namespace tpm
