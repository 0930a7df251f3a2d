// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/vendors.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

namespace {

struct Vendor {
    quint32 id = 0;
    QString name;
};

/// Four letters, padded with blanks by some and with zeros by others: one id for both.
quint32 plain(quint32 id)
{
    for (quint32 shift = 0; shift < 32; shift += 8) {
        const quint32 letter = (id >> shift) & 0xff;
        if (letter != 0 && letter != 0x20)
            break;
        id &= ~(0xffU << shift);
    }
    return id;
}

quint32 idOf(const QString &hex)
{
    bool isNumber = false;
    const quint32 id = hex.toUInt(&isNumber, 16);
    return isNumber && hex.size() == 8 ? plain(id) : 0;
}

QHash<quint32, Vendor> readVendors()
{
    QHash<quint32, Vendor> vendors;
    QFile file(u":/tpm/vendors.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return vendors;
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    for (const auto &value : all[u"vendors"].toArray()) {
        const QJsonObject one = value.toObject();
        const Vendor vendor{idOf(one[u"id"].toString()), one[u"name"].toString()};
        vendors[vendor.id] = vendor;
        for (const auto &alias : one[u"certificates"].toArray())
            vendors[idOf(alias[u"id"].toString())] = vendor;
    }
    return vendors;
}

/// The maker behind an id; one that nobody knows is itself.
Vendor vendorOf(quint32 id)
{
    static const QHash<quint32, Vendor> vendors = readVendors();
    return vendors.value(id, {id, {}});
}

} // namespace

bool isSameVendor(quint32 manufacturerId, const QString &certified)
{
    const quint32 id = idOf(certified);
    return id != 0 && vendorOf(plain(manufacturerId)).id == vendorOf(id).id;
}

QString vendorName(const QString &certified)
{
    const QString name = vendorOf(idOf(certified)).name;
    return name.isEmpty() ? u"id:"_s + certified : name;
}

} // namespace station
