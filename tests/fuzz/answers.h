// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fuzz/entry.h"
#include "tpm/wire.h"

#include <QList>
#include <QtEndian>

#include <array>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fuzz {

constexpr qsizetype mostAnswers = 64; // what a socket holds without a reader

/// The input as answers: a u16 size before each. Its highest bit says that the announced size is
/// put right, so that a change of length gets past the frame's own check.
inline QList<QByteArray> answersIn(const QByteArray &input)
{
    QList<QByteArray> answers;
    for (qsizetype at = 0; at + 2 <= input.size() && answers.size() < mostAnswers;) {
        const auto head = qFromBigEndian<quint16>(input.constData() + at);
        QByteArray answer = input.mid(at + 2, head & 0x0fff);
        at += 2 + (head & 0x0fff);
        if ((head & 0x8000) != 0 && answer.size() >= 10)
            qToBigEndian(static_cast<quint32>(answer.size()), answer.data() + 2);
        if (!answer.isEmpty())
            answers.append(answer);
    }
    return answers;
}

/// A wire whose peer has said all it will ever say.
inline std::unique_ptr<tpm::Wire> wireWith(const QList<QByteArray> &answers, int &peer)
{
    std::array<int, 2> ends{};
    require(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) == 0);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    for (const QByteArray &answer : answers)
        require(send(ends[1], answer.constData(), static_cast<size_t>(answer.size()), MSG_DONTWAIT)
            == answer.size());
    shutdown(ends[1], SHUT_WR);
    peer = ends[1];
    tpm::Link link;
    link.fd = ends[0];
    link.framing = tpm::Link::Framing::Whole;
    return std::make_unique<tpm::Wire>(
        std::move(link), tpm::Budget(), std::make_shared<tpm::Stop>());
}

/// No word of the TPM library on stderr.
inline void hush()
{
    static const bool quiet = setenv("TSS2_LOG", "all+none", 1) == 0;
    require(quiet);
}

} // namespace fuzz
