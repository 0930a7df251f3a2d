// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report.h"

#include "ui/wording.h"

namespace app {

using namespace Qt::StringLiterals;

QString reportOf(const station::Examination &examination)
{
    QStringList lines;
    lines << u"%1  %2"_s.arg(ui::wording::verdict(examination.verdict), examination.target);
    if (const auto &tpm = examination.properties)
        lines << u"TPM          %1 %2, firmware %3, revision %4, %5"_s.arg(tpm->manufacturer,
            tpm->vendorString, tpm->firmware(), QString::number(tpm->revision / 100.0, 'f', 2),
            station::word(tpm->kind));
    if (const auto &key = examination.key) {
        lines << u"EK SHA-256   %1"_s.arg(QString::fromLatin1(key->sha256().toHex()));
        lines << u"EK_pub       %1"_s.arg(QString::fromLatin1(key->base64()));
        lines << u"registration %1"_s.arg(key->registrationId());
        lines << u"template     %1%2"_s.arg(station::word(key->source),
            key->handle ? u", persisted at 0x%1"_s.arg(*key->handle, 8, 16, QLatin1Char('0'))
                        : u", not persisted"_s);
    }
    for (const auto &certificate : examination.certificates)
        lines << u"certificate  NV 0x%1, %2 bytes, %3"_s
                     .arg(certificate.nvIndex, 8, 16, QLatin1Char('0'))
                     .arg(certificate.der.size())
                     .arg(certificate.keyMatches ? u"for this key"_s : u"for another key"_s);
    for (const auto &finding : examination.findings)
        lines << u"%1 %2: %3"_s.arg(station::word(finding.outcome), -7)
                     .arg(ui::wording::check(finding.check), finding.measured)
                + (finding.advice.isEmpty() ? QString()
                                            : u" - "_s + ui::wording::advice(finding.advice));
    if (examination.trouble)
        lines << ui::wording::trouble(*examination.trouble);
    lines << u"%1 TPM commands, %2 ms"_s.arg(examination.commands).arg(examination.ms);
    return lines.join(u'\n');
}

Exit exitOf(station::Verdict verdict)
{
    switch (verdict) {
    case station::Verdict::Pass:
        return Exit::Good;
    case station::Verdict::Error:
        return Exit::StationError;
    case station::Verdict::Fail:
    case station::Verdict::Timeout:
    case station::Verdict::Aborted:
        break;
    }
    return Exit::DeviceFailed;
}

} // namespace app
