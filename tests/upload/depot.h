// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/station/shopfloor.h"
#include "tests/support/cloudkeys.h"
#include "upload/outbox.h"
#include "upload/standin/server.h"

#include <QJsonDocument>

/// What the outbox's tests share: a ledger with deliveries, a stand-in, and outboxes between them.
/// All of them read one clock, which stands until it is moved.
namespace depot {

using namespace Qt::StringLiterals;
using shopfloor::Watch;
using station::DeliveryCounts;
using station::DeliveryState;
using station::Ledger;
using station::Settlement;
using upload::standin::Enrollments;
using upload::standin::Mischief;
using State = upload::Rest::State;

inline QString nameOf(int number)
{
    return u"dev-%1"_s.arg(number);
}

/// A device whose EK follows from `key`.
inline upload::Enrollment enrollmentOf(int number, int key)
{
    return {nameOf(number), support::endorsementKey(key), nameOf(number), true, {}};
}

/// Records the devices `first` … `last`, so that one delivery waits for each.
inline void fill(Ledger &ledger, int first, int last)
{
    for (int i = first; i <= last; ++i) {
        auto proposal = shopfloor::passOf(u"SN-%1"_s.arg(i), i);
        proposal.enrollment = upload::makePayload(u"main"_s,
            {.registrationId = nameOf(i),
                .endorsementKey = support::endorsementKey(i),
                .deviceId = nameOf(i)});
        if (i < last) {
            ledger.record(proposal);
        } else if (const auto recorded = shopfloor::record(ledger, proposal);
            !recorded || recorded->delivery != DeliveryState::Pending) {
            qFatal("no delivery was queued");
        }
    }
}

/// Deliveries for the devices `first` … `last` in one transaction, all of the ledger's first entry:
/// for so many that recording each would take minutes.
inline void stock(const station::LedgerPlace &place, int first, int last)
{
    const auto database = shopfloor::rawDatabase(place);
    const auto stocked = database->transact([&]() -> station::Result<void> {
        for (int i = first; i <= last; ++i) {
            const auto payload = upload::makePayload(u"main"_s, enrollmentOf(i, i));
            auto added = database->change(
                u"INSERT INTO delivery (station_id, seq, kind, destination, key, payload, state, "
                "attempts, next_at_us, lease_owner, lease_until_us, service_code, service_text) "
                "VALUES (?, 1, 'enroll', 'main', ?, ?, 'pending', 0, 0, '', 0, 0, '')"_s,
                {place.stationId, payload.key, payload.body});
            if (!added)
                return std::unexpected(added.error());
        }
        return {};
    });
    if (!stocked)
        qFatal("not stocked: %s", qPrintable(stocked.error().detail));
}

inline std::unique_ptr<upload::Client> clientOf(const QUrl &url, const QString &caFile,
    const upload::Credential &credential, const Watch &watch, bool isTraining = false,
    std::chrono::milliseconds silence = std::chrono::seconds(10))
{
    upload::Endpoint endpoint;
    endpoint.url = url;
    endpoint.caFile = caFile;
    endpoint.test = !isTraining;
    endpoint.requireStandIn = isTraining;
    endpoint.silence = silence;
    auto client = upload::Client::open(endpoint, credential, watch.clock());
    if (!client) {
        qFatal("client: %s", qPrintable(client.error().detail));
    }
    return std::move(*client);
}

/// A stand-in on a folder of its own; it can go away and come back on the same port.
class House {
public:
    explicit House(const Watch &watch)
    {
        m_place.folder = m_folder.path();
        m_place.clock = watch.clock();
        open();
    }
    void open(const Mischief &mischief = {})
    {
        m_server.reset(); // frees the port
        m_place.terms.mischief = mischief;
        auto server = upload::standin::Server::start(m_place);
        if (!server) {
            qFatal("stand-in: %s", qPrintable(server.error().detail));
        }
        m_server = std::move(*server);
        m_url = m_server->url();
        m_authority = m_server->authority();
        m_place.port = static_cast<quint16>(m_url.port());
    }
    void close() { m_server.reset(); }
    [[nodiscard]] std::unique_ptr<upload::Client> client(
        const Watch &watch, bool isTraining = false) const
    {
        return clientOf(m_url, m_authority.caFile, m_authority.credential, watch, isTraining);
    }
    /// Puts something there that the ledger knows nothing of.
    void enroll(const upload::Enrollment &enrollment)
    {
        const QByteArray body = upload::toBody(enrollment);
        const auto open = books();
        auto stored = Enrollments(*open).store(
            {enrollment.registrationId, QJsonDocument::fromJson(body).object(), u"\"1\""_s, 0, 0});
        if (!stored) {
            qFatal("not stored");
        }
    }
    void forget(int number)
    {
        const auto open = books();
        if (!Enrollments(*open).remove(nameOf(number)).value_or(false)) {
            qFatal("not there");
        }
    }
    [[nodiscard]] qint64 count() const
    {
        const auto open = books();
        return Enrollments(*open).count().value_or(-1);
    }
    /// The base64 of the EK that is enrolled; empty where there is none.
    [[nodiscard]] QByteArray keyOf(int number) const
    {
        const auto open = books();
        const auto found = Enrollments(*open).find(nameOf(number));
        if (!found || !*found) {
            return {};
        }
        const auto enrollment = upload::enrollmentOf((*found)->record);
        return enrollment ? enrollment->endorsementKey : QByteArray();
    }
    [[nodiscard]] const QUrl &url() const { return m_url; }
    [[nodiscard]] const upload::standin::Authority &authority() const { return m_authority; }

private:
    [[nodiscard]] std::unique_ptr<upload::standin::Books> books() const
    {
        auto opened = upload::standin::Books::open(m_folder.filePath(u"enrollments.db"_s));
        if (!opened) {
            qFatal("books: %s", qPrintable(opened.error().detail));
        }
        return std::move(*opened);
    }

