// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/supplierlist.h"
#include "tests/fuzz/entry.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

/// A list from a supplier.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const auto list = station::SupplierList::parse(fuzz::copy(bytes, size), u"list.csv"_s);
    if (list) {
        fuzz::require(list->size() > 0);
        using Answer = station::SupplierList::Answer;
        const Answer answer = list->find(QByteArray(32, '\0'), u""_s);
        fuzz::require(answer != Answer::OtherSerial && answer != Answer::UnknownSerial);
    } else {
        static const QRegularExpression place(u"^list\\.csv:[0-9]+: "_s);
        fuzz::require(list.error().detail.contains(place));
    }
    return 0;
}
