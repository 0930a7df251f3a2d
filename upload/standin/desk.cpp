// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/standin/desk.h"

#include "upload/standin/codes.h"
#include "upload/standin/record.h"

using namespace Qt::StringLiterals;

namespace upload::standin {

namespace {

Response withEtag(Response response, const QString &etag)
{
    response.headers.append({"ETag", etag.toLatin1()});
    return response;
}

Refusal broken(const Error &error)
{
    return {code::broken, error.detail};
}

} // namespace

Desk::Desk(Books &books, const Terms &terms, station::Clock clock)
    : m_books(books), m_enrollments(books), m_registrations(books), m_terms(terms),
      m_clock(std::move(clock))
{
}

Ruled<Stored> Desk::look(const QString &registrationId)
{
    const auto found = m_enrollments.find(registrationId);
    if (!found) {
        return std::unexpected(broken(found.error()));
    }
    if (!*found) {
        return std::unexpected(
            Refusal{m_terms.assumptions.noEnrollment, u"Enrollment not found"_s});
    }
    return **found;
}

Ruled<Registration> Desk::lookRegistered(const QString &registrationId)
{
    const auto found = m_registrations.find(registrationId);
    if (!found) {
        return std::unexpected(broken(found.error()));
    }
    if (!*found) {
        return std::unexpected(
            Refusal{m_terms.assumptions.noRegistration, u"Registration not found"_s});
    }
    return **found;
}

Ruled<Stored> Desk::keep(
    const QString &registrationId, const QJsonObject &record, const std::optional<QString> &ifMatch)
{
    if (const auto fault = faultOf(registrationId, record, m_terms.assumptions.eccKeys)) {
        return std::unexpected(*fault);
    }
    const auto found = m_enrollments.find(registrationId);
    const auto count = m_enrollments.count();
    if (!found || !count) {
        return std::unexpected(broken(found ? count.error() : found.error()));
    }
    const std::optional<Stored> &present = *found;
    if (present && !ifMatch) {
        return std::unexpected(Refusal{code::exists, u"Enrollment already exists"_s});
    }
    if (ifMatch && (!present || !matches(*ifMatch, present->etag))) {
        return std::unexpected(Refusal{code::mismatch, u"Precondition failed"_s});
    }
    if (!present && *count >= m_terms.mostEnrollments) {
        return std::unexpected(Refusal{code::badRequest,
            u"the service holds %1 enrollments, and takes no more"_s.arg(*count)});
    }
    const qint64 now = nowMs();
    const QString id = present ? present->registrationId : registrationId;
    const Stored stored{
        id, cleaned(id, record), newEtag(), present ? present->createdMs : now, now};
    if (const auto done = m_enrollments.store(stored); !done) {
        return std::unexpected(broken(done.error()));
    }
    return stored;
}

/// A registration goes with the enrollment that allowed it.
Ruled<bool> Desk::drop(const QString &registrationId, const std::optional<QString> &ifMatch)
{
    const auto present = look(registrationId);
    if (!present) {
        return std::unexpected(present.error());
    }
    if (ifMatch && !matches(*ifMatch, present->etag)) {
        return std::unexpected(Refusal{code::mismatch, u"Precondition failed"_s});
    }
    const auto forgotten = m_registrations.remove(registrationId);
    const auto removed = forgotten ? m_enrollments.remove(registrationId) : forgotten;
    if (!removed) {
        return std::unexpected(broken(removed.error()));
    }
    return *removed;
}

QJsonObject Desk::shown(const Stored &stored)
{
    QJsonObject record = stored.record;
    record.insert(u"etag"_s, stored.etag);
    record.insert(u"createdDateTimeUtc"_s, timeOf(stored.createdMs));
    record.insert(u"lastUpdatedDateTimeUtc"_s, timeOf(stored.updatedMs));
    if (const auto registered = lookRegistered(stored.registrationId)) {
        record.insert(u"registrationState"_s, registered->state(nowMs()));
    }
    return record;
}

Response Desk::get(const QString &registrationId)
{
    const auto present = look(registrationId);
    return present ? withEtag(jsonResponse(200, shown(*present)), present->etag)
                   : refused(present.error());
}

Response Desk::put(const QString &registrationId, const Request &request)
{
    const auto record = objectOf(request);
    if (!record) {
        return refused(record.error());
    }
    const QString named = record->value(u"registrationId"_s).toString();
    if (named.compare(registrationId, Qt::CaseInsensitive) != 0) {
        return errorResponse(
            code::badRequest, u"the body is not an enrollment with the path's registrationId"_s);
    }
    const auto kept = keep(registrationId, *record, ifMatchOf(request));
    return kept ? withEtag(jsonResponse(200, shown(*kept)), kept->etag) : refused(kept.error());
}

Response Desk::remove(const QString &registrationId, const Request &request)
{
    const bool begun = m_books.begin();
    const auto dropped = drop(registrationId, ifMatchOf(request));
    if (!dropped) {
        m_books.rollback();
        return refused(dropped.error());
    }
    return begun && m_books.commit()
        ? Response{204, {}, {}}
        : errorResponse(code::broken, u"the enrollment could not be removed"_s);
}

Response Desk::attestation(const QString &registrationId)
{
    const auto present = look(registrationId);
    return present ? jsonResponse(200, present->record.value(u"attestation"_s).toObject())
                   : refused(present.error());
}

Response Desk::registration(const QString &registrationId)
{
    const auto present = lookRegistered(registrationId);
    return present ? withEtag(jsonResponse(200, present->state(nowMs())), present->etag)
                   : refused(present.error());
}

Response Desk::removeRegistration(const QString &registrationId, const Request &request)
{
    const auto present = lookRegistered(registrationId);
    if (!present) {
        return refused(present.error());
    }
    if (const auto ifMatch = ifMatchOf(request); ifMatch && !matches(*ifMatch, present->etag)) {
        return errorResponse(code::mismatch, u"Precondition failed"_s);
    }
    const auto removed = m_registrations.remove(registrationId);
    return removed ? Response{204, {}, {}} : refused(broken(removed.error()));
}

} // namespace upload::standin
