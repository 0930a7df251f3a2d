// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/session.h"

#include "tpm/frame.h"

#include <QtEndian>

#include <openssl/crypto.h>
#include <tss2/tss2_esys.h>

namespace tpm {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<Session>> Session::open(
    const Target &target, const Budget &budget, std::shared_ptr<Stop> stop)
{
    auto link = openLink(target, budget, *stop);
    if (!link)
        return std::unexpected(link.error());
    auto session = over(std::make_unique<Wire>(std::move(*link), budget, stop));
    if (session) {
        (*session)->m_target = target;
        (*session)->m_budget = budget;
        (*session)->m_stop = std::move(stop);
    }
    return session;
}

Result<std::unique_ptr<Session>> Session::over(std::unique_ptr<Wire> wire)
{
    std::unique_ptr<Session> session(new Session(std::move(wire)));
    if (const auto attached = session->attach(); !attached)
        return std::unexpected(attached.error());
    return session;
}

Session::Session(std::unique_ptr<Wire> wire) : m_wire(std::move(wire)) { }

Session::~Session()
{
    if (!failure())
        std::ignore = flushMade();
    if (failure())
        flushLeftovers();
    detach();
    // What OpenSSL keeps for a thread goes when the thread ends, but a program that ends at the
    // same moment would be first, and then it is lost.
    OPENSSL_thread_stop();
}

Result<void> Session::attach()
{
    const TSS2_RC rc = Esys_Initialize(&m_esys, m_wire->tcti(), nullptr);
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, 0));
    return {};
}

void Session::detach()
{
    Esys_Finalize(&m_esys);
}

Result<void> Session::reopen()
{
    if (!m_stop)
        return std::unexpected(failure().value_or(Error{Fault::Link, u"not reopenable"_s}));
    detach();
    m_earlierCommands += m_wire->commands();
    m_wire.reset();
    auto link = openLink(m_target, m_budget, *m_stop);
    if (!link) {
        m_wire = std::make_unique<Wire>(link.error());
        return std::unexpected(link.error());
    }
    m_wire = std::make_unique<Wire>(std::move(*link), m_budget, m_stop);
    if (const auto flushed = flushMade(); !flushed)
        return flushed;
    return attach();
}

/// With plain commands, which need the handle alone: ESYS would ask for the object's name first,
/// and after an answer that it does not believe it sends nothing more.
Result<void> Session::flushMade()
{
    for (const quint32 handle : m_made.keys())
        if (const auto &dead = failure(); !flushHandle(handle) && dead)
            return std::unexpected(*dead);
    m_made.clear();
    return {};
}

/// A stop may come while the TPM makes something whose handle only its answer tells.
void Session::takeLateHandle(const QByteArray &answer)
{
    const quint32 command = m_wire->lastCommand();
    const bool makes = command == TPM2_CC_CreatePrimary || command == TPM2_CC_StartAuthSession
        || command == TPM2_CC_Load;
    constexpr qsizetype handleEnd = headerSize + qsizetype(sizeof(quint32));
    if (makes && answer.size() >= handleEnd && responseCode(answer) == TPM2_RC_SUCCESS)
        m_made[qFromBigEndian<quint32>(answer.constData() + headerSize)] = ESYS_TR_NONE;
}

/// A device that still chews on a command gets no more of them: whoever opens it next finds its
/// resource manager has cleaned up, or waits for it. Everything else is worth one short attempt.
void Session::flushLeftovers()
{
    constexpr std::chrono::milliseconds patience(500);
    const auto died = [this](Fault fault) { return failure() && failure()->fault == fault; };
    if (died(Fault::Cancelled)) {
        if (const auto late = m_wire->resume(patience)) {
            takeLateHandle(*late);
            std::ignore = flushMade();
            return;
        }
    }
    if (m_made.isEmpty() || died(Fault::Timeout) || !m_stop)
        return;
    m_stop = std::make_shared<Stop>();
    m_budget.command = patience;
    m_budget.examination = 4 * patience;
    std::ignore = reopen();
}

int Session::commands() const
{
    return m_earlierCommands + m_wire->commands();
}

Error Session::failed(quint32 rc, quint32 command) const
{
    if (const auto &dead = failure())
        return *dead;
    const QString text = u"%1: %2"_s.arg(commandName(command), decode(rc));
    const bool fromTpm = (rc & TSS2_RC_LAYER_MASK) == TSS2_TPM_RC_LAYER
        || (rc & TSS2_RC_LAYER_MASK) == TSS2_RESMGR_TPM_RC_LAYER
        || (rc & TSS2_RC_LAYER_MASK) == TSS2_RESMGR_RC_LAYER;
    return {fromTpm ? Fault::Refused : Fault::Protocol, text, rc, command};
}

Result<void> Session::flush(const Object &object)
{
    const TSS2_RC rc = Esys_FlushContext(m_esys, object.reference);
    if (rc != TSS2_RC_SUCCESS)
        return std::unexpected(failed(rc, TPM2_CC_FlushContext));
    m_made.remove(m_made.key(object.reference));
    return {};
}

} // namespace tpm
