// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/speech.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace app {

using namespace Qt::StringLiterals;

void Speech::speak(const QString &language)
{
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale);
    QCoreApplication::removeTranslator(&m_qt);
    QCoreApplication::removeTranslator(&m_own);
    if (m_qt.load(locale, u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    // English holds the plurals of the words in the source, so it serves where nothing fits better.
    if (m_own.load(locale, u"ekstation"_s, u"_"_s, u":/i18n"_s)
        || m_own.load(u":/i18n/ekstation_en.qm"_s))
        QCoreApplication::installTranslator(&m_own);
}

} // namespace app
