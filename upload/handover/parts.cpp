// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/handover/parts.h"

#include <QDateTime>
#include <QDir>
#include <QFile>

namespace upload::handover {

using namespace Qt::StringLiterals;

BundlePart::BundlePart(std::unique_ptr<QFile> file, QString name)
    : m_file(std::move(file)), m_name(std::move(name)),
      m_hash(std::make_unique<QCryptographicHash>(QCryptographicHash::Sha256))
{
}

Result<BundlePart> BundlePart::create(const QString &folder, const QString &name)
{
    auto file = created(folder + u'/' + name);
    if (!file)
        return std::unexpected(file.error());
    return BundlePart(std::move(*file), name);
}

Result<void> BundlePart::add(const QByteArray &bytes)
{
    m_hash->addData(bytes);
    m_bytes += bytes.size();
    return put(*m_file, bytes);
}

Result<Enclosure> BundlePart::end()
{
    if (const auto done = closed(*m_file); !done)
        return std::unexpected(done.error());
    return Enclosure{m_name, m_bytes, m_hash->result()};
}

Result<void> makeFolder(const QString &path)
{
    if (QDir().mkpath(path))
        return {};
    return std::unexpected(
        station::Error{station::Fault::Full, u"%1: the folder cannot be made"_s.arg(path)});
}

QJsonObject selectionOf(const station::RecordFilter &filter)
{
    const auto timeOf = [](qint64 us) {
        return QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC).toString(Qt::ISODateWithMs);
    };
    QJsonObject selection;
    for (const auto &[name, text] : {std::pair{u"serial"_s, filter.serial},
             {u"text"_s, filter.text}, {u"order"_s, filter.order}, {u"customer"_s, filter.customer},
             {u"product"_s, filter.product}, {u"station"_s, filter.station},
             {archiveSelection, filter.archive}})
        if (!text.isEmpty())
            selection.insert(name, text);
    if (filter.fromUs)
        selection.insert(u"from"_s, timeOf(*filter.fromUs));
    if (filter.toUs)
        selection.insert(u"to"_s, timeOf(*filter.toUs));
    if (filter.verdict)
        selection.insert(u"verdict"_s, word(*filter.verdict));
    if (filter.delivery)
        selection.insert(u"delivery"_s, word(*filter.delivery));
    return selection;
}

} // namespace upload::handover
