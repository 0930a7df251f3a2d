// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/firmware.h"
#include "station/toml.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

void limits(TomlTable &table, QVariantMap &limits)
{
    limits[u"manufacturer"_s] = table.texts(u"manufacturer"_s);
    limits[u"model"_s] = table.texts(u"model"_s);
    const QStringList versions = table.texts(u"firmware"_s);
    for (const QString &version : versions)
        if (!version.contains(u'{') && !parseFirmwareRange(version)) // else admission tells
            table.reject(u"firmware"_s,
                u"\"%1\" is neither a version, 7.85, nor a range of them, 7.85-7.99 or 7.85-"_s.arg(
                    version));
    limits[u"firmware"_s] = versions;
}

tpm::Result<Judgement> judge(Context &context)
{
    const tpm::Properties &seen = *context.examination.properties;
    const QString measured =
        u"%1 %2, firmware %3"_s.arg(seen.manufacturer, seen.vendorString, seen.firmware());
    const auto allowed = [&context](const QString &key) {
        return context.limits.value(key).toStringList();
    };
    const QStringList manufacturers = allowed(u"manufacturer"_s);
    const QStringList models = allowed(u"model"_s);
    const QStringList versions = allowed(u"firmware"_s);
    if (manufacturers.isEmpty() && models.isEmpty() && versions.isEmpty())
        return Judgement::said(measured);
    const QString limit =
        QStringList{manufacturers.join(u" or "_s), models.join(u" or "_s), versions.join(u" or "_s)}
            .join(u' ')
            .simplified();
    if ((!manufacturers.isEmpty() && !manufacturers.contains(seen.manufacturer))
        || (!models.isEmpty() && !models.contains(seen.vendorString)))
        return Judgement::bad(measured, limit, u"unexpected-model"_s);
    return Judgement::of(versions.isEmpty() || isInOne(seen.firmware(), versions), measured, limit,
        u"unexpected-firmware"_s);
}

} // namespace

const Check checks::model{
    "model",
    "Manufacturer, model and firmware are those that were ordered; without limits they are "
    "recorded.",
    "TPM 2.0 Part 2, 6.13 TPM_PT_MANUFACTURER, VENDOR_STRING and FIRMWARE_VERSION",
    {u"unexpected-model"_s, u"unexpected-firmware"_s},
    limits,
    judge,
};

} // namespace station
