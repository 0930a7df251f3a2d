// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/templates.h"

#include "tpm/publicarea.h"
#include "tpm/wrapping.h"

namespace tpm {

namespace {

// TPM2_PolicySecret(TPM_RH_ENDORSEMENT): PolicyA of the EK Credential Profile.
const QByteArray policyA =
    QByteArray::fromHex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");
// PolicyOR(PolicyA, PolicyAuthorizeNV): PolicyB.
const QByteArray policyB =
    QByteArray::fromHex("ca3d0a99a2b93906f7a3342414efcfb3a385d44cd1fd459089d19b5071c0b7a0");
const QByteArray policyB384 =
    QByteArray::fromHex("b26e7d28d11a50bc53d882bcf5fd3a1a074148bb35d3b4e4"
                        "cb1c0ad9bde419cacb47ba09699646150f9fc000f3f80e12");

const QByteArray rsa = QByteArray::fromHex("0001000b");
const QByteArray ecc = QByteArray::fromHex("0023000b");
const QByteArray ecc384 = QByteArray::fromHex("0023000c");
const QByteArray lowAttributes = QByteArray::fromHex("000300b2");
const QByteArray highAttributes = QByteArray::fromHex("000300f2");
const QByteArray rsa2048 = QByteArray::fromHex("00060080004300100800"
                                               "00000000"); // AES-128-CFB, no scheme
const QByteArray p256 = QByteArray::fromHex("000600800043"
                                            "0010"
                                            "0003"
                                            "0010");
const QByteArray p384 = QByteArray::fromHex("000601000043"
                                            "0010"
                                            "0004"
                                            "0010");

/// Whether all but the last bytes, which hold `unique`, are these.
bool follows(const QByteArray &publicArea, const QByteArray &ours, qsizetype unique)
{
    const QByteArray area = publicArea.mid(2);
    return area.size() > ours.size() - unique && area.startsWith(ours.chopped(unique));
}

} // namespace

QByteArray templateArea(Template source)
{
    switch (source) {
    case Template::TcgL1:
        return rsa + lowAttributes + sized(policyA) + rsa2048 + sized(QByteArray(256, '\0'));
    case Template::SdkEmptyUnique:
        return rsa + lowAttributes + sized(policyA) + rsa2048 + sized({});
    case Template::TcgL2:
        return ecc + lowAttributes + sized(policyA) + p256 + sized(QByteArray(32, '\0'))
            + sized(QByteArray(32, '\0'));
    case Template::TcgH1:
        return rsa + highAttributes + sized(policyB) + rsa2048 + sized({});
    case Template::TcgH2:
        return ecc + highAttributes + sized(policyB) + p256 + sized({}) + sized({});
    case Template::TcgH3:
        return ecc384 + highAttributes + sized(policyB384) + p384 + sized({}) + sized({});
    case Template::NvTemplate:
    case Template::Unknown:
        break;
    }
    return {};
}

Template likelyTemplate(const QByteArray &publicArea)
{
    const auto area = parsePublicArea(publicArea);
    if (!area)
        return Template::Unknown;
    const bool isRsa = area->type == PublicArea::Type::Rsa;
    if (area->authPolicy == policyB)
        return isRsa ? Template::TcgH1 : Template::TcgH2;
    if (area->authPolicy == policyB384 && !isRsa)
        return Template::TcgH3;
    if (area->authPolicy == policyA && !isRsa)
        return Template::TcgL2;
    return Template::Unknown;
}

QByteArray storageArea()
{
    return rsa + QByteArray::fromHex("00030472") + sized({}) + rsa2048
        + sized(QByteArray(256, '\0'));
}

QByteArray identityArea(const QByteArray &unique)
{
    return QByteArray::fromHex("0008000b0004044000000005000b") + sized(unique);
}

QByteArray sealedKeyArea()
{
    return QByteArray::fromHex("0008000b0004045200000005000b") + sized({});
}

QByteArray challengeArea()
{
    // KEYEDHASH, SHA256, attributes, no policy, HMAC with SHA256, empty unique.
    return QByteArray::fromHex("0008000b000404720000"
                               "0005000b"
                               "0000");
}

bool followsTemplate(const QByteArray &publicArea, Template source)
{
    switch (source) {
    case Template::TcgL1:
    case Template::SdkEmptyUnique:
        return follows(publicArea, templateArea(Template::SdkEmptyUnique), 2);
    case Template::TcgH1:
        return follows(publicArea, templateArea(source), 2);
    case Template::TcgL2:
        return follows(publicArea, templateArea(source), 2 * (2 + 32));
    case Template::TcgH2:
    case Template::TcgH3:
        return follows(publicArea, templateArea(source), 2 * 2);
    case Template::NvTemplate:
    case Template::Unknown:
        break;
    }
    return false;
}

bool isStorageKey(const QByteArray &publicArea)
{
    return follows(publicArea, storageArea(), 2 + 256);
}

bool isIdentityKey(const QByteArray &publicArea)
{
    return follows(publicArea, identityArea({}), 2);
}

bool isOurMake(const QByteArray &publicArea)
{
    return followsTemplate(publicArea, Template::TcgL1)
        || followsTemplate(publicArea, Template::TcgL2) || isStorageKey(publicArea)
        || follows(publicArea, challengeArea(), 2) || isIdentityKey(publicArea)
        || follows(publicArea, sealedKeyArea(), 2);
}

} // namespace tpm
