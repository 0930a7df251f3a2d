// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/cloudkeys.h"
#include "upload/enrollment.h"
#include "upload/sastoken.h"
#include "upload/standin/service.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

/// What every test of the stand-in's rules needs: a service on a folder of its own, asked directly.
namespace counter {

using namespace Qt::StringLiterals;
using upload::standin::everyRight;
using upload::standin::Policy;
using upload::standin::Response;

constexpr qint64 now = 1'700'000'000; ///< when each test begins

inline upload::Credential credential()
{
    return {u"localhost"_s, u"owner"_s, upload::Secret("key")};
}

inline QByteArray record(int number, int key = -1)
{
    return upload::toBody(
        {u"dev-%1"_s.arg(number), support::endorsementKey(key < 0 ? number : key), {}, true, {}});
}

inline QJsonObject json(const Response &response)
{
    return QJsonDocument::fromJson(response.body).object();
}

inline int codeOf(const Response &response)
{
    return json(response).value(u"errorCode"_s).toInt();
}

/// A service and the books it keeps.
class Counter {
public:
    explicit Counter(const upload::standin::Terms &terms = {}, const QList<Policy> &others = {})
    {
        auto opened = upload::standin::Books::open(m_folder.filePath(u"enrollments.db"_s));
        if (!opened) {
            qFatal("books: %s", qPrintable(opened.error().detail));
        }
        books = std::move(*opened);
        m_service = std::make_unique<upload::standin::Service>(
            *books, QList<Policy>{{credential(), everyRight}} + others, terms,
            [this] { return moments; }, [](int bytes) { return QByteArray(bytes, '\x42'); });
    }
    Response ask(const QByteArray &verb, const QByteArray &path, const QByteArray &body = {},
        QHash<QByteArray, QByteArray> headers = {}, const QByteArray &version = "2021-10-01")
    {
        if (!headers.contains("authorization")) {
            headers.insert("authorization",
                upload::signToken(u"localhost"_s, credential().key, u"owner"_s, now + 60));
        }
        return m_service->answer({verb, path, {{"api-version", version}}, headers, body});
    }

    [[nodiscard]] qint64 count() const
    {
        return upload::standin::Enrollments(*books).count().value_or(-1);
    }
    void wait(std::chrono::seconds time)
    {
        moments.utcUs += time.count() * 1'000'000;
        moments.monotonicUs += time.count() * 1'000'000;
    }

    std::unique_ptr<upload::standin::Books> books;
    station::Moments moments{now * 1'000'000, 0, station::Moments::State::Synced};

private:
    QTemporaryDir m_folder;
    std::unique_ptr<upload::standin::Service> m_service;
};

} // namespace counter
