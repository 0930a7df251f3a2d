// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/cloud.h"
#include "tests/support/cloudkeys.h"
#include "upload/client.h"

#include <QTest>

/// What the client's tests share: a client of a scripted service, and waiting for its callback.
namespace caller {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace upload;

inline const QByteArray yes = R"({"isSuccessful":true,"errors":[]})";

inline Credential credential()
{
    return {u"localhost"_s, u"owner"_s, Secret("key")};
}

inline QByteArray record(int number)
{
    return toBody({u"dev-%1"_s.arg(number), support::endorsementKey(number), {}, true, {}});
}

/// Holds a value that a callback will bring.
template <typename T> class Awaited {
public:
    Client::Then<T> then()
    {
        return [this](const Result<T> &result) { m_result = result; };
    }
    const Result<T> &wait()
    {
        if (!QTest::qWaitFor([this] { return m_result.has_value(); }, 20000)) {
            qFatal("no callback came");
        }
        return *m_result;
    }

private:
    std::optional<Result<T>> m_result;
};

inline std::unique_ptr<Client> clientOf(
    const QUrl &url, const support::Pki &pki, bool standIn = false)
{
    Endpoint endpoint;
    endpoint.url = url;
    endpoint.caFile = pki.caFile();
    endpoint.test = true;
    endpoint.requireStandIn = standIn;
    endpoint.largestAnswer = 100'000;
    endpoint.silence = 400ms;
    endpoint.deadline = 800ms;
    auto client = Client::open(endpoint, credential());
    if (!client) {
        qFatal("no client");
    }
    return std::move(*client);
}

inline std::unique_ptr<Client> clientOf(
    const support::Cloud &cloud, const support::Pki &pki, bool standIn = false)
{
    return clientOf(cloud.url(), pki, standIn);
}

} // namespace caller
