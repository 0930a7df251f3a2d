// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk.h"
#include "ui/screenwording.h"

#include <QFileInfo>

namespace app {

/// Each proven device once, of those that the search shows; as the command line exports them.
void Desk::connectExports()
{
    auto &page = m_window->recordPage();
    auto &bar = page.exportBar();
    m_exporter = std::make_unique<Exporter>(
        ledgerPlace(m_wiring->settings(), station::LedgerPlace::Role::Courier));
    connect(&bar, &ui::ExportBar::exportAsked, this,
        [this, &page, &bar](upload::handover::Form form, const QString &path) {
            auto filter = page.filter();
            filter.current = true;
            bar.begin();
            tell(QStringLiteral("export"), {{QStringLiteral("file"), QFileInfo(path).fileName()}});
            m_exporter->begin(filter, form, path);
        });
    connect(&bar, &ui::ExportBar::stopAsked, m_exporter.get(), &Exporter::stop);
    connect(m_exporter.get(), &Exporter::progressed, &bar, &ui::ExportBar::showProgress);
    connect(m_exporter.get(), &Exporter::ended, this,
        [&bar](const station::Result<upload::handover::Exported> &exported, const QString &path) {
            bar.end(
                exported ? ui::wording::exported(exported->rows, path) : exported.error().detail,
                exported.has_value());
        });
}

} // namespace app
