// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording.h"

#include "ui/phrase.h"

namespace ui::wording {

using namespace Qt::StringLiterals;
using station::DeliveryState;
using station::Verdict;

namespace {

constexpr Phrase keyForms[] = {
    {"tpm2b", QT_TRANSLATE_NOOP("wording", "a TPM2B_PUBLIC with its size")},
    {"tpmt", QT_TRANSLATE_NOOP("wording", "a TPMT_PUBLIC, without its size")},
    {"host-dump", QT_TRANSLATE_NOOP("wording", "a computer's memory, from old tpm2-tools")},
    {"spki", QT_TRANSLATE_NOOP("wording", "a plain public key")},
    {"certificate", QT_TRANSLATE_NOOP("wording", "a certificate")},
    {"unknown", QT_TRANSLATE_NOOP("wording", "not known")},
};

constexpr Phrase keyFitnesses[] = {
    {"good", QT_TRANSLATE_NOOP("wording", "as DPS wants it")},
    {"converted", QT_TRANSLATE_NOOP("wording", "converted to what DPS wants, without loss")},
    {"rebuilt",
        QT_TRANSLATE_NOOP("wording",
            "rebuilt; compare it with what the TPM itself presents before you enroll it")},
    {"refused", QT_TRANSLATE_NOOP("wording", "cannot be enrolled")},
};

constexpr Phrase troubles[] = {
    {"target", QT_TRANSLATE_NOOP("wording", "The station cannot reach the slot")},
    {"busy", QT_TRANSLATE_NOOP("wording", "The slot's device is still busy")},
    {"link", QT_TRANSLATE_NOOP("wording", "The connection to the device was lost")},
    {"before", QT_TRANSLATE_NOOP("wording", "The slot's command that starts the unit failed")},
    {"ledger", QT_TRANSLATE_NOOP("wording", "The station cannot record")},
    {"own-tpm",
        QT_TRANSLATE_NOOP("wording",
            "This slot leads to the station's own TPM, to which no plan may write; correct its "
            "target")},
    {"identity", QT_TRANSLATE_NOOP("wording", "The station cannot ask the unit who it is")},
    {"enrollment", QT_TRANSLATE_NOOP("wording", "The plan's enrollment cannot be filled in")},
    {"stopped", QT_TRANSLATE_NOOP("wording", "Stopped, test again")},
    {"interrupted", QT_TRANSLATE_NOOP("wording", "Interrupted, test again")},
};

} // namespace

QString verdict(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Pass:
        return tr("PASS");
    case Verdict::Fail:
        return tr("FAIL");
    case Verdict::Error:
        return tr("STATION ERROR");
    case Verdict::Timeout:
        return tr("TIMEOUT");
    case Verdict::Aborted:
        return tr("STOPPED");
    }
    return {};
}

QString delivery(std::optional<DeliveryState> state)
{
    if (!state)
        return tr("-");
    switch (*state) {
    case DeliveryState::Held:
        return tr("held");
    case DeliveryState::Pending:
        return tr("waiting");
    case DeliveryState::Sent:
        return tr("sent");
    case DeliveryState::Acknowledged:
        return tr("acknowledged");
    case DeliveryState::Confirmed:
        return tr("confirmed");
    case DeliveryState::Rejected:
        return tr("rejected");
    case DeliveryState::Conflict:
        return tr("conflict");
    case DeliveryState::Withdrawn:
        return tr("withdrawn");
    }
    return {};
}

QString keyForm(const QString &code)
{
    return phrase(keyForms, code, code);
}

QString keyFitness(const QString &code)
{
    return phrase(keyFitnesses, code, code);
}

QString trouble(const station::Trouble &trouble)
{
    const QString what = phrase(troubles, trouble.code, trouble.code);
    return trouble.detail.isEmpty() ? what : what + u": "_s + trouble.detail;
}

QString reason(const station::Examination &examination)
{
    for (const auto &finding : examination.findings)
        if (finding.outcome == station::Outcome::Fail)
            return u"%1: %2. %3"_s.arg(finding.check, finding.measured, advice(finding.advice))
                .trimmed();
    return examination.trouble ? trouble(*examination.trouble) : QString();
}

} // namespace ui::wording
