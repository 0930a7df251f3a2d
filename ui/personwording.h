// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/worker.h"

/// The words about people: who they are, what each may, who works here.
namespace ui::wording {

QString role(const QString &word); ///< of station::Role; another one as it is
QString person(const station::Person &person, qint64 nowUs); ///< in a list
QString worker(const station::Worker &worker); ///< in a sentence
QString workerShort(const station::Worker &worker); ///< on a tab
QString logInFirst(); ///< of a scan while nobody is logged in
QString loggedIn(const station::Person &person);
QString loginRefused(const station::Error &error);
QString loggedOut();
QString unknownBadge(); ///< a badge where there is no login
QString noBadge(const QString &pattern); ///< what was scanned as one reads otherwise
QString standsBy(const station::Person &person); ///< as the second one
QString personSaved();
QString mayNot(station::Right right); ///< who may

} // namespace ui::wording
