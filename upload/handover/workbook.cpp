// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/sheet.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <xlsxwriter.h>

namespace upload::handover {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

constexpr lxw_row_t mostRows = LXW_ROW_MAX; // of one sheet, its head included
constexpr double idWidth = 24;

std::unexpected<Error> failed(const QString &path, const char *why)
{
    return std::unexpected(Error{
        Fault::Full, u"%1: %2; nothing was written"_s.arg(path, QString::fromLocal8Bit(why))});
}

/// An Excel workbook. Every cell is text, so that nothing is rounded or taken for a formula.
class Workbook : public Sheet {
public:
    explicit Workbook(const SheetPlace &place)
        : m_path(place.path), m_name(QFile::encodeName(place.path)),
          m_scratch(QFile::encodeName(place.scratch)), m_training(place.training)
    {
        lxw_workbook_options options{
            .constant_memory = LXW_TRUE, .tmpdir = m_scratch.data(), .use_zip64 = LXW_TRUE};
        m_book = workbook_new_opt(m_name.constData(), &options);
    }
    ~Workbook() override
    {
        if (m_book != nullptr)
            workbook_close(m_book); // frees it; the draft around the file goes
    }
    Q_DISABLE_COPY_MOVE(Workbook)

    Result<bool> add(const Row &row) override
    {
        if ((m_sheet == nullptr || m_row == mostRows) && !begin())
            return failed(m_path, "no sheet can be added");
        if (!write(cellsOf(row)))
            return failed(m_path, std::strerror(errno));
        return true;
    }
    Result<void> end() override
    {
        if (m_sheet == nullptr && !begin())
            return failed(m_path, "no sheet can be added");
        errno = 0;
        const lxw_error error = workbook_close(std::exchange(m_book, nullptr));
        if (error == LXW_NO_ERROR)
            return {};
        return failed(m_path, errno != 0 ? std::strerror(errno) : lxw_strerror(error));
    }

private:
    bool begin()
    {
        if (m_book == nullptr)
            return false;
        const QByteArray name =
            (m_training ? "TRAINING " : "Devices ") + QByteArray::number(++m_sheets);
        m_sheet = workbook_add_worksheet(m_book, name.constData());
        m_row = 0;
        if (m_sheet == nullptr)
            return false;
        worksheet_set_column(
            m_sheet, 0, static_cast<lxw_col_t>(columns().size() - 1), idWidth, nullptr);
        worksheet_freeze_panes(m_sheet, 1, 0);
        return write(columns());
    }
    bool write(const QStringList &cells)
    {
        lxw_col_t column = 0;
        for (const QString &cell : cells) {
            if (!cell.isEmpty()
                && worksheet_write_string(
                       m_sheet, m_row, column, cell.toUtf8().constData(), nullptr)
                    != LXW_NO_ERROR)
                return false;
            ++column;
        }
        ++m_row;
        return true;
    }

    QString m_path;
    QByteArray m_name;
    QByteArray m_scratch;
    bool m_training;
    lxw_workbook *m_book = nullptr;
    lxw_worksheet *m_sheet = nullptr;
    lxw_row_t m_row = 0;
    int m_sheets = 0;
};

} // namespace

Result<std::unique_ptr<Sheet>> openWorkbook(const SheetPlace &place)
{
    return std::make_unique<Workbook>(place);
}

} // namespace upload::handover
