// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/wire.h"

#include "tpm/frame.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <thread>
#include <tss2/tss2_tcti.h>
#include <unistd.h>

namespace tpm {

using namespace Qt::StringLiterals;

/// What tpm2-tss calls; the fields of version 1 and 2 come first, so a pointer to it is a TCTI.
struct Wire::Tcti {
    TSS2_TCTI_CONTEXT_COMMON_V2 common{};
    Wire *wire = nullptr;

    explicit Tcti(Wire *owner);
};

namespace {

constexpr quint64 magic = 0x656b73746174696f; // any value tells this TCTI from others

} // namespace

Wire::Tcti::Tcti(Wire *owner) : wire(owner)
{
    const auto of = [](TSS2_TCTI_CONTEXT *context) {
        return reinterpret_cast<Tcti *>(context)->wire;
    };
    static const auto wireOf = of;
    common.v1.magic = magic;
    common.v1.version = 2;
    common.v1.transmit = [](TSS2_TCTI_CONTEXT *context, size_t size,
                             const uint8_t *bytes) -> TSS2_RC {
        const QByteArray command(
            reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size));
        return wireOf(context)->send(command) ? TSS2_RC_SUCCESS : TSS2_TCTI_RC_IO_ERROR;
    };
    // Waits for the whole answer whatever timeout is asked for: the budget bounds it, and a
    // TRY_AGAIN under TSS2_TCTI_TIMEOUT_BLOCK would make ESYS spin.
    common.v1.receive = [](TSS2_TCTI_CONTEXT *context, size_t *size, uint8_t *bytes,
                            int32_t) -> TSS2_RC {
        if (bytes == nullptr) {
            *size = largestFrame;
            return TSS2_RC_SUCCESS;
        }
        const auto response = wireOf(context)->receive();
        if (!response)
            return TSS2_TCTI_RC_IO_ERROR;
        if (static_cast<size_t>(response->size()) > *size)
            return TSS2_TCTI_RC_INSUFFICIENT_BUFFER;
        memcpy(bytes, response->constData(), static_cast<size_t>(response->size()));
        *size = static_cast<size_t>(response->size());
        return TSS2_RC_SUCCESS;
    };
    common.v1.finalize = [](TSS2_TCTI_CONTEXT *) { };
    common.v1.cancel = [](TSS2_TCTI_CONTEXT *) -> TSS2_RC { return TSS2_TCTI_RC_NOT_IMPLEMENTED; };
    common.v1.getPollHandles = [](TSS2_TCTI_CONTEXT *, TSS2_TCTI_POLL_HANDLE *,
                                   size_t *) -> TSS2_RC { return TSS2_TCTI_RC_NOT_IMPLEMENTED; };
    common.v1.setLocality = [](TSS2_TCTI_CONTEXT *, uint8_t) -> TSS2_RC {
        return TSS2_TCTI_RC_NOT_IMPLEMENTED;
    };
    common.makeSticky = [](TSS2_TCTI_CONTEXT *, TPM2_HANDLE *, uint8_t) -> TSS2_RC {
        return TSS2_TCTI_RC_NOT_IMPLEMENTED;
    };
}

Wire::Wire(Link link, const Budget &budget, std::shared_ptr<Stop> stop)
    : m_link(std::move(link)), m_budget(budget), m_stop(std::move(stop)),
      m_end(std::chrono::steady_clock::now() + budget.examination),
      m_tcti(std::make_unique<Tcti>(this))
{
}

Wire::Wire(const Error &failure) : m_tcti(std::make_unique<Tcti>(this)), m_failure(failure) { }

Wire::~Wire()
{
    if (m_link.child || m_link.fd < 0)
        return; // the child owns the descriptor
    if (m_link.framing == Link::Framing::Whole && m_failure) {
        // The kernel's close() waits for the command that the TPM still chews on. Nobody else may
        // use the device until then, and nobody here shall wait for it.
        std::thread([fd = m_link.fd, lock = std::move(m_link.lock)] { close(fd); }).detach();
        return;
    }
    close(m_link.fd);
}

TSS2_TCTI_OPAQUE_CONTEXT_BLOB *Wire::tcti()
{
    return reinterpret_cast<TSS2_TCTI_CONTEXT *>(m_tcti.get());
}

Result<QByteArray> Wire::exchange(const QByteArray &command)
{
    if (const auto sent = send(command); !sent)
        return std::unexpected(sent.error());
    return receive();
}

