// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/order.h"

namespace station {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<Error> refused(const QString &why)
{
    return std::unexpected(Error{Fault::Refused, u"order: "_s + why});
}

} // namespace

OrderGate::OrderGate(Order order, QSet<QString> passed, bool isFirstDone)
    : m_order(std::move(order)), m_passed(std::move(passed)), m_isFirstDone(isFirstDone)
{
}

Result<Device> OrderGate::admit(const Device &device)
{
    if (m_order.ref.isEmpty())
        return device;
    for (const auto &[what, its, ours] : {std::tuple{u"order"_s, device.order, m_order.ref},
             {u"customer"_s, device.customer, m_order.customer},
             {u"product"_s, device.product, m_order.product}})
        if (!its.isEmpty() && its != ours)
            return refused(u"%1 is of %2 %3, this station works for order %4, %2 %5"_s.arg(
                device.serial, what, its, m_order.ref, ours));
    const QSet<QString> counted = m_passed + m_running;
    if (!counted.contains(device.serial) && counted.size() >= m_order.quantity)
        return refused(u"%1 would be one more than the %2 of order %3"_s.arg(device.serial)
                .arg(m_order.quantity)
                .arg(m_order.ref));
    if (!m_isFirstDone && !m_running.isEmpty() && !m_running.contains(device.serial))
        return refused(u"%1 waits until the first piece of order %2 has passed: %3"_s.arg(
            device.serial, m_order.ref, *m_running.cbegin()));
    m_running.insert(device.serial);
    Device known = device;
    known.order = m_order.ref;
    known.customer = m_order.customer;
    known.product = m_order.product;
    return known;
}

void OrderGate::ended(const QString &serial, Verdict verdict)
{
    m_running.remove(serial);
    if (verdict != Verdict::Pass || m_order.ref.isEmpty())
        return;
    m_passed.insert(serial);
    m_isFirstDone = true;
}

void OrderGate::left(const QString &serial)
{
    m_running.remove(serial);
}

} // namespace station
