// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/papers.h"

#include "station/roots.h"
#include "tpm/signature.h"

#include <QSaveFile>

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

std::unexpected<Error> wrong(Fault fault, const QString &what)
{
    return std::unexpected(Error{fault, what});
}

} // namespace

station::Result<QByteArray> bytesOf(const QString &name, qint64 most)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return wrong(Fault::Missing, u"%1: %2"_s.arg(name, file.errorString()));
    const QByteArray bytes = file.read(most + 1);
    if (bytes.size() > most)
        return wrong(Fault::Syntax, u"%1: larger than %2 KiB"_s.arg(name).arg(most >> 10));
    return bytes;
}

station::Result<void> writeFile(const QString &name, const QByteArray &bytes)
{
    QSaveFile file(name);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return wrong(Fault::Full, u"%1: %2"_s.arg(name, file.errorString()));
}

station::Result<tpm::Anchors> trustedIn(const QString &file)
{
    if (!QFile::exists(file))
        return wrong(Fault::Missing, u"%1: there is no such file"_s.arg(file));
    return station::loadRoots(file);
}

void describeSigner(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"key"_s, u"The private key that signs: P-256, PEM, mode 0600."_s, u"FILE"_s},
        {u"certificate"_s, u"The certificate of that key, PEM."_s, u"FILE"_s},
    });
}

station::Result<Signer> signerOf(const QCommandLineParser &parser)
{
    for (const QString &needed : {u"key"_s, u"certificate"_s})
        if (!parser.isSet(needed))
            return wrong(Fault::Missing, u"a signature needs --%1 FILE"_s.arg(needed));
    return signerFrom(parser.value(u"key"_s), parser.value(u"certificate"_s));
}

station::Result<Signer> signerFrom(const QString &keyFile, const QString &certificateFile)
{
    const auto key = upload::readPrivately(keyFile);
    if (!key)
        return wrong(Fault::Missing, key.error().detail);
    const auto certificate = bytesOf(certificateFile, largestPaper);
    if (!certificate)
        return std::unexpected(certificate.error());
    return Signer{*key, *certificate};
}

station::Result<QByteArray> sign(const QByteArray &content, const Signer &signer)
{
    const auto signature = tpm::sign(content, signer.key.bytes().toByteArray(), signer.certificate);
    if (!signature)
        return wrong(Fault::Missing, signature.error().detail);
    return *signature;
}

} // namespace app
