// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/packpage.h"

#include "ui/look.h"
#include "ui/press.h"
#include "ui/screenwording.h"
#include "ui/spoken.h"
#include "ui/unitwording.h"
#include "ui/wording.h"

#include <QComboBox>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// Each reason why not with what to do; or everything that was found right.
QString reasonsOf(const station::Examination &examination)
{
    QStringList reasons;
    for (const station::Finding &finding : examination.findings)
        if (finding.outcome == station::Outcome::Fail)
            reasons.append(u"%1 (%2)"_s.arg(wording::advice(finding.advice), finding.measured));
    if (examination.trouble)
        reasons.append(wording::trouble(*examination.trouble));
    return reasons.join(u'\n');
}

} // namespace

Plate::Plate(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"plate"_s);
    setMinimumHeight(120);
}

void Plate::show(SlotState state, const QString &words)
{
    m_state = state;
    m_words = words;
    setAccessibleName(words);
    update();
}

void Plate::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours colours = look::colours(m_state);
    const QRectF area = QRectF(rect()).adjusted(2, 2, -2, -2);
    painter.setPen(QPen(colours.edge, 3));
    painter.setBrush(colours.surface);
    painter.drawRoundedRect(area, 14, 14);
    const double side = std::min(area.height() * 0.6, area.width() * 0.2);
    const QRectF sign(area.left() + side * 0.3, area.center().y() - side / 2, side, side);
    look::drawShape(painter, m_state, sign);
    const QRectF rest = area.adjusted(side * 1.6, 0, -side * 0.3, 0);
    painter.setPen(colours.text);
    painter.setFont(look::fitting(font(), m_words, rest.width(), area.height() * 0.5));
    painter.drawText(rest, Qt::AlignCenter, m_words);
}

PackPage::PackPage(const QStringList &slotNames, QWidget *parent)
    : QWidget(parent), m_scan(new ScanField(this)), m_slots(new QComboBox(this)),
      m_plate(new Plate(this)), m_reasons(new QLabel(this))
{
    setObjectName(u"packPage"_s);
    m_scan->setObjectName(u"packScan"_s);
    m_scan->setMinimumHeight(64);
    m_slots->setObjectName(u"packSlot"_s);
    m_slots->setMinimumHeight(64);
    m_slots->addItem(QString());
    for (const QString &name : slotNames)
        m_slots->addItem(name, name);
    m_reasons->setObjectName(u"packReasons"_s);
    m_reasons->setWordWrap(true);
    m_reasons->setAlignment(Qt::AlignTop);
    auto *top = new QHBoxLayout;
    top->addWidget(m_scan, 1);
    top->addWidget(m_slots);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(top);
    column->addWidget(m_plate, 3);
    column->addWidget(m_reasons, 2);
    m_say = [this] { m_plate->show(SlotState::Empty, wording::packHint()); };
    speak(this, [this] {
        m_scan->setAccessibleName(wording::packHint());
        m_slots->setAccessibleName(tr("Where its TPM is read once more"));
        m_slots->setItemText(0, tr("TPM not read"));
        for (int at = 1; at < m_slots->count(); ++at)
            m_slots->setItemText(at, tr("Read on slot %1").arg(m_slots->itemData(at).toString()));
        say();
    });
    connect(m_scan, &ScanField::scanned, this, &PackPage::ask);
    connect(m_scan, &ScanField::refused, this,
        [this](const QString &, const QString &why) { refuse(why); });
}

void PackPage::say()
{
    m_reasons->setFont(look::scaled(font(), 1.3));
    m_say();
}

void PackPage::ask(const QString &serial)
{
    m_reasons->clear();
    m_asked = serial;
    m_say = [this, serial] { m_plate->show(SlotState::Waiting, wording::packing(serial)); };
    say();
    Q_EMIT packAsked(serial, m_slots->currentIndex() - 1);
}

void PackPage::refuse(const QString &why)
{
    m_asked.clear();
    m_plate->show(SlotState::Error, wording::mayPack(false));
    m_reasons->setText(why);
}

void PackPage::showJudged(const QString &serial, const station::Result<station::Recorded> &recorded)
{
    if (serial != m_asked)
        return; // whoever reads a green plate packs what they scanned last
    m_say = [this, serial, recorded] {
        const bool may = recorded && recorded->examination.verdict == station::Verdict::Pass;
        m_plate->show(recorded ? slotStateOf(recorded->examination.verdict) : SlotState::Error,
            serial + u": "_s + wording::mayPack(may));
        m_reasons->setText(recorded
                ? reasonsOf(recorded->examination)
                : wording::fault(recorded.error()) + u": "_s + recorded.error().detail);
        m_reasons->setAccessibleName(m_reasons->text());
    };
    say();
}

} // namespace ui
