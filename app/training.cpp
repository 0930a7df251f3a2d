// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training.h"

#include "station/roots.h"

#include <QDir>

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

std::unexpected<Error> failed(const QString &why)
{
    return std::unexpected(Error{Fault::Missing, why});
}

QString quoted(QString text)
{
    return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
}

QByteArray stationFile(const QStringList &targets, const upload::standin::Server &service)
{
    QString text =
        u"# A station for training: simulated devices, and a stand-in for the service.\n"
        "schema = 1\n\n[station]\nid = \"training\"\npurpose = \"training\"\n\n"
        "[ledger]\nurl = \"sqlite:ledger.db\"\n\n[line]\nplan = \"training\"\n\n[trust]\nroots = \"roots.pem\"\n"_s;
    for (qsizetype device = 0; device < targets.size(); ++device)
        text += u"\n[[slot]]\nname = \"%1\"\ntarget = %2\n"_s.arg(device + 1)
                    .arg(quoted(targets[device]));
    text += u"\n[service.main]\nurl = %1\nid_scope = \"%3\"\ncredential = "
            u"\"file:main.credential\"\nca = %2\n"
            "quota_per_minute = 100000\ntest = true\n"_s.arg(quoted(service.url().toString()),
                quoted(service.authority().caFile), upload::standin::Terms().idScope);
    return text.toUtf8();
}

} // namespace

station::Result<void> trustDevices(const QString &devicesFolder, const QString &rootsFile)
{
    const auto gathered = station::gatherRoots(station::Simulator::authorityOf(devicesFolder));
    if (!gathered)
        return std::unexpected(gathered.error());
    return station::saveRoots(rootsFile, gathered->anchors);
}

station::Result<std::unique_ptr<Training>> Training::start(int devices, const QString &path)
{
    QDir folder(path);
    if (!folder.mkpath(u"."_s))
        return failed(u"the folder %1 cannot be made"_s.arg(path));
    if (!folder.isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden))
        return failed(u"the folder %1 is not empty; name another"_s.arg(path));
    auto service =
        upload::standin::Server::start({.folder = folder.absoluteFilePath(u"service"_s)});
    if (!service)
        return failed(service.error().detail);
    auto simulator = station::Simulator::start(devices, folder.absoluteFilePath(u"devices"_s));
    if (!simulator)
        return std::unexpected(simulator.error());
    const auto trusted = trustDevices(
        folder.absoluteFilePath(u"devices"_s), folder.absoluteFilePath(u"roots.pem"_s));
    if (!trusted)
        return std::unexpected(trusted.error());
    std::unique_ptr<Training> training(new Training(std::move(*simulator)));
    training->m_service = std::move(*service);
    const auto &targets = training->m_simulator.targets();
    const QString settings = folder.absoluteFilePath(u"station.toml"_s);
    if (!upload::writeFile(settings, stationFile(targets, *training->m_service), true)
        || !upload::writeFile(folder.absoluteFilePath(u"main.credential"_s),
            training->m_service->authority().connectionString().bytes(), true))
        return failed(u"the folder %1 cannot be written"_s.arg(path));
    auto loaded = loadSettings(settings);
    if (!loaded)
        return std::unexpected(loaded.error());
    training->m_settings = *loaded;
    for (qsizetype device = 0; device < targets.size(); ++device)
        training->m_jobs.append(
            {u"DEMO-%1"_s.arg(device + 1, 4, 10, QLatin1Char('0')), targets[device]});
    return training;
}

} // namespace app
