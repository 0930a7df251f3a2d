// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/credential.h"

#include <QList>

namespace upload {

/// Where the settings say that a credential is: "file:PATH", "env:NAME", "keychain:NAME" or
/// "tpm:NAME".
struct Source {
    enum class Place { File, Environment, Keychain, Tpm };
    Place place = Place::File;
    QString where; ///< PATH or NAME

    bool operator==(const Source &) const = default;
};

[[nodiscard]] QString word(Source::Place place); ///< "file", "env", "keychain", "tpm"
[[nodiscard]] std::optional<Source::Place> placeOf(const QString &text);
[[nodiscard]] std::optional<Source> parseSource(const QString &text);
[[nodiscard]] QString textOf(const Source &source);

/// The folder where this user's credentials are: $XDG_DATA_HOME/ekstation/credentials.
[[nodiscard]] QString usualSafe();

/// 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit first: part of a file's
/// name.
[[nodiscard]] bool isCredentialName(const QString &name);

/// What may be known of a credential that is kept, without its secret.
struct Card {
    QString name;
    Source source;
    QString host;
    QString policy;
    bool isToken = false;
    qint64 expiry = 0; ///< of a token, in seconds since 1970
    QString trouble; ///< why nothing else is known; else empty

    bool operator==(const Card &) const = default;
};

/// The credential that a source names; `tpm` reaches the TPM of those that are sealed. Neither
/// keychain nor TPM are asked yet: a TokenSource does that. Fault::Wrong.
[[nodiscard]] Result<Credential> openCredential(
    const Source &source, const QString &safe, const QString &tpm);

/// The card of a source, by its name.
[[nodiscard]] Card cardOf(const QString &name, const Source &source, const QString &safe);

/// Hands a credential's key to a TPM; blocks while that works. Fault::Wrong.
[[nodiscard]] Result<Credential> sealed(const Credential &credential, const QString &tpm);

/// Writes what a safe keeps of a credential, in place of an earlier one of that name and place: all
/// of it, the sealed key, or for the keychain no more than its card. Fault::Wrong.
[[nodiscard]] Result<Source> keep(
    const Credential &credential, const QString &name, Source::Place place, const QString &safe);

/// All that a safe keeps, by name.
[[nodiscard]] QList<Card> listSafe(const QString &safe);

/// Takes a file out of a safe. Fault::Wrong: it is not there, or stays.
[[nodiscard]] Result<bool> discard(const QString &name, Source::Place place, const QString &safe);

} // namespace upload
