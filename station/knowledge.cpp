// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/knowledge.h"

#include "station/roots.h"
#include "tpm/endorsement.h"
#include "tpm/session.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<QByteArray> keyAt(const QString &text)
{
    const auto target = tpm::parseTarget(text);
    if (!target)
        return std::unexpected(target.error());
    const auto session = tpm::Session::open(*target, {}, std::make_shared<tpm::Stop>());
    if (!session)
        return std::unexpected(session.error());
    const auto key = tpm::readEndorsementKey(**session);
    if (!key)
        return std::unexpected(key.error());
    return key->publicArea;
}

} // namespace

Result<QByteArray> readOwnKey(const QString &target)
{
    const auto key = keyAt(target.isEmpty() ? u"device:/dev/tpmrm0"_s : target);
    if (key)
        return *key;
    if (target.isEmpty())
        return QByteArray();
    return std::unexpected(Error{Fault::Missing,
        u"the station's own TPM (tpm in [station]) does not tell its key: %1"_s.arg(
            key.error().detail)});
}

Result<std::shared_ptr<const Knowledge>> learn(
    const QString &rootsFile, const QString &supplierFile)
{
    auto knowledge = std::make_shared<Knowledge>();
    if (!rootsFile.isEmpty()) {
        const auto anchors = loadRoots(rootsFile);
        if (!anchors)
            return std::unexpected(anchors.error());
        if (!anchors->certificates.isEmpty())
            knowledge->trust = std::make_shared<const tpm::Trust>(*anchors);
    }
    if (!supplierFile.isEmpty()) {
        auto list = SupplierList::load(supplierFile);
        if (!list)
            return std::unexpected(list.error());
        knowledge->supplier = std::make_shared<const SupplierList>(std::move(*list));
    }
    return knowledge;
}

} // namespace station
