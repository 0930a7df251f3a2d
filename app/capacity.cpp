// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/capacity.h"

#include "app/wiring.h"
#include "station/ledgerreader.h"

namespace app {

using namespace Qt::StringLiterals;

Symptom capacitySymptom(const Settings &settings, const QString &service, qint64 enrolled)
{
    const qint64 capacity = settings.services.value(service).capacity;
    const bool hasRoom = enrolled < capacity - capacity / 10;
    return {.what = u"room at "_s + service,
        .healthy = hasRoom,
        .seen = u"%L1 of %L2 enrollments"_s.arg(enrolled).arg(capacity),
        .cure = hasRoom
            ? QString()
            : u"let [[enroll.route]] of the plan send some orders to another service, or delete "
              "what nobody needs any more"_s};
}

Symptom capacitySymptom(const Settings &settings, const QString &service)
{
    auto reader =
        station::LedgerReader::open(ledgerPlace(settings, station::LedgerPlace::Role::Courier));
    const auto enrolled = reader ? reader->countEnrolled(service) : std::unexpected(reader.error());
    return capacitySymptom(settings, service, enrolled.value_or(0));
}

QStringList capacityWarnings(const Settings &settings)
{
    QStringList warnings;
    for (const QString &service : settings.services.keys())
        if (const Symptom symptom = capacitySymptom(settings, service); !symptom.healthy)
            warnings.append(u"%1: %2. To do: %3"_s.arg(symptom.what, symptom.seen, symptom.cure));
    return warnings;
}

} // namespace app
