// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/sheet.h"

#include "upload/enrollment.h"

#include <QFile>
#include <QJsonDocument>

namespace upload::handover {

using namespace Qt::StringLiterals;

namespace {

/// CSV and JSONL: a line a device.
class Lines : public Sheet {
public:
    Lines(std::unique_ptr<QFile> file, Form form) : m_file(std::move(file)), m_form(form) { }

    Result<bool> add(const Row &row) override
    {
        const auto written = put(*m_file, m_form == Form::Csv ? csvLine(row) : jsonLine(row));
        if (!written)
            return std::unexpected(written.error());
        return true;
    }
    Result<void> end() override { return closed(*m_file); }

private:
    std::unique_ptr<QFile> m_file;
    Form m_form;
};

/// The bodies of the service's own bulk calls, as many records in each as one call may carry.
class Bulks : public Sheet {
public:
    explicit Bulks(const SheetPlace &place) : m_place(place) { }

    Result<bool> add(const Row &row) override
    {
        if (row.enrollment.isEmpty())
            return false;
        m_records.append(QJsonDocument(row.enrollment).toJson(QJsonDocument::Compact));
        if (m_records.size() < largestBulk)
            return true;
        if (const auto written = write(); !written)
            return std::unexpected(written.error());
        return true;
    }
    Result<void> end() override { return m_records.isEmpty() ? Result<void>{} : write(); }

private:
    Result<void> write()
    {
        const QString name =
            u"%1/%2bulk-%3.json"_s.arg(m_place.path, m_place.training ? u"training-"_s : QString(),
                QString::number(++m_files).rightJustified(6, u'0'));
        const auto file = created(name);
        if (!file)
            return std::unexpected(file.error());
        if (const auto written = put(**file, bulkBody("create", m_records) + '\n'); !written)
            return written;
        m_records.clear();
        return closed(**file);
    }

    SheetPlace m_place;
    QList<QByteArray> m_records;
    int m_files = 0;
};

} // namespace

Result<std::unique_ptr<Sheet>> openLines(const QString &path, Form form)
{
    auto file = created(path);
    if (!file)
        return std::unexpected(file.error());
    if (form == Form::Csv)
        if (const auto written = put(**file, csvHead()); !written)
            return std::unexpected(written.error());
    return std::make_unique<Lines>(std::move(*file), form);
}

std::unique_ptr<Sheet> openBulks(const SheetPlace &place)
{
    return std::make_unique<Bulks>(place);
}

Draft::Kind kindOf(Form form)
{
    return form == Form::Bulk ? Draft::Kind::Folder : Draft::Kind::File;
}

Result<std::unique_ptr<Sheet>> openSheet(Form form, const SheetPlace &place)
{
    switch (form) {
    case Form::Bulk:
        return openBulks(place);
    case Form::Xlsx:
        return openWorkbook(place);
    case Form::Csv:
    case Form::Jsonl:
        break;
    }
    return openLines(place.path, form);
}

} // namespace upload::handover