    QTemporaryDir m_folder;
    upload::standin::Place m_place;
    upload::standin::Authority m_authority;
    QUrl m_url;
    std::unique_ptr<upload::standin::Server> m_server;
};

inline upload::OutboxOptions options(const Watch &watch, const QString &owner = u"one"_s)
{
    upload::OutboxOptions options;
    options.destination = u"main"_s;
    options.owner = owner;
    options.quotaPerMinute = 1'000'000;
    options.clock = watch.clock();
    options.random = [](int bytes) { return QByteArray(bytes, '\0'); };
    return options;
}

/// An outbox, what it said, and waiting for it.
class Driver {
public:
    Driver(Ledger &ledger, upload::Client &client, const upload::OutboxOptions &options)
        : outbox(ledger, client, options)
    {
        QObject::connect(&outbox, &upload::Outbox::settled, &outbox,
            [this](const Settlement &settlement) { settled.append(settlement); });
        QObject::connect(&outbox, &upload::Outbox::rested, &outbox,
            [this](const upload::Rest &rest) { rests.append(rest); });
    }
    /// One run.
    upload::Rest work()
    {
        const qsizetype before = rests.size();
        outbox.wake();
        if (!QTest::qWaitFor([&] { return rests.size() > before; }, 20'000)) {
            qFatal("the outbox does not rest");
        }
        return rests.last();
    }
    /// Runs, with the time between them passing at once, until all is delivered or a person has to
    /// come.
    upload::Rest workUntilDone(const Watch &watch, int mostRuns = 40)
    {
        upload::Rest rest = work();
        for (int i = 1;
            i < mostRuns && rest.state != State::Delivered && rest.state != State::NeedsPerson;
            ++i) {
            watch.add(121); // whatever was to be waited for is over
            rest = work();
        }
        return rest;
    }
    [[nodiscard]] QList<Settlement> settledAs(DeliveryState state) const
    {
        QList<Settlement> found;
        std::ranges::copy_if(settled, std::back_inserter(found),
            [state](const Settlement &settlement) { return settlement.state == state; });
        return found;
    }

    upload::Outbox outbox;
    QList<Settlement> settled;
    QList<upload::Rest> rests;
};

} // namespace depot
