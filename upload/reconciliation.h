// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/enrollment.h"

#include <QDir>
#include <QTemporaryDir>
#include <QVariant>
#include <functional>
#include <memory>
#include <optional>

namespace upload {

/// What the ledger says of one registrationId at a service. One that is to be gone has none.
struct Expectation {
    QString serial;
    Enrollment wanted;
    bool isUnderWay = false; ///< its delivery is not through yet: nothing can be said of it

    bool operator==(const Expectation &) const = default;
};

enum class Deviation {
    Missing, ///< wanted, and not there
    Extra, ///< there, and the ledger knows nothing of it
    OtherKey, ///< there with another EK: another device's, so nothing more is said of it
    OtherDevice, ///< the right EK, for another deviceId
    Disabled, ///< disabled where it should be enabled
    Enabled, ///< enabled where it should be disabled
};

/// The words of reports and options: missing, extra, different, device, disabled, enabled.
[[nodiscard]] QString word(Deviation deviation);
[[nodiscard]] std::optional<Deviation> deviationOf(QStringView word);

/// One deviation; `expected` and `found` are what differs: an EK's SHA-256 in hex (empty where a
/// key is not base64), or a deviceId.
struct Discrepancy {
    Deviation deviation = Deviation::Missing;
    QString registrationId;
    QString serial; ///< empty: Extra
    QString expected, found;

    bool operator==(const Discrepancy &) const = default;
};

struct ReconciliationTotals {
    qint64 agreed = 0, underWay = 0;
    qint64 deviating = 0; ///< registrationIds, each of which may have two discrepancies

    bool operator==(const ReconciliationTotals &) const = default;
};

/// Puts a service's list beside what a ledger expects of it. Both come page by page, in any order,
/// and wait in a temporary file, so that memory stays constant. Errors are Fault::Wrong: the
/// temporary file cannot be written. Opened, used and destroyed on one thread.
class Reconciliation {
public:
    using Tell = std::function<void(const Discrepancy &)>;

    /// `folder`: where the temporary file goes; a million of each take some hundred MB.
    [[nodiscard]] static Result<std::unique_ptr<Reconciliation>> open(
        const QString &folder = QDir::tempPath());
    ~Reconciliation();
    Q_DISABLE_COPY_MOVE(Reconciliation)

    /// What stands in two pages, because the list changed meanwhile, counts as the later one says.
    [[nodiscard]] Result<void> addFound(const QList<Enrollment> &page);
    [[nodiscard]] Result<void> addExpected(const QList<Expectation> &page);
    /// Tells what was expected by registrationId, and then what is extra.
    [[nodiscard]] Result<ReconciliationTotals> compare(const Tell &tell);

private:
    explicit Reconciliation(const QString &folder);
    [[nodiscard]] Result<void> insert(const QString &sql, const QList<QVariantList> &rows);

    QTemporaryDir m_folder;
    QString m_connection; ///< the name under which Qt keeps it
};

} // namespace upload
