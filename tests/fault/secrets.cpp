// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lineplace.h"
#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "upload/safe.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::Cli;
using support::Ran;
using support::runCli;

namespace {

using Forms = QMap<QByteArray, QByteArray>; ///< by their names

QByteArray wide(const QByteArray &text)
{
    const QString utf16 = QString::fromLatin1(text);
    return {reinterpret_cast<const char *>(utf16.utf16()), utf16.size() * 2};
}

/// How a secret may lie in memory or in a file.
Forms formsOf(const QByteArray &secret)
{
    const QByteArray base64 = secret.toBase64();
    return {{"raw", secret}, {"URL-encoded", secret.toPercentEncoding()}, {"base64", base64},
        {"URL-encoded base64", base64.toPercentEncoding()}, {"hex", secret.toHex()},
        {"base64 in UTF-16", wide(base64)}};
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(path));
    return file.readAll();
}

/// The names of the forms that are in these bytes.
QByteArrayList foundIn(const QByteArray &bytes, const Forms &forms)
{
    QByteArrayList found;
    for (auto form = forms.begin(); form != forms.end(); ++form)
        if (bytes.contains(form.value()))
            found.append(form.key());
    return found;
}

/// The same in every file below a folder whose name fits.
QByteArrayList foundBelow(const QString &folder, const QStringList &names, const Forms &forms)
{
    QByteArrayList found;
    int files = 0;
    for (QDirIterator it(folder, names, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        it.hasNext(); ++files)
        found += foundIn(contentOf(it.next()), forms);
    if (files == 0)
        qFatal("nothing to search in %s", qPrintable(folder));
    return found;
}

/// What the arguments of every live process hold.
QByteArrayList foundInArguments(const Forms &forms)
{
    QByteArrayList found;
    const QStringList processes = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &process : processes)
        if (QFile file(u"/proc/%1/cmdline"_s.arg(process)); file.open(QIODevice::ReadOnly))
            found += foundIn(file.readAll(), forms);
    return found;
}

QByteArray coreOf(qint64 pid, const QString &prefix)
{
    const Ran ran = support::run(u"gcore"_s, {u"-a"_s, u"-o"_s, prefix, QString::number(pid)});
    const QString core = u"%1.%2"_s.arg(prefix).arg(pid);
    if (ran.exit != 0 || !QFile::exists(core))
        qFatal("no core: %s", ran.said().constData());
    return contentOf(core);
}

} // namespace

/// A station that delivers: where does the service's key lie meanwhile?
class SecretsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCoreHoldsWhatItMay_data();
    void theCoreHoldsWhatItMay();
    void noCoreIsWritten();

private:
    support::Workplace m_workplace;
};

void SecretsTest::theCoreHoldsWhatItMay_data()
{
    QTest::addColumn<QString>("place");
    // That the key is found where it must be shows that the search works.
    QTest::newRow("a file") << u"file"_s;
    QTest::newRow("the TPM") << u"tpm"_s;
}

void SecretsTest::theCoreHoldsWhatItMay()
{
    QFETCH(const QString, place);
    const support::Swtpm tpm;
    const support::LinePlace line(1, m_workplace.path(place));
    const auto credential = upload::readCredential(line.path(u"main.credential"_s));
    QVERIFY(credential);
    const Forms key = formsOf(credential->key.bytes().toByteArray());
    const QByteArray secret = contentOf(line.path(u"main.credential"_s));

    Cli adding({u"credentials"_s, u"add"_s, place, u"--in"_s, place, u"--tpm"_s, tpm.text()});
    QCOMPARE(foundInArguments(key), {});
    adding.write(secret);
    adding.closeInput();
    const Ran added = adding.wait();
    QVERIFY2(added.exit == 0, added.said());
    QCOMPARE(foundIn(added.said(), key), {});
    const QString kept =
        place == u"tpm" ? u"tpm:tpm"_s : u"file:%1/file.credential"_s.arg(upload::usualSafe());
    line.edit(u"station.toml"_s, u"file:main.credential"_s, kept);
    line.edit(u"station.toml"_s, u"[station]"_s, u"[station]\ntpm = \"%1\""_s.arg(tpm.text()));
    line.edit(u"station.toml"_s, u"[trust]"_s, u"[deliver]\nautomatic = false\n\n[trust]"_s);
    QVERIFY(QFile::remove(line.path(u"main.credential"_s)));
    const Ran ran = line.run({u"SECRET-1"_s});
    QVERIFY2(ran.exit == 0, ran.said());

    // A secret that is no secret: the search must find it in each of its forms.
    // Without a NUL, which no environment variable holds.
    const QByteArray planted = station::systemRandom(32).toHex();
    const Forms control{{"raw", planted}, {"base64", planted.toBase64()},
        {"URL-encoded base64", (planted + "?").toBase64().toPercentEncoding()}};
    qputenv("EKSTATION_PLANTED", control.values().join(' '));
    qputenv("QT_LOGGING_RULES", "*.debug=true");
    Cli upload({u"upload"_s, u"--station"_s, line.station(), u"--follow"_s, u"--json"_s});
    qunsetenv("EKSTATION_PLANTED");
    qunsetenv("QT_LOGGING_RULES");
    QByteArray said;
    while (!said.contains("\"confirmed\":1")) {
        const QByteArray next = upload.line();
        if (next.isEmpty())
            QFAIL(upload.wait().said());
        said += next;
    }
    const QByteArray core = coreOf(upload.pid(), line.path(u"core"_s));
    QCOMPARE(foundInArguments(key), {});
    upload.signal(SIGTERM);
    const Ran uploaded = upload.wait();

    QCOMPARE(foundIn(core, control), control.keys());
    QVERIFY(core.contains("SharedAccessSignature sr=localhost&sig=")); // it had been let in
    if (place == u"file") {
        QVERIFY(foundIn(core, key).contains("raw"));
        return;
    }
    QCOMPARE(foundIn(core, key), {});
    QCOMPARE(foundIn(said + uploaded.said() + ran.said(), key), {});
    QCOMPARE(foundBelow(m_workplace.path(place), {u"ledger.db*"_s, u"station.toml"_s}, key), {});
    QCOMPARE(foundBelow(upload::usualSafe(), {u"*.tpm"_s}, key), {});
    QCOMPARE(tpm.leftovers(), QByteArray());
}

/// Neither as a file nor through a program that takes cores (core(5), RLIMIT_CORE).
void SecretsTest::noCoreIsWritten()
{
    const support::LinePlace line(1, m_workplace.path(u"limits"_s));
    std::ignore = line.run({u"LIMIT-1"_s});
    Cli running({u"upload"_s, u"--station"_s, line.station(), u"--follow"_s});
    QVERIFY(!running.line().isEmpty()); // it has come further than its first steps
    const QByteArray limits = contentOf(u"/proc/%1/limits"_s.arg(running.pid()));
    const qsizetype at = limits.indexOf("Max core file size");
    const QByteArray limit = limits.sliced(std::max<qsizetype>(at, 0) + 18, 40).simplified();
    // 0 where the limit was lower already, and may not be raised.
    QVERIFY2(at >= 0 && (limit.startsWith("1 1") || limit.startsWith("0 0")), limits);
    running.signal(SIGTERM);
    std::ignore = running.wait();
}

QTEST_GUILESS_MAIN(SecretsTest)
#include "secrets.moc"
