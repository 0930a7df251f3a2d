// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tpm/templates.h"

#include "tests/support/swtpm.h"
#include "tests/support/workplace.h"
#include "tpm/publicarea.h"
#include "tpm/session.h"

#include <QTest>

using namespace Qt::StringLiterals;
using support::Swtpm;
using tpm::Session;
using tpm::Template;

/// Every template makes on a real TPM the key that the specification describes.
class TemplatesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void create_data();
    void create();
    void uniqueChangesTheKey();
    void highRangeOfTheManufacturer();
    void noTemplate();

private:
    [[nodiscard]] QByteArray created(Template source) const;

    support::Workplace m_workplace;
    Swtpm m_tpm;
};

QByteArray TemplatesTest::created(Template source) const
{
    const auto session = Session::open(m_tpm.target(), {}, std::make_shared<tpm::Stop>());
    if (!session)
        return {};
    const auto object =
        (*session)->createPrimary(tpm::Hierarchy::Endorsement, tpm::templateArea(source));
    return object ? object->publicArea : QByteArray();
}

void TemplatesTest::create_data()
{
    QTest::addColumn<Template>("source");
    QTest::addColumn<int>("templateSize");
    QTest::addColumn<int>("keySize");
    QTest::addColumn<Template>("likely");
    // A low-range RSA key does not tell whether `unique` was empty or zeros.
    QTest::newRow("L-1") << Template::TcgL1 << 314 << 316 << Template::Unknown;
    QTest::newRow("L-2") << Template::TcgL2 << 122 << 124 << Template::TcgL2;
    QTest::newRow("H-1") << Template::TcgH1 << 58 << 316 << Template::TcgH1;
    QTest::newRow("H-2") << Template::TcgH2 << 58 << 124 << Template::TcgH2;
    QTest::newRow("H-3") << Template::TcgH3 << 74 << 172 << Template::TcgH3;
    QTest::newRow("SDK") << Template::SdkEmptyUnique << 58 << 316 << Template::Unknown;
}

void TemplatesTest::create()
{
    QFETCH(Template, source);
    QFETCH(int, templateSize);
    QFETCH(int, keySize);
    QFETCH(Template, likely);
    const QByteArray area = tpm::templateArea(source);
    QCOMPARE(area.size(), templateSize);
    const QByteArray key = created(source);
    QCOMPARE(key.size(), keySize);
    QCOMPARE(tpm::likelyTemplate(key), likely);
    QVERIFY(tpm::parseEndorsementKey(key).has_value());
    // Everything before `unique` is the template's.
    const qsizetype head = key.size() == 316 ? 58 : key.size() == 124 ? 56 : 72;
    QCOMPARE(key.mid(2, head - 2), area.left(head - 2));
}

/// The C SDK's key, the TCG's and the high-range one are three keys on one TPM.
void TemplatesTest::uniqueChangesTheKey()
{
    QSet<QByteArray> moduli;
    for (const Template source :
        {Template::TcgL1, Template::TcgH1, Template::SdkEmptyUnique, Template::TcgL1}) {
        const auto area = tpm::parsePublicArea(created(source));
        QVERIFY(area.has_value());
        moduli.insert(area->modulus);
    }
    QCOMPARE(moduli.size(), 3);
}

/// swtpm_setup persists an H-3 key; the template with an empty `unique` makes the same one.
void TemplatesTest::highRangeOfTheManufacturer()
{
    const Swtpm tpm({.manufactured = true});
    const auto session = Session::open(tpm.target(), {}, std::make_shared<tpm::Stop>());
    QVERIFY(session.has_value());
    const auto persisted = (*session)->readPublic(0x81010016);
    QVERIFY2(persisted.has_value(), persisted ? "" : qPrintable(persisted.error().detail));
    const auto made =
        (*session)->createPrimary(tpm::Hierarchy::Endorsement, tpm::templateArea(Template::TcgH3));
    QVERIFY(made.has_value());
    QCOMPARE(made->publicArea, persisted->publicArea);
}

void TemplatesTest::noTemplate()
{
    QCOMPARE(tpm::templateArea(Template::Unknown), QByteArray());
    QCOMPARE(tpm::templateArea(Template::NvTemplate), QByteArray());
    QCOMPARE(tpm::likelyTemplate({}), Template::Unknown);
    QCOMPARE(tpm::likelyTemplate("no key"), Template::Unknown);
}

QTEST_GUILESS_MAIN(TemplatesTest)
#include "templates.moc"
