// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk.h"
#include "app/settingsform.h"
#include "ui/screenwording.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

// The desk's settings: shown, tried, saved.

namespace app {

using namespace Qt::StringLiterals;
namespace wording = ui::wording;

void Desk::connectSettings()
{
    m_settingsPage = makeSettingsPage(m_wiring->settings());
    m_window->setSettingsPage(m_settingsPage);
    connect(m_settingsPage, &ui::SettingsPage::saveAsked, this, &Desk::save);
    connect(m_settingsPage, &ui::SettingsPage::slotTestAsked, this, &Desk::testSlot);
    connect(m_settingsPage, &ui::SettingsPage::serviceTestAsked, this, &Desk::testService);
}

void Desk::save()
{
    const auto wanted =
        settingsOf(m_settingsPage->values(), m_settingsPage->slotList(), m_wiring->settings());
    const auto saved = wanted ? saveSettings(*wanted, m_file) : std::unexpected(wanted.error());
    if (saved) {
        Q_EMIT languageChosen(wanted->language); // first: what is said next is said in it
        m_settingsPage->showMessage(wording::saved(m_file), true);
    } else {
        m_settingsPage->showMessage(wording::notSaved(saved.error()), false);
    }
}

void Desk::testSlot(const station::Slot &slot)
{
    auto *page = m_settingsPage;
    page->showSlotTest(slot.name, wording::trying(), true);
    // Blocks for some seconds where a TPM is silent.
    QThreadPool::globalInstance()->start([page = QPointer(page), slot] {
        const Symptom symptom = slotSymptom(slot);
        QMetaObject::invokeMethod(qApp, [page, slot, symptom] {
            if (page)
                page->showSlotTest(slot.name, textOf(symptom), symptom.healthy);
        });
    });
}

void Desk::testService()
{
    const auto wanted =
        settingsOf(m_settingsPage->values(), m_settingsPage->slotList(), m_wiring->settings());
    const QString name = m_wiring->line().plan().enroll.service;
    if (!wanted || !wanted->services.contains(name)) {
        m_settingsPage->showMessage(
            wanted ? wording::noService() : wording::notSaved(wanted.error()), false);
        return;
    }
    auto client = openClient(*wanted, wanted->services[name]);
    if (!client) {
        m_settingsPage->showMessage(client.error().detail, false);
        return;
    }
    m_tried = std::move(*client);
    m_settingsPage->showMessage(wording::trying(), true);
    m_tried->query(1, {}, [page = m_settingsPage](const upload::Result<upload::Page> &answer) {
        page->showMessage(
            answer ? wording::serviceAnswers() : answer.error().detail, answer.has_value());
    });
}

} // namespace app
