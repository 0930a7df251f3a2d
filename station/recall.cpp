// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/recall.h"

#include "tpm/issuer.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace station {

using namespace Qt::StringLiterals;

namespace {

using State = Advisory::State;

/// The vendor string is looked up only where manufacturer and firmware alone would be affected.
State stateOf(const Suspect &suspect, const Advisory &advisory)
{
    Advisory anyModel = advisory;
    anyModel.models.clear();
    const State state = anyModel.judge(suspect.manufacturer, {}, suspect.firmware);
    if (advisory.models.isEmpty() || state == State::OtherVendor || state == State::Fixed)
        return state;
    if (suspect.body.isNull()) // archived
        return State::Unknown;
    const QJsonObject body = QJsonDocument::fromJson(suspect.body).object();
    return advisory.judge(
        suspect.manufacturer, body[u"tpm"][u"vendorString"].toString(), suspect.firmware);
}

Concern concernOf(const Suspect &suspect, const QList<Advisory> &advisories)
{
    Concern concern = Concern::None;
    for (const Advisory &advisory : advisories)
        switch (stateOf(suspect, advisory)) {
        case State::Affected:
            return Concern::Affected;
        case State::Unknown:
            concern = Concern::Undecided;
            break;
        case State::Fixed:
        case State::OtherVendor:
            break;
        }
    return concern;
}

/// The issuer and everybody below it: an authority that is revoked takes its own along.
QSet<QString> withThoseBelow(const QString &name, const tpm::Anchors &anchors)
{
    QSet<QString> names{name};
    const QList<tpm::Anchor> known = describe(anchors);
    for (qsizetype before = 0; before != names.size();) {
        before = names.size();
        for (const tpm::Anchor &anchor : known)
            if (anchor.kind == tpm::Anchor::Kind::Intermediate && names.contains(anchor.issuer))
                names.insert(anchor.subject);
    }
    return names;
}

} // namespace

Result<Recall> recallByAdvisory(const QList<Advisory> &all, const QString &id)
{
    QList<Advisory> named;
    for (const Advisory &advisory : all)
        if (advisory.id.split(u' ').contains(id) || advisory.id == id)
            named.append(advisory);
    if (named.isEmpty())
        return std::unexpected(Error{Fault::Missing, u"no advisory %1"_s.arg(id)});
    const bool needsBodies =
        std::ranges::any_of(named, [](const Advisory &one) { return !one.models.isEmpty(); });
    // A line sees few firmwares and many devices.
    auto seen = std::make_shared<QHash<std::pair<QString, QString>, Concern>>();
    return Recall{needsBodies, true, [named, needsBodies, seen](const Suspect &suspect) {
                      if (needsBodies)
                          return concernOf(suspect, named);
                      const std::pair key(suspect.manufacturer, suspect.firmware);
                      const auto at = seen->constFind(key);
                      return at != seen->constEnd() ? *at
                                                    : *seen->insert(key, concernOf(suspect, named));
                  }};
}

QList<QByteArray> issuersIn(const QByteArray &body)
{
    // Between quotes a quote would be escaped, so this stands nowhere but before a certificate.
    // Reading a million bodies as JSON takes minutes.
    constexpr QByteArrayView key = "\"der\":\"";
    QList<QByteArray> issuers;
    for (qsizetype at = body.indexOf(key); at >= 0; at = body.indexOf(key, at)) {
        at += key.size();
        const QByteArray der = QByteArray::fromBase64(body.mid(at, body.indexOf('"', at) - at));
        if (QByteArray issuer = tpm::issuerIn(der); !issuer.isEmpty())
            issuers.append(issuer);
    }
    return issuers;
}

Result<Recall> recallByIssuer(const QString &name, const tpm::Anchors &anchors)
{
    if (name.trimmed().isEmpty())
        return std::unexpected(Error{Fault::Syntax, u"an issuer without a name"_s});
    const QSet<QString> names = withThoseBelow(name.trimmed(), anchors);
    auto seen = std::make_shared<QHash<QByteArray, bool>>();
    return Recall{true, false, [names, seen](const Suspect &suspect) {
                      if (suspect.body.isNull())
                          return suspect.ekSha256.isEmpty() ? Concern::None : Concern::Undecided;
                      for (const QByteArray &issuer : issuersIn(suspect.body)) {
                          auto at = seen->constFind(issuer);
                          if (at == seen->constEnd())
                              at = seen->insert(issuer, names.contains(tpm::nameOfDer(issuer)));
                          if (*at)
                              return Concern::Affected;
                      }
                      return Concern::None;
                  }};
}

Recall recallByList(const SupplierList &list)
{
    return {false, false, [list](const Suspect &suspect) {
                using Answer = SupplierList::Answer;
                const Answer answer =
                    list.find(QByteArray::fromHex(suspect.ekSha256.toLatin1()), suspect.serial);
                return answer == Answer::Delivered || answer == Answer::OtherSerial
                    ? Concern::Affected
                    : Concern::None;
            }};
}

} // namespace station
