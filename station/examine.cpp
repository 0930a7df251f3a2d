// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/examine.h"

#include "station/checks/check.h"
#include "station/hooks.h"
#include "station/knowledge.h"
#include "station/network.h"

#include <QElapsedTimer>

namespace station {

using namespace Qt::StringLiterals;

namespace {

/// Every other check stands on this one: it cannot be switched off, and where it is bad nothing
/// more can be asked.
bool isGround(const QString &check)
{
    return check == u"presence";
}

class Examiner {
public:
    Examiner(const Subject &subject, const Plan &plan, const std::shared_ptr<tpm::Stop> &stop,
        const tpm::Random &random, const std::function<void(const Progress &)> &tell)
        : m_subject(subject), m_plan(plan), m_stop(stop), m_random(random), m_tell(tell)
    {
        m_examination.target = subject.target;
        if (subject.knowledge && subject.knowledge->trust)
            m_examination.rootBundle =
                QString::fromLatin1(subject.knowledge->trust->sha256().toHex());
    }

    Examination run();

private:
    bool prepare();
    bool open();
    void runAll();
    [[nodiscard]] bool isWanted(const QString &check) const;
    void run(const Check &check, Context &context);
    void runStep(const Check &check, Context &context);
    void add(const QString &name, const Judgement &judgement, qint64 ms);
    [[nodiscard]] Outcome outcomeOf(Judgement::Ruling ruling) const;
    [[nodiscard]] bool hasFailed() const;
    void broken(const QString &check, const tpm::Error &error, qint64 ms);
    void trouble(Verdict verdict, const QString &code, const QString &detail);
    void conclude();

