// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/phrase.h"
#include "ui/screenwording.h"

namespace ui::wording {

using namespace Qt::StringLiterals;

QString replicaMark(qint64 entries)
{
    return tr("Records: copy %1 behind").arg(entries);
}

QString goldenOwed(const QList<QStringList> &owed)
{
    QStringList all;
    for (const QStringList &serials : owed)
        all.append(serials.join(u" / "_s));
    return tr("Locked: connect and scan %1 first").arg(all.join(u", "_s));
}

QString goldenRead(bool isExpected)
{
    return isExpected ? tr("Golden device, reads as it must: remove it")
                      : tr("Golden device, reads wrong: the slot stays locked, call a technician");
}

QString left(const SlotView &view)
{
    return view.secondsLeft > 0 ? tr("about %1 s left").arg(view.secondsLeft) : QString();
}

} // namespace ui::wording
