// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tallybox.h"

#include "ui/spoken.h"

#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QTimer>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

enum Figure { Passed, Failed, Others, Yield, Retests, Hour };

} // namespace

TallyBox::TallyBox(station::Line &line, QWidget *parent)
    : QWidget(parent), m_title(new QLabel(this)), m_short(new QLabel(this)),
      m_rows(new QWidget(this))
{
    setObjectName(u"tally"_s);
    m_title->setObjectName(u"tallyTitle"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_title);
    column->addWidget(m_short);
    column->addWidget(m_rows);
    m_short->setObjectName(u"tallyShort"_s);
    auto *form = new QFormLayout(m_rows);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addRow(form, u"tallyPassed"_s, QT_TR_NOOP("Passed"));
    addRow(form, u"tallyFailed"_s, QT_TR_NOOP("Failed"));
    addRow(form, u"tallyOthers"_s, QT_TR_NOOP("Without result"));
    addRow(form, u"tallyYield"_s, QT_TR_NOOP("First-pass yield"));
    addRow(form, u"tallyRetests"_s, QT_TR_NOOP("Retests"));
    addRow(form, u"tallyHour"_s, QT_TR_NOOP("In the last hour"));
    speak(this, [this] {
        setAccessibleName(tr("This shift"));
        refresh();
    });
    const auto add = [this](const station::Recorded &recorded) {
        m_tally.add(
            {recorded.serial, recorded.examination.verdict, recorded.attempt, recorded.atUs});
        refresh();
    };
    connect(&line, &station::Line::concluded, this, [add](int, const auto &it) { add(it); });
    auto *minute = new QTimer(this);
    connect(minute, &QTimer::timeout, this, &TallyBox::refresh); // an hour moves on by itself
    minute->start(std::chrono::minutes(1));
}

void TallyBox::addRow(QFormLayout *form, const QString &name, const char *text)
{
    auto *label = new QLabel(m_rows);
    auto *figure = new QLabel(m_rows);
    figure->setObjectName(name);
    figure->setAlignment(Qt::AlignRight);
    figure->setProperty("title", true);
    speak(label, [label, text] { label->setText(tr(text)); });
    form->addRow(label, figure);
    m_figures.append(figure);
}

void TallyBox::begin(const QList<station::RecordRow> &records)
{
    Tally before;
    for (auto record = records.rbegin(); record != records.rend(); ++record)
        before.add({record->serial, record->verdict, record->attempt, record->atUs});
    const qint64 nowUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    if (m_tally.sinceUs() == 0 && nowUs - before.lastUs() <= Tally::pauseUs)
        m_tally = before;
    refresh();
}

void TallyBox::showAll(bool isAll)
{
    m_title->setVisible(isAll);
    m_rows->setVisible(isAll);
    m_short->setVisible(!isAll);
}

void TallyBox::refresh()
{
    const QLocale locale;
    m_title->setText(m_tally.sinceUs() == 0
            ? tr("This shift")
            : tr("Since %1")
                  .arg(locale.toString(
                      QDateTime::fromMSecsSinceEpoch(m_tally.sinceUs() / 1000).time(),
                      QLocale::ShortFormat)));
    m_figures[Passed]->setText(locale.toString(m_tally.passed()));
    m_figures[Failed]->setText(locale.toString(m_tally.failed()));
    m_figures[Others]->setText(locale.toString(m_tally.others()));
    const auto yield = m_tally.firstPassYield();
    m_figures[Yield]->setText(
        yield ? tr("%1 %").arg(locale.toString(*yield * 100, 'f', 1)) : u"–"_s);
    m_figures[Retests]->setText(locale.toString(m_tally.retests()));
    m_figures[Hour]->setText(
        locale.toString(m_tally.lastHour(QDateTime::currentMSecsSinceEpoch() * 1000)));
    m_short->setText(u"✓ %1  ✗ %2  %3"_s.arg(
        m_figures[Passed]->text(), m_figures[Failed]->text(), m_figures[Yield]->text()));
    m_short->setAccessibleName(tr("Passed %1, failed %2, first pass %3")
            .arg(m_figures[Passed]->text(), m_figures[Failed]->text(), m_figures[Yield]->text()));
    for (QLabel *figure : std::as_const(m_figures))
        figure->setAccessibleName(figure->text());
}

} // namespace ui
