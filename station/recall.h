// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/advisory.h"
#include "station/ledgerreader.h"
#include "station/supplierlist.h"
#include "tpm/anchors.h"

namespace station {

/// What a stored examination turns out to be when it is judged again.
enum class Concern {
    None,
    Affected,
    Undecided, ///< the entry does not hold what it takes to say
};

/// What is called back, as a judgement over stored examinations; no device is needed.
struct Recall {
    bool needsBodies = false; ///< Suspect::body is looked at
    /// A unit's newest examination decides, as firmware can be updated; else any of them does.
    bool newestDecides = false;
    std::function<Concern(const Suspect &)> judge; ///< keeps what it has found out between calls
};

/// TPMs whose vendor and firmware an advisory of this id names. Fault::Missing: none has it.
[[nodiscard]] Result<Recall> recallByAdvisory(const QList<Advisory> &all, const QString &id);

/// Keys with a certificate of this issuer (RFC 2253, as `roots list` shows it), or of one that an
/// anchor says it has certified. Fault::Syntax for an empty name.
[[nodiscard]] Result<Recall> recallByIssuer(const QString &name, const tpm::Anchors &anchors);

/// Keys and serials that a supplier takes back.
[[nodiscard]] Recall recallByList(const SupplierList &list);

/// The issuers of the EK certificates in an examination's body, DER names.
[[nodiscard]] QList<QByteArray> issuersIn(const QByteArray &body);

} // namespace station
