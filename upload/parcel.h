// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "station/delivery.h"
#include "upload/client.h"

namespace upload {

/// What became of a parcel.
struct Outcome {
    /// Not settled this time; to be given back with a time at which it is due again.
    struct Returned {
        station::Settlement settlement;
        int attempts = 0;

        bool operator==(const Returned &) const = default;
    };

    QList<station::Settlement> settled;
    QList<Returned> returned;
    std::optional<Error> fault; ///< what kept the rest from being tried

    bool operator==(const Outcome &) const = default;
};

/// A handful of leased deliveries on their way to the service, one exchange after the other. Stops
/// at the first fault that concerns the service as a whole. Emits ended() once.
class Parcel : public QObject {
    Q_OBJECT
public:
    /// At most `largestBulk` deliveries; those in `uncertain` are read back before they are sent.
    Parcel(Client &client, const QList<station::Delivery> &deliveries,
        const QList<qint64> &uncertain, QObject *parent);

    void start();
    void halt() { m_isHalted = true; } ///< ends after the exchange under way

Q_SIGNALS:
    void ended(const upload::Outcome &outcome);

private:
    /// What a read-back is to find out.
    enum class Doubt { None, MayBeSent, Exists, Acknowledged };
    struct Item {
        station::Delivery delivery;
        Enrollment wanted;
        Doubt doubt = Doubt::None;
    };

    void sort(const station::Delivery &delivery, bool isUncertain);
    void step();
    void read(const Item &item);
    void judgeRead(const Item &item, const Result<Enrollment> &found);
    void send();
    void judgeSent(const QList<Item> &items, const Result<BulkAnswer> &answer);
    void judgeUnsent(const QList<Item> &items, const Error &error);
    void judgeCode(const Item &item, int code, const QString &text);
    void alter(const Item &item);
    void settle(const Item &item, station::DeliveryState state, int code = 0,
        const QString &text = QString());
    void giveBack(const Item &item, int code, const QString &text);
    void fail(const QList<Item> &items, const Error &error);
    template <typename Judge> auto then(Judge judge);

    Client &m_client;
    QList<Item> m_toRead;
    QList<Item> m_toAlter;
    QList<Item> m_toSend;
    bool m_isSingly = false; ///< one record in each call, since one of them spoils the bulk
    bool m_isHalted = false;
    Outcome m_outcome;
};

} // namespace upload
