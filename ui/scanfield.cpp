// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scanfield.h"

#include "ui/screenwording.h"
#include "ui/spoken.h"

#include <QKeyEvent>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int shown = 24; ///< as much of a refused scan as helps to recognise it

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
            m_length = m_isBinary = 0;
    });
}

void ScanField::keyPressEvent(QKeyEvent *event)
{
    const QString typed = event->text();
    const bool isEnd = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool isEditing = event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Delete
        || event->key() == Qt::Key_Escape || event->matches(QKeySequence::Paste)
        || event->matches(QKeySequence::SelectAll) || event->matches(QKeySequence::Copy)
        || event->matches(QKeySequence::Cut) || event->matches(QKeySequence::Undo);
    if (event->key() == Qt::Key_Escape) {
        clear();
        m_length = m_isBinary = 0;
        return;
    }
    if (!typed.isEmpty() && !isEnd && !isEditing) {
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
    clear();
    m_length = 0;
    m_isBinary = false;
    if (length > longest)
        Q_EMIT refused(scan.left(shown) + u'…', wording::tooLong(length, longest));
    else if (isBinary)
        Q_EMIT refused(scan.left(shown), wording::unprintable());
    else if (m_isBadge && m_isBadge(scan))
        Q_EMIT badgeScanned(scan);
    else if (!scan.isEmpty()) // a second Enter says nothing
        Q_EMIT scanned(scan);
}

} // namespace ui
