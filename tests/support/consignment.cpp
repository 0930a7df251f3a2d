// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/consignment.h"

#include "tests/support/plainsql.h"
#include "tests/support/program.h"
#include "tests/support/standin.h"
#include "upload/enrollment.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

namespace support {

using namespace Qt::StringLiterals;
using station::Purpose;

Consignment::Consignment(QString folder, Purpose purpose, const QString &url)
    : m_folder(std::move(folder))
{
    QDir().mkpath(m_folder);
    m_place.url = url.isEmpty() ? u"sqlite:ledger.db"_s : url;
    m_place.folder = m_folder;
    m_place.stationId = u"line1-a"_s;
    m_place.purpose = purpose;
    std::ignore = open();
}

std::unique_ptr<station::Store> Consignment::open() const
{
    auto store = station::Store::open(m_place);
    if (!store)
        qFatal("%s", qPrintable(store.error().detail));
    return std::move(*store);
}

QString Consignment::ledgerUrl() const
{
    return m_place.url == "sqlite:ledger.db"_L1 ? u"sqlite:"_s + path(u"ledger.db"_s) : m_place.url;
}

void Consignment::makeOlder() const
{
    for (const QString &step : {u"DROP TABLE badge_salt"_s, u"DROP TABLE login"_s,
             u"UPDATE meta SET schema = schema - 1"_s})
        QCOMPARE(rowsOf(path(u"ledger.db"_s), step), QList<QVariantList>());
}

void Consignment::askWhoWorks() const
{
    QFile file(path(u"station.toml"_s));
    QVERIFY(file.open(QIODevice::Append) && file.write("\n[login]\nrequired = true\n") > 0);
}

void Consignment::writeStation(const QByteArray &id, const StandIn *service) const
{
    const QByteArray to = service == nullptr ? QByteArray()
                                             : "[service.main]\nurl = \""
            + service->url().toString().toUtf8() + "\"\nid_scope = \"" + service->idScope().toUtf8()
            + "\"\ncredential = \"file:" + service->credentialFile().toUtf8() + "\"\nca = \""
            + service->caFile().toUtf8() + "\"\ntest = true\nquota_per_minute = 100000\n";
    QFile file(path(u"station.toml"_s));
    const QByteArray text = "schema = 1\n[station]\nid = \"" + id
        + "\"\npurpose = \"production\"\n[ledger]\nurl = \"" + m_place.url.toUtf8()
        + "\"\n[line]\nplan = \"production\"\n[[slot]]\nname = \"1\"\n"
          "target = \"device:/dev/null\"\n"
        + to;
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s", qPrintable(file.errorString()));
}

QByteArray Consignment::keyOf(int number)
{
    static const QByteArray known = [] {
        QFile file(QStringLiteral(SOURCE_FOLDER "/tests/data/endorsement.base64"));
        file.open(QIODevice::ReadOnly);
        return QByteArray::fromBase64(file.readAll().trimmed());
    }();
    // The modulus ends the structure: 256 bytes, the first bit set, odd.
    QByteArray modulus;
    for (int part = 0; part < 8; ++part)
        modulus +=
            QCryptographicHash::hash(QByteArray::number(number) + '/' + QByteArray::number(part),
                QCryptographicHash::Sha256);
    modulus[0] = static_cast<char>(modulus[0] | 0x80);
    modulus[255] = static_cast<char>(modulus[255] | 0x01);
    return known.chopped(256) + modulus;
}

station::Proposal Consignment::passed(int number) const
{
    const QString serial =
        u"%1"_s.arg(number, 8, 10, QLatin1Char('0')); // as spreadsheets love them
    const auto key = tpm::parseEndorsementKey(keyOf(number));
    if (!key)
        qFatal("%s", qPrintable(key.error().detail));
    station::Proposal proposal;
    proposal.device.serial = serial;
    proposal.device.order = u"ORDER-1"_s;
    proposal.device.customer = u"ACME"_s;
    proposal.device.product = u"gateway"_s;
    proposal.slot = u"1"_s;
    proposal.planName = u"production"_s;
    proposal.planVersion = u"1.1.0"_s;
    proposal.planSha256 = station::loadPlan(u"production"_s, {})->sha256;
    proposal.purpose = m_place.purpose;
    proposal.examination.target = u"device:/dev/tpmrm0"_s;
    proposal.examination.verdict = station::Verdict::Pass;
    proposal.examination.key = *key;
    tpm::Properties properties;
    properties.manufacturer = u"IFX"_s;
    proposal.examination.properties = properties;
    for (const QString &check : {u"presence"_s, u"certificate"_s, u"chain"_s, u"challenge"_s})
        proposal.examination.findings.append({check, station::Outcome::Pass, {}, {}, {}, 3});
    const upload::Enrollment enrollment{.registrationId = key->registrationId(),
        .endorsementKey = key->base64(),
        .deviceId = u"dev-"_s + serial};
    proposal.enrollment = upload::makePayload(u"main"_s, enrollment);
    return proposal;
}

void Consignment::record(int first, int last, const QString &order, const QString &customer)
{
    const auto store = open();
    for (int number = first; number <= last; ++number) {
        station::Proposal proposal = passed(number);
        proposal.device.order = order;
        proposal.device.customer = customer;
        if (const auto recorded = store->record(proposal); !recorded)
            qFatal("%s", qPrintable(recorded.error().detail));
    }
}

void Consignment::record(const station::Proposal &proposal)
{
    if (const auto recorded = open()->record(proposal); !recorded)
        qFatal("%s", qPrintable(recorded.error().detail));
}

void Consignment::makeSigner(const QString &name) const
{
    const Ran ran = run(u"openssl"_s,
        {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s,
            u"-nodes"_s, u"-days"_s, u"30"_s, u"-subj"_s, u"/CN="_s + name, u"-keyout"_s,
            path(name + u".key"_s), u"-out"_s, path(name + u".pem"_s)});
    if (ran.exit != 0)
        qFatal("%s", ran.said().constData());
    QFile::setPermissions(path(name + u".key"_s), QFile::ReadOwner | QFile::WriteOwner);
}

QStringList Consignment::signer(const QString &name) const
{
    return {u"--key"_s, path(name + u".key"_s), u"--certificate"_s, path(name + u".pem"_s)};
}

} // namespace support
