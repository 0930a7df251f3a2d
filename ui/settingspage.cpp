// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settingspage.h"

#include "ui/press.h"
#include "ui/spoken.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostSlots = 64, mostServices = 32;

QPushButton *button(const QString &name, const char *text, QWidget *parent)
{
    auto *made = new QPushButton(parent);
    made->setObjectName(name);
    speak(made, [made, text] {
        made->setText(SettingsPage::tr(text));
        made->setAccessibleName(SettingsPage::tr(text).remove(u'&'));
    });
    made->setMinimumSize(96, 48);
    return made;
}

QLabel *resultLabel(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setWordWrap(true);
    label->hide();
    return label;
}

QLabel *title(const QString &name, const char *text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setProperty("title", true);
    speak(label, [label, text] { label->setText(SettingsPage::tr(text)); });
    return label;
}

} // namespace

SettingsPage::SettingsPage(SettingsParts parts, QWidget *parent)
    : QWidget(parent), m_parts(std::move(parts)), m_area(new QScrollArea(this)),
      m_message(new QLabel(this))
{
    setObjectName(u"settingsPage"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_area->setObjectName(u"settingsArea"_s);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    // What is in it has the focus, and comes into sight by that.
    m_area->setFocusPolicy(Qt::NoFocus);
    column->addWidget(m_area, 1);
    addFoot(column);
    speak(this, [this] { m_message->clear(); }); // was said in the language of then
    m_edited.setSingleShot(true);
    m_edited.setInterval(400);
    connect(&m_edited, &QTimer::timeout, this, &SettingsPage::edited);
}

/// So many explanations, each with its lines to be broken, would be a third of the station's start.
void SettingsPage::showEvent(QShowEvent *event)
{
    if (!m_area->widget())
        m_area->setWidget(makeContent());
    QWidget::showEvent(event);
}

QWidget *SettingsPage::makeContent()
{
    auto *content = new QWidget(this);
    content->setObjectName(u"settingsContent"_s);
    auto *inside = new QVBoxLayout(content);
    m_fields = new FieldForm(m_parts.fields, content);
    connect(m_fields, &FieldForm::edited, &m_edited, qOverload<>(&QTimer::start));
    inside->addWidget(m_fields);
    inside->addWidget(title(u"servicesTitle"_s, QT_TR_NOOP("Services"), content));
    m_serviceColumn = new QVBoxLayout;
    inside->addLayout(m_serviceColumn);
    for (const QString &service : std::as_const(m_parts.services))
        addService(service);
    auto *line = new QHBoxLayout;
    m_newService = makeLine(u"newService"_s, {}, content);
    speak(m_newService, [this] {
        m_newService->setAccessibleName(tr("Name of a new service"));
        m_newService->setPlaceholderText(
            tr("A name for it, as plans call it: letters, digits, -, _"));
    });
    auto *moreServices = button(u"addService"_s, QT_TR_NOOP("Add a ser&vice"), content);
    connect(moreServices, &QPushButton::clicked, this, &SettingsPage::askForService);
    connect(m_newService, &QLineEdit::returnPressed, this, &SettingsPage::askForService);
    line->addWidget(m_newService, 1);
    line->addWidget(moreServices);
    inside->addLayout(line);
    inside->addWidget(title(u"slotsTitle"_s, QT_TR_NOOP("Slots"), content));
    m_slots = new QVBoxLayout;
    inside->addLayout(m_slots);
    for (const auto &slot : std::as_const(m_parts.slotList))
        addSlot(slot);
    auto *more = button(u"addSlot"_s, QT_TR_NOOP("&Add a slot"), content);
    connect(more, &QPushButton::clicked, this, [this] {
        if (m_rows.size() < mostSlots)
            addSlot({QString::number(m_rows.size() + 1), {}});
    });
    inside->addWidget(more, 0, Qt::AlignLeft);
    inside->addStretch(1);
    return content;
}

void SettingsPage::askForService()
{
    static const QRegularExpression form(u"^[A-Za-z0-9_-]{1,32}$"_s);
    const QString name = m_newService->text().trimmed();
    const bool isGood = form.match(name).hasMatch() && !m_services.contains(name)
        && m_services.size() < mostServices;
    restyle(m_newService, "wrong", !isGood);
    if (!isGood) {
        showMessage(m_services.contains(name)
                ? tr("There is a service of this name already.")
                : tr("A service's name is 1 to 32 letters, digits, - and _. Plans call it so."),
            false);
        return;
    }
    m_newService->clear();
    showMessage({}, true);
    addService(name);
    m_edited.start();
}

void SettingsPage::addService(const QString &name)
{
    ServiceRow row{.whole = new QWidget(this)};
    row.whole->setObjectName(u"service-"_s + name);
    auto *heading = new QLabel(row.whole);
    heading->setProperty("title", true);
    row.form =
        new FieldForm([fields = m_parts.serviceFields, name] { return fields(name); }, row.whole);
    row.result = resultLabel(u"serviceResult-"_s + name, row.whole);
    auto *test = button(u"serviceTest-"_s + name, QT_TR_NOOP("Test"), row.whole);
    auto *remove = button(u"serviceRemove-"_s + name, QT_TR_NOOP("Remove"), row.whole);
    speak(row.whole, [heading, test, remove, result = row.result, name] {
        heading->setText(tr("Service %1").arg(name));
        test->setAccessibleName(tr("Test service %1").arg(name));
        remove->setAccessibleName(tr("Remove service %1").arg(name));
        showSaid(result, {}, true);
    });
    auto *line = new QHBoxLayout;
    line->addWidget(heading, 1);
    line->addWidget(test);
    line->addWidget(remove);
    auto *column = new QVBoxLayout(row.whole);
    column->setContentsMargins(0, 0, 0, 12);
    column->addLayout(line);
    column->addWidget(row.result);
    column->addWidget(row.form);
    m_serviceColumn->addWidget(row.whole);
    m_services[name] = row;
    connect(row.form, &FieldForm::edited, &m_edited, qOverload<>(&QTimer::start));
    connect(test, &QPushButton::clicked, this, [this, name] { Q_EMIT serviceTestAsked(name); });
    connect(remove, &QPushButton::clicked, this, [this, name] {
        m_services.take(name).whole->deleteLater();
        m_edited.start();
    });
}

void SettingsPage::addSlot(const station::Slot &slot)
{
    auto *row = new SlotForm(static_cast<int>(m_rows.size()) + 1, slot, this);
    m_slots->addWidget(row);
    m_rows.append(row);
    connect(row, &SlotForm::edited, &m_edited, qOverload<>(&QTimer::start));
    connect(row, &SlotForm::testAsked, this,
        [this, row] { Q_EMIT slotTestAsked({row->slot().name, row->slot().target, {}}); });
    connect(row, &SlotForm::sshAsked, this,
        [this, row](const SshWish &wish) { Q_EMIT sshAsked(row->number(), wish); });
    connect(row, &SlotForm::removeAsked, this, [this, row] {
        m_rows.removeOne(row);
        row->deleteLater();
        m_edited.start();
    });
}

SlotForm *SettingsPage::rowOf(int number) const
{
    const auto row = std::ranges::find(m_rows, number, &SlotForm::number);
    return row == m_rows.end() ? nullptr : *row;
}

void SettingsPage::setTarget(int number, const QString &target)
{
    if (auto *row = rowOf(number)) {
        row->setTarget(target);
        Q_EMIT slotTestAsked({row->slot().name, target, {}});
    }
}

void SettingsPage::showSshComplaint(int number, const QString &text)
{
    if (auto *row = rowOf(number))
        row->showResult(text, false);
}

void SettingsPage::addFoot(QVBoxLayout *column)
{
    m_message->setObjectName(u"settingsMessage"_s);
    m_message->setWordWrap(true);
    auto *save = button(u"save"_s, QT_TR_NOOP("Sa&ve"), this);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_message, 100);
    foot->addStretch(1);
    foot->addWidget(save);
    column->addLayout(foot);
    connect(save, &QPushButton::clicked, this, &SettingsPage::saveAsked);
}

