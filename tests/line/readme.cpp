// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// The commands of one of README's sections, as they are printed.
QString commandsOf(const QString &heading)
{
    QFile file(QStringLiteral(SOURCE_FOLDER "/README.md"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(file.errorString()));
    QString section = QString::fromUtf8(file.readAll()).section(heading, 1);
    section = section.section(u"\n**"_s, 0, 0).section(u"\n## "_s, 0, 0);
    QStringList commands;
    for (const QString &line : section.split(u'\n'))
        if (line.startsWith(u"    "))
            commands.append(line.sliced(4));
    return commands.join(u'\n') + u'\n';
}

/// Nobody listens there now; the README's own port may be taken.
QString freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return QString::number(server.serverPort());
}

} // namespace

/// What README tells a stranger to type, typed.
class ReadmeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tryItAgainstATpmOfYourOwn();

private:
    support::Workplace m_workplace;
};

void ReadmeTest::tryItAgainstATpmOfYourOwn()
{
    QString commands = commandsOf(u"## Try it against a TPM of your own\n"_s);
    QVERIFY2(commands.count(u"ekstation-cli "_s) == 4, qPrintable(commands));
    commands.replace(u"8443"_s, freePort());
    const auto ran = support::run(u"bash"_s,
        {u"-c"_s,
            u"set -me\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\nexport PATH=%1:$PATH\ncd %2\n%3"_s
                .arg(QStringLiteral(BINARY_FOLDER), m_workplace.folder(), commands)});
    QVERIFY2(ran.exit == 0, ran.said());
    QVERIFY2(
        ran.out.contains("1 pass") && ran.out.contains("1 enrolled and confirmed"), ran.said());
    QVERIFY2(ran.out.contains("as UNIT-1 (initialAssignment)"), ran.said());
    QVERIFY2(ran.out.contains("as UNIT-1 (reprovisionedToInitialAssignment)"), ran.said());
}

QTEST_GUILESS_MAIN(ReadmeTest)
#include "readme.moc"
