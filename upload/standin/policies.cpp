// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/policies.h"

#include <QFile>

#include <openssl/rand.h>

#include <array>

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

const QHash<QString, Right> rightNames{{u"ServiceConfig"_s, Right::ServiceConfig},
    {u"EnrollmentRead"_s, Right::EnrollmentRead}, {u"EnrollmentWrite"_s, Right::EnrollmentWrite},
    {u"RegistrationStatusRead"_s, Right::RegistrationStatusRead},
    {u"RegistrationStatusWrite"_s, Right::RegistrationStatusWrite}};

} // namespace

std::optional<Rights> parseRights(const QString &text)
{
    Rights rights;
    for (const QString &name : text.split(u',')) {
        const auto found = rightNames.constFind(name.trimmed());
        if (found == rightNames.cend()) {
            return std::nullopt;
        }
        rights |= *found;
    }
    return rights;
}

Secret newPolicyKey()
{
    std::array<char, 64> bytes{};
    RAND_bytes(reinterpret_cast<unsigned char *>(bytes.data()), int(bytes.size()));
    return Secret(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
}

Result<QList<Policy>> openPolicies(
    const QString &folder, const QString &host, const QMap<QString, Rights> &wanted)
{
    QList<Policy> policies;
    for (auto policy = wanted.begin(); policy != wanted.end(); ++policy) {
        const QString file = folder + u'/' + policy.key() + u".credential"_s;
        if (!QFile::exists(file)
            && !writeFile(file, textOf({host, policy.key(), newPolicyKey()}).bytes(), true)) {
            return std::unexpected(
                Error{Fault::Wrong, u"%1 cannot be written"_s.arg(file), 0, 0, {}});
        }
        auto credential = readCredential(file);
        if (!credential) {
            return std::unexpected(credential.error());
        }
        policies.append({*credential, policy.value()});
    }
    return policies;
}

} // namespace upload::standin