QMap<QString, QString> SettingsPage::values() const
{
    QMap<QString, QString> values = m_fields->values();
    for (const ServiceRow &service : m_services)
        values.insert(service.form->values());
    return values;
}

QStringList SettingsPage::services() const
{
    return m_services.keys();
}

QList<station::Slot> SettingsPage::slotList() const
{
    QList<station::Slot> all;
    for (const SlotForm *row : m_rows)
        all.append(row->slot());
    return all;
}

void SettingsPage::showMessage(const QString &text, bool isGood)
{
    showSaid(m_message, text, isGood);
}

void SettingsPage::showComplaint(const QString &key, const QString &text)
{
    bool isShown = m_fields->showComplaint(key, text);
    for (const ServiceRow &service : std::as_const(m_services))
        isShown = service.form->showComplaint(key, text) || isShown;
    for (int at = 0; at < m_rows.size(); ++at) {
        const QString own = u"slot.%1."_s.arg(at + 1);
        const bool isMeant = key.startsWith(own) && !text.isEmpty();
        m_rows[at]->showComplaint(isMeant ? key.mid(own.size()) : QString(), text);
        isShown = isShown || isMeant;
    }
    showMessage(isShown ? QString() : text, false);
}

void SettingsPage::turnTo(const QString &key)
{
    QString name = key; // an editor is named after its key, but for those of a slot
    if (key.startsWith(u"slot."))
        name =
            (key.endsWith(u".name") ? u"slotName-"_s : u"slotTarget-"_s) + key.section(u'.', 1, 1);
    if (auto *editor = findChild<QWidget *>(name); editor && !key.isEmpty()) {
        editor->setFocus();
        m_area->ensureWidgetVisible(editor);
    }
}

void SettingsPage::showSlotTest(const QString &slot, const QString &text, bool isGood)
{
    for (SlotForm *row : std::as_const(m_rows))
        if (row->slot().name == slot)
            row->showResult(text, isGood);
}

void SettingsPage::showServiceTest(const QString &service, const QString &text, bool isGood)
{
    if (m_services.contains(service))
        showSaid(m_services[service].result, text, isGood);
}

} // namespace ui
