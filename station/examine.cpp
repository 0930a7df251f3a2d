// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/examine.h"

#include "tpm/session.h"

#include <QElapsedTimer>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 rsaCertificateIndex = 0x01c00002;

/// What a check says of a device that it could examine.
struct Judgement {
    bool good = true;
    QString measured;
    QString limit;
    QString advice;
    bool onlySaid = false; ///< neither good nor bad: recorded whatever the severity
};

class Examiner {
public:
    Examiner(const QString &target, const Plan &plan, const std::shared_ptr<tpm::Stop> &stop,
        const tpm::Random &random, const std::function<void(const Progress &)> &tell)
        : m_plan(plan), m_stop(stop), m_random(random), m_tell(tell)
    {
        m_examination.target = target;
    }

    Examination run();

private:
    using Step = tpm::Result<Judgement> (Examiner::*)();

    bool open();
    void check(const QString &name, Step step);
    void add(const QString &name, const Judgement &judgement, qint64 ms);
    void broken(const QString &check, const tpm::Error &error, qint64 ms);
    void trouble(Verdict verdict, const QString &code, const QString &detail);
    void conclude();

    tpm::Result<Judgement> presence();
    tpm::Result<Judgement> kind();
    tpm::Result<Judgement> key();
    tpm::Result<Judgement> certificate();
    tpm::Result<Judgement> challenge();

    const Plan &m_plan;
    std::shared_ptr<tpm::Stop> m_stop;
    const tpm::Random &m_random;
    const std::function<void(const Progress &)> &m_tell;
    int m_step = 0;
    std::unique_ptr<tpm::Session> m_session;
    Examination m_examination;
    bool m_over = false; ///< nothing more can be asked of this TPM
};

Examination Examiner::run()
{
    QElapsedTimer timer;
    timer.start();
    if (open()) {
        check(u"presence"_s, &Examiner::presence);
        check(u"kind"_s, &Examiner::kind);
        check(u"key"_s, &Examiner::key);
        check(u"certificate"_s, &Examiner::certificate);
        check(u"challenge"_s, &Examiner::challenge);
        m_examination.commands = m_session->commands();
        m_session.reset();
    }
    conclude();
    m_examination.ms = timer.elapsed();
    return m_examination;
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

void Examiner::check(const QString &name, Step step)
{
    // Presence cannot be switched off: every other check stands on it.
    if (m_over || (m_plan.severityOf(name) == Severity::Off && name != u"presence"))
        return;
    if (m_tell)
        m_tell({++m_step,
            static_cast<int>(std::ranges::count_if(
                m_plan.checks, [](const auto &rule) { return rule.severity != Severity::Off; })),
            name});
    QElapsedTimer timer;
    timer.start();
    const auto judgement = (this->*step)();
    if (judgement)
        add(name, *judgement, timer.elapsed());
    else
        broken(name, judgement.error(), timer.elapsed());
}

void Examiner::add(const QString &name, const Judgement &judgement, qint64 ms)
{
    Outcome outcome = Outcome::Pass;
    if (judgement.onlySaid)
        outcome = Outcome::Record;
    else if (!judgement.good)
        switch (m_plan.severityOf(name)) {
        case Severity::Fail:
            outcome = Outcome::Fail;
            break;
        case Severity::Warn:
            outcome = Outcome::Warn;
            break;
        case Severity::Record:
        case Severity::Off:
            outcome = Outcome::Record;
            break;
        }
    const bool quiet = outcome == Outcome::Pass || judgement.onlySaid;
    m_examination.findings.append({name, outcome, judgement.measured, judgement.limit,
        quiet ? QString() : judgement.advice, ms});
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
        add(name, {false, error.detail, u"success"_s, u"tpm-refused"_s}, ms);
        m_over = name == u"presence";
        return;
    }
}

void Examiner::trouble(Verdict verdict, const QString &code, const QString &detail)
{
    m_examination.verdict = verdict;
    m_examination.trouble = Trouble{code, detail};
    m_over = true;
}

void Examiner::conclude()
{
    if (m_examination.trouble)
        return;
    const auto &findings = m_examination.findings;
    const bool failed =
        std::ranges::find(findings, Outcome::Fail, &Finding::outcome) != findings.end();
    m_examination.verdict = failed ? Verdict::Fail : Verdict::Pass;
}

tpm::Result<Judgement> Examiner::presence()
{
    auto properties = tpm::readProperties(*m_session);
    if (!properties)
        return std::unexpected(properties.error());
    m_examination.properties = *properties;
    const bool good = properties->family == u"2.0";
    if (!good)
        m_over = true;
    return Judgement{good, u"TPM "_s + properties->family, u"TPM 2.0"_s, u"tpm-not-2"_s};
}

tpm::Result<Judgement> Examiner::kind()
{
    const tpm::Kind found = m_examination.properties->kind;
    return Judgement{found != tpm::Kind::Virtual, word(found), u"not virtual"_s, u"software-tpm"_s};
}

tpm::Result<Judgement> Examiner::key()
{
    auto found = tpm::readEndorsementKey(*m_session);
    if (!found)
        return std::unexpected(found.error());
    m_examination.key = *found;
    const bool rsa = found->type == tpm::EndorsementKey::Type::Rsa;
    return Judgement{rsa, rsa ? u"rsa"_s : u"ecc"_s, u"rsa"_s, u"ecc-not-for-dps"_s};
}

tpm::Result<Judgement> Examiner::certificate()
{
    if (!m_examination.key)
        return Judgement{false, u"no key to compare with"_s, {}, {}, true};
    auto &key = *m_examination.key;
    const auto found =
        tpm::readCertificates(*m_session, key, m_examination.properties->nvBufferMax);
    if (!found)
        return std::unexpected(found.error());
    m_examination.certificates = *found;
    if (found->isEmpty())
        return Judgement{true, u"none in NV"_s, {}, {}, true};
    bool matched = false;
    bool rsaContradicts = false;
    for (const auto &one : *found) {
        matched = matched || one.keyMatches;
        if (one.nvIndex != rsaCertificateIndex || key.type != tpm::EndorsementKey::Type::Rsa)
            continue;
        rsaContradicts = !one.keyMatches;
        // The certificate of this index is for the default template's key, so a persisted key that
        // it certifies was made from that template (TCG EK Credential Profile, 2.2.1.4).
        if (one.keyMatches && key.source == tpm::Template::Unknown)
            key.source = tpm::Template::TcgL1;
    }
    return Judgement{matched && !rsaContradicts, matched ? u"matches the key"_s : u"another key"_s,
        u"matches the key"_s, u"certificate-of-another-key"_s};
}

tpm::Result<Judgement> Examiner::challenge()
{
    if (!m_examination.key)
        return Judgement{false, u"no key to challenge"_s, {}, {}, true};
    const auto proven = tpm::provePossession(*m_session, *m_examination.key, m_random);
    if (!proven) {
        const auto fault = proven.error().fault;
        if (fault != tpm::Fault::Refused && fault != tpm::Fault::Unsuitable)
            return std::unexpected(proven.error());
        return Judgement{false, u"not proven: "_s + proven.error().detail,
            u"the nonce comes back"_s, u"possession-not-proven"_s};
    }
    return Judgement{true, u"proven"_s, u"the nonce comes back"_s, {}};
}

} // namespace

Examination examine(const QString &target, const Plan &plan, const std::shared_ptr<tpm::Stop> &stop,
    const tpm::Random &random, const std::function<void(const Progress &)> &tell)
{
    return Examiner(target, plan, stop, random, tell).run();
}

} // namespace station
