// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/roots.h"

#include "station/cabinet.h"
#include "tests/support/maker.h"
#include "tests/support/workplace.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

using namespace Qt::StringLiterals;
using station::Fault;
using station::gatherRoots;
using station::loadRoots;
using support::Maker;

namespace {

void put(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

QByteArray number(quint32 value, int size)
{
    QByteArray bytes;
    for (int at = 0; at < size; ++at)
        bytes.append(static_cast<char>(value >> (8 * at)));
    return bytes;
}

/// A cabinet of one uncompressed folder ([MS-CAB], 2): little-endian, checksums left out.
QByteArray cabinetOf(const QList<station::CabinetPart> &parts)
{
    QByteArray files;
    QByteArray content;
    for (const auto &[name, bytes] : parts) {
        files += number(static_cast<quint32>(bytes.size()), 4)
            + number(static_cast<quint32>(content.size()), 4) + number(0, 2) // folder 0
            + number(0x5b79, 2) + number(0, 2) + number(0x20, 2) + name.toUtf8() + '\0';
        content += bytes;
    }
    QByteArray blocks;
    int count = 0;
    for (qsizetype at = 0; at < content.size(); at += 0x8000, ++count) {
        const QByteArray piece = content.mid(at, 0x8000);
        blocks += number(0, 4) + number(static_cast<quint32>(piece.size()), 2)
            + number(static_cast<quint32>(piece.size()), 2) + piece;
    }
    const qsizetype head = 36 + 8;
    const QByteArray folder = number(static_cast<quint32>(head + files.size()), 4)
        + number(static_cast<quint32>(count), 2) + number(0, 2);
    const auto size = static_cast<quint32>(head + files.size() + blocks.size());
    return "MSCF" + number(0, 4) + number(size, 4) + number(0, 4) + number(head, 4) + number(0, 4)
        + QByteArray::fromHex("0301") + number(1, 2) + number(static_cast<quint32>(parts.size()), 2)
        + number(0, 2) + number(0, 2) + number(0, 2) + folder + files + blocks;
}

} // namespace

/// The root store, and everything that roots come in.
class RootsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isEmptyAtFirst();
    void keepsWhatItIsGiven();
    void gathersFolders();
    void gathersCabinets();
    void brokenCabinets_data();
    void brokenCabinets();
    void refused_data();
    void refused();
    void aSpoiltStoreIsSaid();
    void aStoreThatCannotBeWritten();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_workplace.path(name); }

    support::Workplace m_workplace;
    Maker m_maker;
    Maker m_other{"other"};
};

void RootsTest::isEmptyAtFirst()
{
    QVERIFY(station::usualRootsFile().startsWith(m_workplace.path(u"data"_s)));
    const auto none = loadRoots(station::usualRootsFile());
    QVERIFY(none && none->isEmpty());
}

