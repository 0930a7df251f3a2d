// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/inspect.h"

#include "upload/handover/chainwalk.h"

#include <QCryptographicHash>
#include <QSet>

namespace upload::handover {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

constexpr qint64 largestSeal = 64 << 10;
constexpr qint64 piece = 256 << 10;

QString lengthOf(qint64 bytes)
{
    return u"%L1 bytes"_s.arg(bytes);
}

/// The length and hash of a file; stops a byte after what is expected.
Result<Enclosure> measured(const Container &bundle, const Enclosure &said, const Watcher &watcher)
{
    const auto file = bundle.read(said.name);
    if (!file)
        return std::unexpected(file.error());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    Enclosure seen{.name = said.name};
    while (seen.bytes <= said.bytes) {
        const QByteArray some = (*file)->read(piece);
        if (some.isEmpty())
            break;
        if (watcher.cancelled())
            return std::unexpected(Error{Fault::Refused, u"stopped"_s});
        hash.addData(some);
        seen.bytes += some.size();
    }
    seen.sha256 = hash.result();
    return seen;
}

void checkFile(
    const Container &bundle, const Enclosure &said, const Watcher &watcher, Inspection &seen)
{
    const auto found = measured(bundle, said, watcher);
    if (!found)
        complain(seen, found.error().detail);
    else if (found->bytes != said.bytes)
        complain(seen,
            found->bytes < said.bytes ? u"%1 has %2, the manifest says %3"_s.arg(
                                            said.name, lengthOf(found->bytes), lengthOf(said.bytes))
                                      : u"%1 is longer than the %2 of the manifest"_s.arg(
                                            said.name, lengthOf(said.bytes)));
    else if (found->sha256 != said.sha256)
        complain(seen, u"%1 is not what was signed: its SHA-256 differs"_s.arg(said.name));
}

void checkNames(const Container &bundle, Inspection &seen)
{
    QSet<QString> named{manifestName.toString(), sealName.toString()};
    for (const Enclosure &file : std::as_const(seen.manifest.files)) {
        if (named.contains(file.name))
            complain(seen, u"%1 stands in the manifest twice"_s.arg(file.name));
        named.insert(file.name);
    }
    for (const QString &name : bundle.names())
        if (!named.contains(name))
            complain(seen, u"%1 is not in the manifest"_s.arg(name.left(200)));
    for (const QStringView name : {chainName, rowsName, sheetName})
        if (!named.contains(name.toString()))
            complain(seen, u"the manifest does not name %1"_s.arg(name));
}

void checkPlans(Inspection &seen)
{
    for (const PlanCopy &plan : std::as_const(seen.manifest.plans)) {
        if (plan.file.isEmpty())
            continue;
        const auto file = std::ranges::find(seen.manifest.files, plan.file, &Enclosure::name);
        if (file == seen.manifest.files.end() || file->sha256.toHex() != plan.sha256.toLatin1())
            complain(seen,
                u"%1 is not the plan %2 %3 that the records name"_s.arg(
                    plan.file, plan.name, plan.version));
    }
}

} // namespace

void complain(Inspection &seen, const QString &what)
{
    constexpr qsizetype mostSaid = 20;
    ++seen.mismatched;
    if (seen.mismatches.size() < mostSaid)
        seen.mismatches.append(what);
}

Result<Inspection> inspect(const Container &bundle, const tpm::Anchors &trusted,
    const QDateTime &now, const Watcher &watcher, const Visit &visit)
{
    const auto text = bundle.bytes(manifestName.toString(), largestManifest);
    const auto signature = bundle.bytes(sealName.toString(), largestSeal);
    if (!text || !signature)
        return std::unexpected(Error{Fault::Syntax,
            u"this is no bundle: "_s + (text ? signature.error() : text.error()).detail});
    Inspection seen;
    seen.sha256 = QCryptographicHash::hash(*text, QCryptographicHash::Sha256);
    seen.seal = tpm::verify(*text, *signature, trusted, now);
    if (seen.seal.state == tpm::Seal::State::Broken)
        complain(seen, u"manifest.json is not what manifest.json.p7s signs: "_s + seen.seal.detail);
    const auto manifest = parseManifest(*text);
    if (!manifest) {
        complain(seen, manifest.error().detail);
        return seen;
    }
    seen.manifest = *manifest;
    checkNames(bundle, seen);
    for (const Enclosure &file : std::as_const(manifest->files))
        checkFile(bundle, file, watcher, seen);
    if (watcher.cancelled())
        return std::unexpected(Error{Fault::Refused, u"stopped"_s});
    checkPlans(seen);
    if (const auto walked = walkChains(bundle, seen, watcher, visit); !walked)
        return std::unexpected(walked.error());
    return seen;
}

} // namespace upload::handover
