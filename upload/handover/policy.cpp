// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/policy.h"

#include "station/firmware.h"
#include "station/toml.h"
#include "upload/enrollment.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

namespace upload::handover {

using namespace Qt::StringLiterals;
using station::TomlTable;

namespace {

void readFirmware(TomlTable &root, Policy &policy)
{
    for (TomlTable table : root.tables(u"firmware"_s)) {
        table.require({u"vendor"_s, u"versions"_s});
        const QString vendor = table.text(u"vendor"_s);
        const QStringList ranges = table.texts(u"versions"_s);
        for (const QString &range : ranges)
            if (!station::parseFirmwareRange(range))
                table.reject(u"versions"_s, u"write 7.85, 7.40-7.61 or 7.62-"_s);
        policy.firmware.insert(vendor, ranges);
        table.close();
    }
}

/// Whether any of the device's own certificates leads to a root of the receiver's.
QString wrongInChain(const tpm::Trust &roots, const QList<QByteArray> &issuers,
    const QDateTime &now, const QJsonValue &ek)
{
    QString why = u"it has no certificate for its endorsement key"_s;
    const QJsonArray certificates = ek[u"certificates"].toArray();
    for (const QJsonValue &certificate : certificates) {
        if (!certificate[u"keyMatches"].toBool())
            continue;
        const auto der = QByteArray::fromBase64(certificate[u"der"].toString().toLatin1());
        const tpm::Path path = roots.judge(der, issuers, now);
        if (!path.distrust)
            return {};
        why = u"its certificate leads to none of the roots here: "_s + path.detail;
    }
    return why;
}

} // namespace

Result<Policy> parsePolicy(const QByteArray &toml, const QString &file)
{
    auto root = TomlTable::parse(toml, file);
    if (!root)
        return std::unexpected(root.error());
    const QDir folder = QFileInfo(file).absoluteDir();
    root->require({u"schema"_s, u"signers"_s});
    root->number(u"schema"_s, 1, 1, 1);
    Policy policy;
    policy.signersFile = folder.absoluteFilePath(root->text(u"signers"_s));
    const QString roots = root->text(u"roots"_s);
    policy.rootsFile = roots.isEmpty() ? QString() : folder.absoluteFilePath(roots);
    policy.chain = root->truth(u"chain"_s, !roots.isEmpty());
    if (policy.chain && roots.isEmpty())
        root->reject(u"chain"_s, u"a chain leads to roots; name them with roots = \"FILE\""_s);
    policy.proofs = root->texts(u"proofs"_s);
    policy.vendors = root->texts(u"vendors"_s);
    policy.least = root->number(u"least"_s, 0, 0, policy.most);
    policy.most = root->number(u"most"_s, policy.most, 1, policy.most);
    readFirmware(*root, policy);
    root->close();
    if (root->error())
        return std::unexpected(*root->error());
    return policy;
}

QString objectionTo(const Policy &policy, const tpm::Trust &roots, const QList<QByteArray> &issuers,
    const QDateTime &now, const QJsonObject &body)
{
    const QString vendor = body[u"tpm"][u"manufacturer"].toString();
    const QString firmware = body[u"tpm"][u"firmware"].toString();
    if (!policy.vendors.isEmpty() && !policy.vendors.contains(vendor))
        return u"a TPM of %1 is not wanted"_s.arg(tame(vendor));
    const auto ranges = policy.firmware.constFind(vendor);
    if (ranges != policy.firmware.constEnd() && !station::isInOne(firmware, *ranges))
        return u"firmware %1 of %2 is not wanted"_s.arg(tame(firmware), tame(vendor));
    QStringList proven;
    for (const QJsonValue &finding : body[u"findings"].toArray())
        if (finding[u"outcome"].toString() == u"pass")
            proven.append(finding[u"check"].toString());
    for (const QString &proof : policy.proofs)
        if (!proven.contains(proof))
            return u"the check \"%1\" did not pass"_s.arg(proof);
    return policy.chain ? wrongInChain(roots, issuers, now, body[u"ek"]) : QString();
}

} // namespace upload::handover
