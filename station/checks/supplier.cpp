// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/checks/all.h"
#include "station/knowledge.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

tpm::Result<Judgement> judge(Context &context)
{
    const auto &knowledge = context.subject.knowledge;
    if (!knowledge || !knowledge->supplier)
        return Judgement::said(u"no supplier's list"_s);
    if (!context.examination.key)
        return Judgement::said(u"no key to look for"_s);
    const auto bad = [](const QString &measured) {
        return Judgement::bad(measured, u"on the supplier's list"_s, u"not-delivered"_s);
    };
    using Answer = SupplierList::Answer;
    switch (knowledge->supplier->find(
        context.examination.key->sha256(), context.subject.device.serial)) {
    case Answer::Delivered:
        break;
    case Answer::UnknownKey:
        return bad(u"this key is not on it"_s);
    case Answer::UnknownSerial:
        return bad(u"this serial is not on it"_s);
    case Answer::OtherSerial:
        return bad(u"this key was delivered in another serial"_s);
    case Answer::NothingToFind:
        return Judgement::skipped(u"the list is of serials, and this device has none"_s);
    }
    return Judgement::good(u"delivered"_s, u"on the supplier's list"_s);
}

} // namespace

const Check checks::supplier{
    "supplier",
    "The key, or the serial, is on the list of who delivered it, where there is a list.",
    "the station's own: [trust] supplier",
    {u"not-delivered"_s},
    nullptr,
    judge,
};

} // namespace station
