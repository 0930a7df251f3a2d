// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/standin.h"

#include "upload/enrollment.h"
#include "upload/sastoken.h"

#include <QDir>
#include <QTest>

#include <csignal>

namespace support {

using namespace Qt::StringLiterals;

StandIn::StandIn(QString folder, const QStringList &more)
    : m_folder(std::move(folder)), m_more(more)
{
    QDir().mkpath(m_folder);
    start();
}

void StandIn::start()
{
    QFile::remove(credentialFile());
    QStringList arguments{u"serve"_s, u"--data"_s, m_folder + u"/data"_s, u"--ca-out"_s, caFile(),
        u"--connection-string-out"_s, credentialFile(), u"--poll-after"_s, u"1"_s};
    if (m_url.isValid()) {
        arguments << u"--listen"_s << u"127.0.0.1:%1"_s.arg(m_url.port());
    }
    m_process = std::make_unique<Cli>(arguments + m_more);
    const QByteArray line = m_process->line();
    const QJsonObject said = QJsonDocument::fromJson(line).object();
    m_url = QUrl(said[u"url"].toString());
    m_idScope = said[u"idScope"].toString();
    // The files it was asked to write appear after its first line.
    if (!m_url.isValid()
        || !QTest::qWaitFor([this] { return QFile::exists(credentialFile()); }, 30'000)) {
        qFatal("serve: %s", m_process->wait().said().constData());
    }
}

void StandIn::kill()
{
    m_process->signal(SIGKILL);
    std::ignore = m_process->wait();
}

upload::Credential StandIn::credential(const QString &policy) const
{
    const auto credential = upload::readCredential(
        policy.isEmpty() ? credentialFile() : m_folder + u"/data/%1.credential"_s.arg(policy));
    if (!credential) {
        qFatal("%s", qPrintable(credential.error().detail));
    }
    return *credential;
}

StandIn::Said StandIn::ask(const QByteArray &verb, const QString &path, const QByteArray &body,
    const QString &policy) const
{
    const upload::Credential signer = credential(policy);
    const QByteArray token = upload::signToken(
        signer.host, signer.key, signer.policy, QDateTime::currentSecsSinceEpoch() + 600);
    QStringList arguments{u"--silent"_s, u"--show-error"_s, u"--cacert"_s, caFile(), u"--request"_s,
        QString::fromLatin1(verb), u"--header"_s,
        u"Authorization: %1"_s.arg(QString::fromLatin1(token)), u"--write-out"_s,
        u"\n%{http_code}"_s, m_url.toString() + path + u"?api-version=2021-10-01"_s};
    if (!body.isEmpty()) {
        arguments << u"--header"_s << u"Content-Type: application/json"_s << u"--data-binary"_s
                  << u"@-"_s;
    }
    const Ran ran = run(u"curl"_s, arguments, body);
    const qsizetype end = ran.out.lastIndexOf('\n');
    return {ran.out.mid(end + 1).toInt(), ran.out.left(end)};
}

void StandIn::enroll(
    const QString &registrationId, const QByteArray &endorsementKey, const QString &deviceId) const
{
    const Said said = ask("PUT", u"/enrollments/"_s + registrationId,
        upload::toBody({registrationId, endorsementKey.toBase64(), deviceId, true, {}}));
    if (said.status != 200) {
        qFatal("not enrolled: %d %s", said.status, said.body.constData());
    }
}

QStringList StandIn::registration(const QString &target) const
{
    return {u"register"_s, u"--device"_s, target, u"--service"_s, m_url.toString(), u"--ca"_s,
        caFile(), u"--id-scope"_s, m_idScope, u"--json"_s};
}

} // namespace support