    const Subject &m_subject;
    const Plan &m_plan;
    std::shared_ptr<tpm::Stop> m_stop;
    const tpm::Random &m_random;
    const std::function<void(const Progress &)> &m_tell;
    std::unique_ptr<tpm::Session> m_session;
    Examination m_examination;
    Severity m_severity = Severity::Fail; ///< of what runs now
    bool m_over = false; ///< nothing more can be asked of this TPM
};

Examination Examiner::run()
{
    QElapsedTimer timer;
    timer.start();
    const auto network = Network::enter(m_subject.network);
    if (!network) {
        trouble(Verdict::Error, u"target"_s, network.error().detail);
        return m_examination;
    }
    if (prepare() && open()) {
        runAll();
        m_examination.commands = m_session->commands();
        m_session.reset();
    }
    if (const auto finding = hooks::rest(m_subject, m_stop->requested()))
        m_examination.findings.append(*finding);
    conclude();
    m_examination.ms = timer.elapsed();
    return m_examination;
}

/// Whether the unit has started.
bool Examiner::prepare()
{
    if (m_tell && !m_subject.hooks.before.command.isEmpty())
        m_tell({0, 0, u"boot"_s});
    const auto seen = hooks::start(m_subject, *m_stop);
    if (const auto *late = std::get_if<Finding>(&seen)) {
        m_examination.findings.append(*late);
        trouble(Verdict::Timeout, late->check, late->measured);
    } else if (const auto *why = std::get_if<Trouble>(&seen)) {
        trouble(
            why->code == u"stopped" ? Verdict::Aborted : Verdict::Error, why->code, why->detail);
    }
    return !m_examination.trouble;
}

bool Examiner::open()
{
    const auto target = tpm::parseTarget(m_examination.target);
    if (!target) {
        trouble(Verdict::Error, u"target"_s, target.error().detail);
        return false;
    }
    auto session = tpm::Session::open(*target, m_plan.budget, m_stop);
    if (!session) {
        broken(u"presence"_s, session.error(), 0);
        return false;
    }
    m_session = std::move(*session);
    return true;
}

bool Examiner::isWanted(const QString &check) const
{
    return isGround(check) || m_plan.severityOf(check) != Severity::Off;
}

void Examiner::runAll()
{
    Context context{*m_session, m_subject, m_examination, m_random, m_stop, m_plan.leave};
    QList<const Check *> wanted;
    for (const Check *check : allChecks())
        if (isWanted(QString::fromLatin1(check->name)))
            wanted.append(check);
    const qsizetype checks = wanted.size();
    for (const Step &step : allSteps())
        if (m_plan.leave.*step.wanted)
            wanted.append(step.check);
    for (qsizetype at = 0; at < wanted.size() && !m_over; ++at) {
        const QString name = QString::fromLatin1(wanted[at]->name);
        if (m_tell)
            m_tell({static_cast<int>(at) + 1, static_cast<int>(wanted.size()), name});
        m_severity = at < checks ? m_plan.severityOf(name) : Severity::Fail;
        if (at < checks)
            run(*wanted[at], context);
        else
            runStep(*wanted[at], context);
    }
}

/// What is written to a TPM cannot be taken back: never by who keeps no record, nor to a device
/// that will not pass.
void Examiner::runStep(const Check &check, Context &context)
{
    if (m_subject.intend && !hasFailed())
        return run(check, context);
    add(QString::fromLatin1(check.name),
        Judgement::skipped(m_subject.intend ? u"something has failed"_s
                                            : u"nothing is written without a record"_s),
        0);
}

void Examiner::run(const Check &check, Context &context)
{
    const QString name = QString::fromLatin1(check.name);
    context.limits = m_plan.limitsOf(name);
    QElapsedTimer timer;
    timer.start();
    const auto judgement = check.judge(context);
    if (const auto &own = context.trouble)
        return trouble(Verdict::Error, own->code, own->detail);
    if (!judgement)
        return broken(name, judgement.error(), timer.elapsed());
    add(name, *judgement, timer.elapsed());
}

Outcome Examiner::outcomeOf(Judgement::Ruling ruling) const
{
    switch (ruling) {
    case Judgement::Ruling::Good:
        return Outcome::Pass;
    case Judgement::Ruling::Said:
        return Outcome::Record;
    case Judgement::Ruling::Skipped:
        return Outcome::Skip;
    case Judgement::Ruling::Bad:
        break;
    }
    switch (m_severity) {
    case Severity::Fail:
        return Outcome::Fail;
    case Severity::Warn:
        return Outcome::Warn;
    case Severity::Record:
    case Severity::Off:
        break;
    }
    return Outcome::Record;
}

void Examiner::add(const QString &name, const Judgement &judgement, qint64 ms)
{
    m_examination.findings.append({name, outcomeOf(judgement.ruling), judgement.measured,
        judgement.limit, judgement.advice, ms});
    if (judgement.ruling == Judgement::Ruling::Bad && isGround(name))
        m_over = true;
}

/// Translates what the TPM room could not do into the five verdicts (INTERFACES: verdicts and
/// exits).
void Examiner::broken(const QString &name, const tpm::Error &error, qint64 ms)
{
    const QString command = tpm::commandName(error.command);
    switch (error.fault) {
    case tpm::Fault::Target:
    case tpm::Fault::Busy:
        return trouble(Verdict::Error, error.fault == tpm::Fault::Busy ? u"busy"_s : u"target"_s,
            error.detail);
    case tpm::Fault::Link:
        return trouble(Verdict::Error, u"link"_s, error.detail);
    case tpm::Fault::Cancelled:
        return trouble(Verdict::Aborted, u"stopped"_s, error.detail);
    case tpm::Fault::Timeout:
        m_examination.findings.append(
            {name, Outcome::Fail, error.detail, u"the plan's budget"_s, u"tpm-silent"_s, ms});
        return trouble(Verdict::Timeout, name, command);
    case tpm::Fault::Protocol:
        m_examination.findings.append({u"protocol"_s, Outcome::Fail, error.detail,
            u"TPM 2.0 wire format"_s, u"tpm-malformed"_s, ms});
        // After garbage nothing that follows can be trusted to answer what was asked.
        m_over = true;
        return;
    case tpm::Fault::Refused:
    case tpm::Fault::Unsuitable:
        return add(name, Judgement::bad(error.detail, u"success"_s, u"tpm-refused"_s), ms);
    }
}

void Examiner::trouble(Verdict verdict, const QString &code, const QString &detail)
{
    m_examination.verdict = verdict;
    m_examination.trouble = Trouble{code, detail};
    m_over = true;
}

bool Examiner::hasFailed() const
{
    return std::ranges::find(m_examination.findings, Outcome::Fail, &Finding::outcome)
        != m_examination.findings.end();
}

void Examiner::conclude()
{
    if (m_examination.trouble)
        return;
    m_examination.verdict = hasFailed() ? Verdict::Fail : Verdict::Pass;
}

} // namespace

Examination examine(const Subject &subject, const Plan &plan,
    const std::shared_ptr<tpm::Stop> &stop, const tpm::Random &random,
    const std::function<void(const Progress &)> &tell)
{
    return Examiner(subject, plan, stop, random, tell).run();
}

} // namespace station