void RootsTest::keepsWhatItIsGiven()
{
    put(at(u"maker.pem"_s), m_maker.pem());
    put(at(u"other.der"_s), m_other.root());
    put(at(u"other.crl"_s), m_other.rootRevokes({"0B"}));
    const auto gathered = gatherRoots({at(u"maker.pem"_s), at(u"other.der"_s), at(u"other.crl"_s)});
    QVERIFY2(gathered, gathered ? "" : qPrintable(gathered.error().detail));
    QCOMPARE(gathered->anchors.certificates.size(), 3);
    QCOMPARE(gathered->anchors.revocations.size(), 1);
    QVERIFY(gathered->skipped.isEmpty());
    const QString store = at(u"deep/below/roots.pem"_s);
    QVERIFY(station::saveRoots(store, gathered->anchors));
    QCOMPARE(*loadRoots(store), gathered->anchors);
    QVERIFY(station::saveRoots(store, {{m_maker.root()}, {}}));
    QCOMPARE(loadRoots(store)->certificates, QList<QByteArray>{m_maker.root()});
    QCOMPARE(QDir(at(u"deep/below"_s)).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void RootsTest::gathersFolders()
{
    put(at(u"makers/one/root.cer"_s), m_maker.root());
    put(at(u"makers/one/issuer.crt"_s), m_maker.pem());
    put(at(u"makers/two/root.der"_s), m_other.root());
    put(at(u"makers/readme.txt"_s), "roots of two makers");
    put(at(u"makers/big.bin"_s), QByteArray(2 << 20, 'x'));
    QFile::link(at(u"makers"_s), at(u"makers/one/loop"_s));
    const auto gathered = gatherRoots({at(u"makers"_s)});
    QVERIFY2(gathered, gathered ? "" : qPrintable(gathered.error().detail));
    QCOMPARE(gathered->anchors.certificates.size(), 3);
    QCOMPARE(gathered->skipped.size(), 2);
}

void RootsTest::gathersCabinets()
{
    const QByteArray cabinet = cabinetOf({{u"STMicro\\RootCA\\root.crt"_s, m_maker.root()},
        {u"STMicro\\IntermediateCA\\issuer.cer"_s, m_maker.issuer()},
        {u"setup.ps1"_s, QByteArray(40'000, '#')}, {u"Other\\root.der"_s, m_other.root()}});
    put(at(u"TrustedTpm.cab"_s), cabinet);
    const auto gathered = gatherRoots({at(u"TrustedTpm.cab"_s)});
    QVERIFY2(gathered, gathered ? "" : qPrintable(gathered.error().detail));
    QCOMPARE(gathered->anchors.certificates.size(), 3);
    QCOMPARE(gathered->skipped.size(), 1);
    QVERIFY2(
        gathered->skipped.first().contains(u"setup.ps1"_s), qPrintable(gathered->skipped.first()));
}

void RootsTest::brokenCabinets_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = cabinetOf({{u"root.crt"_s, m_maker.root()}});
    QTest::newRow("head alone") << good.left(36);
    QTest::newRow("magic alone") << QByteArray("MSCF");
    QTest::newRow("cut") << good.chopped(100);
    QTest::newRow("a part too large") << cabinetOf({{u"a"_s, QByteArray((1 << 20) + 1, '\0')}});
    QList<station::CabinetPart> many;
    for (int part = 0; part < 300; ++part)
        many.append({QString::number(part), "x"});
    QTest::newRow("too many parts") << cabinetOf(many);
    QByteArray lies = good;
    lies.replace(28, 2, QByteArray::fromHex("ffff"));
    QTest::newRow("more files than there are") << lies;
}

void RootsTest::brokenCabinets()
{
    QFETCH(QByteArray, bytes);
    const auto parts = station::unpackCabinet(bytes, 1 << 20, 200);
    QVERIFY(!parts);
    QCOMPARE(parts.error().fault, Fault::Syntax);
    QVERIFY(!parts.error().detail.isEmpty());
}

void RootsTest::refused_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QString>("says");
    put(at(u"text"_s), "hello");
    put(at(u"folder/readme"_s), "nothing here");
    put(at(u"secret/root.pem"_s),
        m_maker.pem() + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    put(at(u"cut.cab"_s), cabinetOf({{u"root.crt"_s, m_maker.root()}}).chopped(9));
    put(at(u"empty.cab"_s), cabinetOf({{u"readme"_s, "no roots"}}));
    QTest::newRow("no file") << at(u"nowhere"_s) << Fault::Missing << u"No such file"_s;
    QTest::newRow("text") << at(u"text"_s) << Fault::Syntax << u"neither PEM nor DER"_s;
    QTest::newRow("folder without") << at(u"folder"_s) << Fault::Syntax << u"no certificate"_s;
    QTest::newRow("private key") << at(u"secret"_s) << Fault::Syntax << u"private key"_s;
    QTest::newRow("cut cabinet") << at(u"cut.cab"_s) << Fault::Syntax << u"damaged cabinet"_s;
    QTest::newRow("cabinet without") << at(u"empty.cab"_s) << Fault::Syntax << u"no certificate"_s;
}

void RootsTest::refused()
{
    QFETCH(QString, path);
    QFETCH(Fault, fault);
    QFETCH(QString, says);
    put(at(u"good.pem"_s), m_maker.pem());
    const auto gathered = gatherRoots({at(u"good.pem"_s), path});
    QVERIFY(!gathered);
    QCOMPARE(gathered.error().fault, fault);
    QVERIFY2(gathered.error().detail.contains(says), qPrintable(gathered.error().detail));
    QVERIFY2(gathered.error().detail.startsWith(path), qPrintable(gathered.error().detail));
}

void RootsTest::aSpoiltStoreIsSaid()
{
    const QString store = at(u"spoilt.pem"_s);
    put(store, m_maker.pem().chopped(30));
    const auto loaded = loadRoots(store);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().fault, Fault::Syntax);
    QVERIFY(loaded.error().detail.contains(store));
    QVERIFY(loaded.error().detail.contains(u"--replace"_s));
}

void RootsTest::aStoreThatCannotBeWritten()
{
    put(at(u"file"_s), "a file is no folder");
    const auto saved = station::saveRoots(at(u"file/roots.pem"_s), {{m_maker.root()}, {}});
    QVERIFY(!saved);
    QVERIFY(saved.error().detail.contains(u"file"_s));
}

QTEST_GUILESS_MAIN(RootsTest)
#include "roots.moc"