Result<void> Wire::send(const QByteArray &command)
{
    if (m_failure)
        return std::unexpected(*m_failure);
    m_command = commandCode(command);
    const auto now = std::chrono::steady_clock::now();
    m_limit =
        std::min(m_budget.of(m_command), std::chrono::ceil<std::chrono::milliseconds>(m_end - now));
    m_deadline = now + m_limit;
    m_commandSize = m_unsent = command.size();
    m_frame.clear();
    // Bytes that wait before a command was sent belong to no command: whatever follows would be
    // taken for the wrong answer.
    int waiting = 0;
    if (m_link.framing == Link::Framing::Stream && ioctl(m_link.fd, FIONREAD, &waiting) == 0
        && waiting > 0)
        return die(Fault::Protocol, u"%1 bytes came that nobody asked for"_s.arg(waiting));
    ++m_commands;
    return write(command);
}

Result<QByteArray> Wire::receive()
{
    if (m_failure)
        return std::unexpected(*m_failure);
    auto frame = readFrame();
    if (frame)
        m_response = *frame;
    return frame;
}

Result<QByteArray> Wire::resume(std::chrono::milliseconds patience)
{
    if (!m_failure)
        return QByteArray();
    if (m_failure->fault != Fault::Cancelled || (m_unsent > 0 && m_unsent < m_commandSize))
        return std::unexpected(*m_failure);
    m_failure.reset();
    m_stop = std::make_shared<Stop>();
    m_budget.command = m_limit = patience;
    m_deadline = std::chrono::steady_clock::now() + patience;
    m_end = m_deadline + 3 * patience;
    return m_unsent > 0 ? QByteArray() : receive();
}

std::unexpected<Error> Wire::die(Fault fault, const QString &detail)
{
    m_failure = Error{fault, detail, 0, m_command};
    return std::unexpected(*m_failure);
}

Result<void> Wire::wait(short events)
{
    using namespace std::chrono;
    while (true) {
        const auto left = ceil<milliseconds>(m_deadline - steady_clock::now()).count();
        pollfd fds[] = {{m_link.fd, events, 0}, {m_stop->fd(), POLLIN, 0}};
        const int ready = poll(fds, 2, static_cast<int>(std::max<qint64>(left, 0)));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready < 0)
            return die(Fault::Link, u"poll failed"_s);
        if (fds[1].revents != 0)
            return die(Fault::Cancelled, u"stopped during %1"_s.arg(commandName(m_command)));
        if (ready == 0)
            return die(Fault::Timeout,
                u"no answer to %1 within %2 ms"_s.arg(commandName(m_command))
                    .arg(std::max<qint64>(m_limit.count(), 0)));
        return {};
    }
}

Result<void> Wire::write(const QByteArray &bytes)
{
    while (m_unsent > 0) {
        if (const auto writable = wait(POLLOUT); !writable)
            return writable;
        const auto *from = bytes.constData() + bytes.size() - m_unsent;
        const auto size = static_cast<size_t>(m_unsent);
        const ssize_t written = m_link.framing == Link::Framing::Whole
            ? ::write(m_link.fd, from, size)
            : ::send(m_link.fd, from, size, MSG_NOSIGNAL);
        if (written < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (written <= 0)
            return die(Fault::Link,
                u"the connection was lost while sending %1"_s.arg(commandName(m_command)));
        m_unsent -= written;
    }
    return {};
}

Result<QByteArray> Wire::read(qsizetype most)
{
    QByteArray bytes(most, Qt::Uninitialized);
    while (true) {
        if (const auto readable = wait(POLLIN); !readable)
            return std::unexpected(readable.error());
        const ssize_t size = ::read(m_link.fd, bytes.data(), static_cast<size_t>(most));
        if (size < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (size <= 0)
            return die(
                Fault::Link, u"the connection was lost during %1"_s.arg(commandName(m_command)));
        bytes.truncate(size);
        return bytes;
    }
}

Result<QByteArray> Wire::readFrame()
{
    if (m_link.framing == Link::Framing::Whole) {
        auto whole = read(largestFrame);
        if (!whole)
            return whole;
        m_frame = *whole;
    } else {
        // What a stop left of an answer is still here when it is resumed.
        for (qsizetype wanted = headerSize;;) {
            if (m_frame.size() >= headerSize) {
                const auto size = announcedSize(m_frame);
                if (!size)
                    return die(Fault::Protocol, size.error().detail);
                wanted = *size;
            }
            if (m_frame.size() == wanted)
                break;
            const auto part = read(wanted - m_frame.size());
            if (!part)
                return part;
            m_frame += *part;
        }
    }
    if (const auto whole = checkResponse(m_frame); !whole)
        return die(Fault::Protocol, whole.error().detail);
    return m_frame;
}

} // namespace tpm
