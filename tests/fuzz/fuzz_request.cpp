// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/entry.h"
#include "upload/sastoken.h"
#include "upload/standin/service.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace upload::standin;

namespace {

constexpr qint64 now = 1'700'000'000;

/// One service for the whole run, on a database in memory.
class House {
public:
    House()
        : m_books(Books::open(u":memory:"_s)),
          m_service(
              **m_books, {{{u"localhost"_s, u"owner"_s, upload::Secret("key")}}}, {},
              [] { return station::Moments{now * 1'000'000, 0, {}}; },
              [](int bytes) { return QByteArray(bytes, '\x42'); })
    {
    }
    Response answer(const Request &request) { return m_service.answer(request); }

private:
    upload::Result<std::unique_ptr<Books>> m_books;
    Service m_service;
};

/// "VERB PATH?ARGUMENTS", header lines, an empty line, a body. A header without a value stands for
/// one that a client cannot invent: a token of the owner, or of device dev-1.
Request requestOf(const QByteArray &input)
{
    Request request;
    const qsizetype end = input.indexOf("\n\n");
    const QByteArray head = end < 0 ? input : input.left(end);
    request.body = end < 0 ? QByteArray() : input.mid(end + 2);
    const QList<QByteArray> lines = head.split('\n');
    request.verb = lines.first().split(' ').first();
    const QByteArray target = lines.first().mid(request.verb.size() + 1);
    request.path = target.split('?').first();
    request.arguments.insert("api-version", target.split('=').last());
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(": ");
        request.headers.insert(
            line.left(colon).toLower(), colon < 0 ? QByteArray() : line.mid(colon + 2));
    }
    if (request.headers.contains("owner")) {
        request.headers["authorization"] =
            upload::signToken(u"localhost"_s, upload::Secret("key"), u"owner"_s, now + 60);
    } else if (request.headers.contains("device")) {
        request.headers["authorization"] = upload::signToken(u"0ne00000000/registrations/dev-1"_s,
            upload::Secret(QByteArray(32, '\x42')), u"registration"_s, now + 60);
    }
    return request;
}

} // namespace

/// What clients and devices ask of the stand-in, behind the HTTP library.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static int count = 0;
    static char *no = nullptr;
    static QCoreApplication application(count, &no);
    static House house;
    const Response response = house.answer(requestOf(fuzz::copy(bytes, size)));
    fuzz::require(response.status >= 200 && response.status < 600);
    fuzz::require(response.header("x-ekstation-stand-in") == "1");
    fuzz::require(response.body.isEmpty() == (response.status == 204));
    for (const auto &[name, value] : response.headers) {
        fuzz::require(!value.contains('\n') && !value.contains('\r') && !value.contains('\0'));
    }
    if (response.status == 204) {
        return 0;
    }
    const QJsonDocument said = QJsonDocument::fromJson(response.body);
    fuzz::require(said.isObject() || said.isArray());
    const int code = said.object().value(u"errorCode"_s).toInt();
    const bool isChallenge =
        response.status == 401 && said.object().contains(u"authenticationKey"_s);
    fuzz::require(response.status < 400 || isChallenge || code / 1000 == response.status);
    fuzz::require(code == 0 || response.header("x-ms-error-code") == QByteArray::number(code));
    return 0;
}
