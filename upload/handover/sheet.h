// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/handover/draft.h"
#include "upload/handover/row.h"

namespace upload::handover {

/// One form of export. Rows come one by one and none is kept, so that memory stays constant.
class Sheet {
public:
    virtual ~Sheet() = default;
    /// Whether the row has a place in this form.
    [[nodiscard]] virtual Result<bool> add(const Row &row) = 0;
    [[nodiscard]] virtual Result<void> end() = 0;
};

enum class Form { Csv, Jsonl, Bulk, Xlsx };

/// What the options of a sheet's making are.
struct SheetPlace {
    QString path; ///< a new file, or a folder that is there
    QString scratch; ///< a folder for what is needed on the way
    bool training = false; ///< marked wherever the form has a place for it
};

[[nodiscard]] Draft::Kind kindOf(Form form);
[[nodiscard]] Result<std::unique_ptr<Sheet>> openSheet(Form form, const SheetPlace &place);

// Each in a file of its own; by openSheet().
[[nodiscard]] Result<std::unique_ptr<Sheet>> openLines(const QString &path, Form form);
[[nodiscard]] std::unique_ptr<Sheet> openBulks(const SheetPlace &place);
[[nodiscard]] Result<std::unique_ptr<Sheet>> openWorkbook(const SheetPlace &place);

} // namespace upload::handover
