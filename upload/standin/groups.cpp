// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/groups.h"

#include "upload/standin/codes.h"

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

Response notAllowed()
{
    return errorResponse(code::badRequest,
        u"TPM attestation is not allowed in enrollment groups; enroll each device by itself"_s);
}

Response absent()
{
    return errorResponse(404201, u"Enrollment group not found"_s);
}

} // namespace

Response answerGroups(const Request &request, const QList<QByteArray> &segments)
{
    const bool isPost = request.verb == "POST";
    if (segments.size() == 1) {
        return isPost ? notAllowed() : wrongVerb("POST");
    }
    if (segments.size() == 2 && isPost && segments.at(1) == "query") {
        return {200,
            {{"Content-Type", "application/json; charset=utf-8"},
                {"x-ms-item-type", "enrollmentGroup"}},
            "[]"};
    }
    if (segments.size() == 2) {
        return request.verb == "PUT"                            ? notAllowed()
            : request.verb == "GET" || request.verb == "DELETE" ? absent()
                                                                : wrongVerb("GET, PUT, DELETE");
    }
    if (segments.size() == 3 && segments.at(2) == "attestationmechanism") {
        return isPost ? absent() : wrongVerb("POST");
    }
    return errorResponse(code::noSuchPath, u"there is nothing at this path"_s);
}

} // namespace upload::standin
