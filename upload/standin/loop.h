// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upload/standin/server.h"

#include <microhttpd.h>

#include <deque>
#include <unordered_map>

namespace upload::standin {

/// The event loop around libmicrohttpd: every call of it, and every call to us, is on one thread.
/// An external loop rather than libmicrohttpd's own thread, because only here can a connection be
/// closed that drips bytes for ever: the library's timeout knows idleness, not age.
class Server::Loop {
public:
    explicit Loop(const Place &place);
    ~Loop();
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    [[nodiscard]] Result<quint16> listen(const Authority &authority); ///< the port
    /// Until `stop` becomes readable. Tells once, first of all, whether the store could be opened.
    void run(int stop, const QList<Policy> &policies,
        const std::function<void(const Result<bool> &)> &opened);

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Line {
        Time since; ///< when it began its present request, or went idle
        bool isIdle = true;
    };
    struct Exchange {
        Request request;
        Response response;
        bool isTooLarge = false;
        bool isAnswered = false;
    };
    struct Delayed {
        Time due;
        MHD_Connection *connection;
    };

    static MHD_Result access(void *self, MHD_Connection *connection, const char *path,
        const char *verb, const char *version, const char *bytes, size_t *size, void **exchange);
    static void completed(
        void *self, MHD_Connection *connection, void **exchange, MHD_RequestTerminationCode code);
    static void connected(void *self, MHD_Connection *connection, void **context,
        MHD_ConnectionNotificationCode code);

    MHD_Result begin(
        MHD_Connection *connection, const char *path, const char *verb, void **exchange);
    MHD_Result take(Exchange &exchange, const char *bytes, size_t *size) const;
    MHD_Result respond(MHD_Connection *connection, Exchange &exchange);
    static MHD_Result send(MHD_Connection *connection, const Response &response);
    void waitForWork(int stop);
    void resumeDue(Time now);
    void closeOverdue(Time now);
    void closeIdlest();

    Place m_place;
    MHD_Daemon *m_daemon = nullptr;
    Service *m_service = nullptr; ///< on run()'s stack
    std::unordered_map<MHD_Connection *, Line> m_lines;
    std::deque<Delayed> m_delayed; ///< suspended; in order, as the latency is the same for all
    bool m_isStopping = false;
};

} // namespace upload::standin
