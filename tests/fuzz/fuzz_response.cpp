// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "tpm/certificates.h"
#include "tpm/challenge.h"
#include "tpm/endorsement.h"
#include "tpm/properties.h"
#include "tpm/session.h"

#include <QtEndian>

#include <array>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

constexpr qsizetype mostAnswers = 64; // what a socket holds without a reader

/// The input as answers: a u16 size before each. Its highest bit says that the announced size is
/// put right, so that a change of length gets past the frame's own check.
QList<QByteArray> answersIn(const QByteArray &input)
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
std::unique_ptr<tpm::Wire> wireWith(const QList<QByteArray> &answers, int &peer)
{
    std::array<int, 2> ends{};
    fuzz::require(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) == 0);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    for (const QByteArray &answer : answers)
        fuzz::require(
            send(ends[1], answer.constData(), static_cast<size_t>(answer.size()), MSG_DONTWAIT)
            == answer.size());
    shutdown(ends[1], SHUT_WR);
    peer = ends[1];
    tpm::Link link;
    link.fd = ends[0];
    link.framing = tpm::Link::Framing::Whole;
    return std::make_unique<tpm::Wire>(
        std::move(link), tpm::Budget(), std::make_shared<tpm::Stop>());
}

} // namespace

/// A whole examination of a TPM that answers whatever it likes.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const bool quiet = setenv("TSS2_LOG", "all+none", 1) == 0;
    fuzz::require(quiet);
    const QList<QByteArray> answers = answersIn(fuzz::copy(bytes, size));
    int peer = -1;
    {
        const auto session = tpm::Session::over(wireWith(answers, peer));
        fuzz::require(session.has_value());
        const auto random = [](int count) { return QByteArray(count, 'n'); };
        const auto properties = tpm::readProperties(**session);
        const auto key = tpm::readEndorsementKey(**session);
        if (key) {
            fuzz::require(tpm::parseEndorsementKey(key->publicArea)->name == key->name);
            const auto certificates =
                tpm::readCertificates(**session, *key, properties ? properties->nvBufferMax : 0);
            if (certificates)
                for (const auto &certificate : *certificates)
                    fuzz::require(certificate.der.startsWith('\x30'));
            std::ignore = tpm::provePossession(**session, *key, random);
        }
        // It ends, and every command was answered or was the last one.
        fuzz::require((*session)->commands() <= answers.size() + 1);
    }
    close(peer);
    return 0;
}
