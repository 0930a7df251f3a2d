// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace app {

using upload::handover::Exported;
using upload::handover::Form;
using upload::handover::Watcher;

Exporter::Exporter(station::LedgerPlace place) : m_place(std::move(place)) { }

Exporter::~Exporter()
{
    stop();
}

void Exporter::stop()
{
    if (m_stop)
        m_stop->store(true);
}

void Exporter::begin(const station::RecordFilter &filter, Form form, const QString &path)
{
    if (isBusy())
        return;
    m_stop = std::make_shared<std::atomic_bool>(false);
    // The thread holds no `this`: it may outlive the window.
    const auto later = [self = QPointer(this)](auto &&tell) {
        QMetaObject::invokeMethod(qApp, [self, tell] {
            if (self)
                tell(*self);
        });
    };
    QThreadPool::globalInstance()->start([place = m_place, stop = m_stop, filter, form, path,
                                             later] {
        qint64 told = -1;
        const Watcher watcher{
            .progressed =
                [&told, later](qint64 done, qint64 all) {
                    const qint64 hundredth = all == 0 ? 0 : done * 100 / all;
                    if (std::exchange(told, hundredth) != hundredth)
                        later([done, all](Exporter &self) { Q_EMIT self.progressed(done, all); });
                },
            .cancelled = [stop] { return stop->load(); },
        };
        auto reader = station::LedgerReader::open(place);
        const auto exported = reader
            ? upload::handover::exportRecords(*reader, filter, form, path, watcher)
            : station::Result<Exported>(std::unexpected(reader.error()));
        later([exported, path](Exporter &self) {
            self.m_stop.reset();
            Q_EMIT self.ended(exported, path);
        });
    });
}

} // namespace app
