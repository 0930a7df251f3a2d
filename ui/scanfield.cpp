// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scanfield.h"

#include "ui/screenwording.h"
#include "ui/spoken.h"

#include <QKeyEvent>
#include <utility>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int shown = 24; ///< as much of a refused scan as helps to recognise it
constexpr quint64 pause = 1000; ///< ms; no scanner stops so long within a scan
constexpr quint64 quick = 35; ///< ms for each character; nobody types so fast
constexpr int burst = 4; ///< so many quick characters are a scanner's
constexpr quint64 apart = 50; ///< ms; no scanner reads two labels so soon

bool isControl(QChar character)
{
    return character.category() == QChar::Other_Control
        || character.category() == QChar::Other_Format || character.isNonCharacter();
}

} // namespace

ScanField::ScanField(QWidget *parent) : QLineEdit(parent)
{
    setObjectName(u"scan"_s);
    speak(this, [this] {
        setAccessibleName(tr("Serial to test"));
        setPlaceholderText(tr("Scan a serial"));
    });
    setMaxLength(longest + 1); // one more than is allowed: enough to know that it is too long
    setContextMenuPolicy(Qt::NoContextMenu);
    setDragEnabled(false);
    connect(this, &QLineEdit::returnPressed, this, &ScanField::submit);
    connect(this, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_length = std::max(m_length, text.size());
        if (text.isEmpty())
            forget();
    });
    m_settling.setSingleShot(true);
    m_settling.setInterval(static_cast<int>(apart));
    connect(&m_settling, &QTimer::timeout, this, &ScanField::tell);
}

void ScanField::keyPressEvent(QKeyEvent *event)
{
    const QString typed = event->text();
    if (typed == u"\n") { // as some scanners end
        submit();
        return;
    }
    const bool isEnd = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool isEditing = event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Delete
        || event->key() == Qt::Key_Escape || event->matches(QKeySequence::Paste)
        || event->matches(QKeySequence::SelectAll) || event->matches(QKeySequence::Copy)
        || event->matches(QKeySequence::Cut) || event->matches(QKeySequence::Undo);
    if (event->key() == Qt::Key_Escape) {
        clear();
        forget();
        return;
    }
    if (!typed.isEmpty() && !isEnd && !isEditing) {
        notice(event->timestamp());
        m_length += typed.size();
        if (std::ranges::any_of(typed, isControl)) {
            m_isBinary = true;
            return;
        }
    }
    const qsizetype length = m_length;
    QLineEdit::keyPressEvent(event);
    if (!isEnd && !isEditing)
        m_length = std::max(m_length, length);
}

/// A character comes.
void ScanField::notice(quint64 ms)
{
    if (m_settling.isActive()) {
        m_settling.stop();
        if (ms < m_ended + apart) {
            m_isMixed = true;
            Q_EMIT refused({}, wording::mixed()); // not what came: a badge may be in it
        } else {
            tell(); // the window was busy, and both come late
        }
    }
    if (m_length > 0 && ms > m_lastKey + pause) {
        m_before = m_length;
        m_since = ms;
    }
    m_lastKey = ms;
}

bool ScanField::isSpliced() const
{
    const qsizetype fresh = m_length - m_before;
    return m_before > 0 && fresh >= burst
        && m_lastKey - m_since < quick * static_cast<quint64>(fresh);
}

void ScanField::forget()
{
    m_length = m_before = 0;
    m_lastKey = m_since = 0;
    m_isBinary = m_isMixed = false;
}

/// Many scanners end with a tab.
bool ScanField::focusNextPrevChild(bool next)
{
    if (next && !text().isEmpty()) {
        submit();
        return true;
    }
    return QLineEdit::focusNextPrevChild(next);
}

void ScanField::take(const QString &text)
{
    m_length = text.size();
    m_isBinary = std::ranges::any_of(text, isControl);
    setText(text.left(longest + 1));
    submit();
}

void ScanField::submit()
{
    const QString scan = text().trimmed();
    const qsizetype length = std::max(m_length, scan.size());
    const bool isBinary = m_isBinary || std::ranges::any_of(scan, isControl);
    const bool isMixed = m_isMixed;
    const bool hasSpliced = isSpliced();
    m_ended = m_lastKey;
    clear();
    forget();
    if (isMixed || hasSpliced)
        Q_EMIT refused({}, isMixed ? wording::mixed() : wording::spliced());
    else if (length > longest)
        Q_EMIT refused(scan.left(shown) + u'…', wording::tooLong(length, longest));
    else if (isBinary)
        Q_EMIT refused(scan.left(shown), wording::unprintable());
    else if (!scan.isEmpty()) { // a second Enter says nothing
        m_scan = scan;
        if (m_ended != 0)
            m_settling.start();
        else
            tell();
    }
}

void ScanField::tell()
{
    const QString scan = std::exchange(m_scan, {});
    if (m_isBadge && m_isBadge(scan))
        Q_EMIT badgeScanned(scan);
    else
        Q_EMIT scanned(scan);
}

} // namespace ui
