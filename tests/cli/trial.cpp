// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/program.h"
#include "tests/support/workplace.h"

#include <QFile>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// The commands of one section of the README: its indented lines.
QByteArray commandsOf(const QByteArray &heading)
{
    QFile file(u"" SOURCE_FOLDER "/README.md"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("no README");
    }
    QByteArray commands;
    bool isInside = false;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("## ")) {
            isInside = line == "## " + heading;
        } else if (isInside && line.startsWith("    ")) {
            commands += line.mid(4) + '\n';
        }
    }
    return commands;
}

} // namespace

/// What the README promises to a stranger, run as it is printed.
class TrialTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStrangersTrialWorks();

private:
    support::Workplace m_workplace;
};

void TrialTest::aStrangersTrialWorks()
{
    QByteArray commands = commandsOf("Try it against a TPM of your own");
    QVERIFY(commands.count("ekstation-cli") == 4 && commands.contains("8443"));
    QTcpServer free; // a test has no fixed port, a README has to have one
    QVERIFY(free.listen(QHostAddress::LocalHost));
    commands.replace("8443", QByteArray::number(free.serverPort()));
    free.close();
    const QByteArray script = "set -eu\ncd '" + m_workplace.folder().toUtf8() + "'\nPATH='"
        + QByteArray(BINARY_FOLDER) + "':$PATH\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n"
        + commands;
    const support::Ran ran = support::run(u"bash"_s, {u"-c"_s, QString::fromUtf8(script)});
    QVERIFY2(ran.exit == 0, ran.said());
    QCOMPARE(ran.out.count("assigned to hub.ekstation.test as UNIT-1"), 2);
    QVERIFY2(ran.out.contains("1 enrolled and confirmed"), ran.said());
}

QTEST_GUILESS_MAIN(TrialTest)
#include "trial.moc"
