// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/standin/counter.h"
#include "tests/support/cloud.h"
#include "tests/upload/depot.h"

namespace depot {

/// The stand-in's own rules behind a server that keeps each request, so that a test can count them.
class Watched {
public:
    explicit Watched(const support::Pki &pki) : cloud(pki.server()), m_caFile(pki.caFile())
    {
        cloud.otherwise([this](const support::Cloud::Seen &request) {
            if (spoil)
                if (const QByteArray instead = spoil(request); !instead.isEmpty())
                    return instead;
            return answer(request);
        });
    }
    [[nodiscard]] QByteArray answer(const support::Cloud::Seen &request)
    {
        auto headers = request.headers;
        headers.remove("authorization"); // the counter's clock is another
        const auto response = counter.ask(
            request.verb, request.target.split('?').first(), request.body, std::move(headers));
        QList<QByteArray> lines;
        for (const auto &[name, value] : response.headers)
            lines.append(name + ": " + value);
        return support::Cloud::response(response.status, response.body, lines);
    }
    [[nodiscard]] std::unique_ptr<upload::Client> client(const Watch &watch) const
    {
        return clientOf(cloud.url(), m_caFile, counter::credential(), watch);
    }
    /// Puts devices there that the ledger may know or not.
    void enroll(int first, int last, int keyOffset = 0)
    {
        for (int i = first; i <= last; ++i)
            if (counter
                    .ask("PUT", "/enrollments/" + nameOf(i).toUtf8(),
                        upload::toBody(enrollmentOf(i, i + keyOffset)))
                    .status
                != 200)
                qFatal("not enrolled");
    }
    [[nodiscard]] qsizetype asked(const QByteArray &verb, const QByteArray &end = {}) const
    {
        return std::ranges::count_if(cloud.seen(), [&](const support::Cloud::Seen &request) {
            return request.verb == verb
                && (end.isEmpty() || request.target.split('?').first().endsWith(end));
        });
    }

    counter::Counter counter;
    support::Cloud cloud;
    /// What a request gets in place of its answer; nothing: the answer.
    std::function<QByteArray(const support::Cloud::Seen &)> spoil;

private:
    QString m_caFile;
};

} // namespace depot
