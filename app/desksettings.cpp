// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk.h"
#include "app/settingsform.h"
#include "app/sshtarget.h"
#include "ui/look.h"
#include "ui/screenwording.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QPointer>
#include <QStandardPaths>
#include <QThreadPool>

// The desk's settings: shown, tried, saved.

namespace app {

using namespace Qt::StringLiterals;
namespace wording = ui::wording;

void Desk::connectSettings()
{
    m_settingsPage = makeSettingsPage(m_wiring->settings());
    m_window->setSettingsPage(m_settingsPage);
    connect(m_settingsPage, &ui::SettingsPage::edited, this, [this] { (void)judged(); });
    connect(m_settingsPage, &ui::SettingsPage::saveAsked, this, &Desk::save);
    connect(m_settingsPage, &ui::SettingsPage::slotTestAsked, this, &Desk::testSlot);
    connect(m_settingsPage, &ui::SettingsPage::serviceTestAsked, this, &Desk::testService);
    connect(m_settingsPage, &ui::SettingsPage::sshAsked, this,
        [page = m_settingsPage](int slot, const ui::SshWish &wish) {
            SshPlace place{.host = wish.host, .keyFile = wish.keyFile};
            if (!wish.user.isEmpty())
                place.user = wish.user;
            const QString sockets =
                QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
            if (const auto target = sshTarget(place, sockets); target)
                page->setTarget(slot, *target);
            else
                page->showSshComplaint(slot, target.error().detail);
        });
}

/// The settings that the page asks for; or what is wrong with them, which the page says, too.
std::expected<Settings, Complaint> Desk::judged()
{
    auto wanted = settingsOf(*m_settingsPage, m_wiring->settings());
    const auto complaint =
        wanted ? complaintOf(*wanted, m_file) : std::optional<Complaint>(wanted.error());
    m_settingsPage->showComplaint(
        complaint ? complaint->key : QString(), complaint ? complaint->text : QString());
    if (complaint)
        return std::unexpected(*complaint);
    return wanted;
}

void Desk::save()
{
    const auto wanted = judged();
    if (!wanted) {
        m_settingsPage->turnTo(wanted.error().key);
        m_settingsPage->showMessage(wording::notSaved(wanted.error().text), false);
        return;
    }
    if (const auto saved = saveSettings(*wanted, m_file); !saved) {
        m_settingsPage->showMessage(wording::notSaved(saved.error().detail), false);
        return;
    }
    tell(u"settings"_s,
        {{u"sha256"_s,
            QString::fromLatin1(
                QCryptographicHash::hash(tomlOf(*wanted), QCryptographicHash::Sha256).toHex())}});
    ui::look::wear(ui::look::themeOf(wanted->theme));
    m_chime.choose(wanted->sounds);
    Q_EMIT languageChosen(wanted->language); // before what is said next: it is said in it
    m_settingsPage->showMessage(wording::saved(m_file), true);
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

void Desk::testService(const QString &name)
{
    auto *page = m_settingsPage;
    const auto wanted = judged();
    auto client = wanted ? openClient(*wanted, wanted->services[name])
                         : station::Result<std::unique_ptr<upload::Client>>(std::unexpected(
                               station::Error{station::Fault::Syntax, wanted.error().text}));
    if (!client) {
        page->showServiceTest(name, client.error().detail, false);
        return;
    }
    auto &tried = m_tried[name] = std::move(*client);
    page->showServiceTest(name, wording::trying(), true);
    tried->query(1, {}, [page, name](const upload::Result<upload::Page> &answer) {
        page->showServiceTest(
            name, answer ? wording::serviceAnswers() : answer.error().detail, answer.has_value());
    });
}

} // namespace app
