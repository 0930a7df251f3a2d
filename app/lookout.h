// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/servicepage.h"
#include "upload/client.h"

namespace app {

/// Keeps the page about a service as the service is: asks it by its own API, again and again, as
/// long as somebody looks.
class Lookout : public QObject {
    Q_OBJECT
public:
    Lookout(std::unique_ptr<upload::Client> client, ui::ServicePage &page);

private:
    void ask();
    void answered(const upload::Result<upload::Page> &answer);

    std::unique_ptr<upload::Client> m_client;
    ui::ServicePage &m_page;
    QTimer m_next;
    bool m_isAsking = false;
};

} // namespace app
