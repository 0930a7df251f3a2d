// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lookout.h"

namespace app {

namespace {

constexpr std::chrono::milliseconds pause{700};
constexpr int mostShown = 1000; // one page of the service's

} // namespace

Lookout::Lookout(std::unique_ptr<upload::Client> client, ui::ServicePage &page)
    : m_client(std::move(client)), m_page(page)
{
    m_next.setSingleShot(true);
    m_next.setInterval(pause);
    connect(&m_next, &QTimer::timeout, this, &Lookout::ask);
    connect(&page, &ui::ServicePage::shown, this, &Lookout::ask);
}

void Lookout::ask()
{
    if (m_isAsking || !m_page.isVisible())
        return;
    m_isAsking = true;
    m_client->query(
        mostShown, {}, [this](const upload::Result<upload::Page> &answer) { answered(answer); });
}

void Lookout::answered(const upload::Result<upload::Page> &answer)
{
    m_isAsking = false;
    if (answer)
        m_page.show(answer->enrollments, !answer->continuation.isEmpty());
    else
        m_page.showTrouble(answer.error().detail);
    m_next.start();
}

} // namespace app
