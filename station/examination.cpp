// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/examination.h"

#include "station/hex.h"
#include "station/ornull.h"
#include "station/words.h"

#include <QJsonArray>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr Word<tpm::Kind> kinds[] = {
    {tpm::Kind::Discrete, "discrete"},
    {tpm::Kind::Firmware, "firmware"},
    {tpm::Kind::Integrated, "integrated"},
    {tpm::Kind::Virtual, "virtual"},
    {tpm::Kind::Unknown, "unknown"},
};
constexpr Word<tpm::Template> templates[] = {
    {tpm::Template::TcgL1, "tcg-l1"},
    {tpm::Template::TcgL2, "tcg-l2"},
    {tpm::Template::TcgH1, "tcg-h1"},
    {tpm::Template::TcgH2, "tcg-h2"},
    {tpm::Template::TcgH3, "tcg-h3"},
    {tpm::Template::SdkEmptyUnique, "sdk-empty-unique"},
    {tpm::Template::NvTemplate, "nv-template"},
    {tpm::Template::Unknown, "unknown"},
};

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QString handle(quint32 value)
{
    return u"0x%1"_s.arg(value, 8, 16, QLatin1Char('0'));
}

QJsonValue toJson(const std::optional<tpm::Properties> &properties)
{
    if (!properties)
        return QJsonValue::Null;
    return QJsonObject{
        {u"manufacturer"_s, properties->manufacturer},
        {u"vendorString"_s, properties->vendorString},
        {u"firmware"_s, properties->firmware()},
        {u"revision"_s,
            u"%1.%2"_s.arg(properties->revision / 100)
                .arg(properties->revision % 100, 2, 10, QLatin1Char('0'))},
        {u"kind"_s, word(properties->kind)},
    };
}

QJsonArray toJson(const QList<tpm::Certificate> &certificates)
{
    QJsonArray array;
    for (const auto &certificate : certificates)
        array.append(QJsonObject{
            {u"nvIndex"_s, handle(certificate.nvIndex)},
            {u"der"_s, base64(certificate.der)},
            {u"sha256"_s, hex(certificate.sha256())},
            {u"keyMatches"_s, certificate.keyMatches},
        });
    return array;
}

QJsonValue keyToJson(const Examination &examination)
{
    const auto &key = examination.key;
    if (!key)
        return QJsonValue::Null;
    return QJsonObject{
        {u"type"_s, key->type == tpm::EndorsementKey::Type::Rsa ? u"rsa"_s : u"ecc"_s},
        {u"public"_s, base64(key->publicArea)},
        {u"sha256"_s, hex(key->sha256())},
        {u"registrationId"_s, key->registrationId()},
        {u"handle"_s, key->handle ? QJsonValue(handle(*key->handle)) : QJsonValue::Null},
        {u"template"_s, word(key->source)},
        {u"certificates"_s, toJson(examination.certificates)},
    };
}

QJsonArray toJson(const QList<Finding> &findings)
{
    QJsonArray array;
    for (const auto &finding : findings)
        array.append(QJsonObject{
            {u"check"_s, finding.check},
            {u"outcome"_s, word(finding.outcome)},
            {u"measured"_s, orNull(finding.measured)},
            {u"limit"_s, orNull(finding.limit)},
            {u"advice"_s, orNull(finding.advice)},
            {u"ms"_s, finding.ms},
        });
    return array;
}

} // namespace

QString word(tpm::Kind kind)
{
    return wordIn<tpm::Kind>(kinds, kind);
}

QString word(tpm::Template source)
{
    return wordIn<tpm::Template>(templates, source);
}

QJsonObject toJson(const Examination &examination)
{
    const auto &trouble = examination.trouble;
    return {
        {u"target"_s, examination.target},
        {u"verdict"_s, word(examination.verdict)},
        {u"tpm"_s, toJson(examination.properties)},
        {u"ek"_s, keyToJson(examination)},
        {u"findings"_s, toJson(examination.findings)},
        {u"commands"_s, examination.commands},
        {u"ms"_s, examination.ms},
        {u"error"_s,
            trouble ? QJsonValue(
                          QJsonObject{{u"code"_s, trouble->code}, {u"detail"_s, trouble->detail}})
                    : QJsonValue::Null},
    };
}

} // namespace station
