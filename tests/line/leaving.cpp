// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/line/leaver.h"

#include <QTest>

using namespace leaver;

namespace {

using Prepare = std::function<void(const Swtpm &)>;
using Change = std::function<void(LeaveRule &)>;

/// One kind of device, and what becomes of it.
struct Kind {
    const char *name;
    bool manufactured = false;
    Prepare prepare = [](const Swtpm &) { };
    Change change = [](LeaveRule &) { };
    QString check; ///< whose finding says it
    Outcome outcome = Outcome::Pass;
    QString measured; ///< begins so
    QString advice = {};
    QStringList actions = {}; ///< written down before
};

void persistAForeignKey(const Swtpm &tpm, quint32 handle)
{
    persist(tpm, tpm::Hierarchy::Owner, tpm::challengeArea(), handle);
}

void defineOwnersNv(const Swtpm &tpm)
{
    tool(tpm, u"tpm2_nvdefine"_s,
        {u"0x01500001"_s, u"-C"_s, u"o"_s, u"-s"_s, u"8"_s, u"-a"_s, u"ownerread|ownerwrite"_s});
}

} // namespace

Q_DECLARE_METATYPE(Kind)

/// What the factory leaves in a TPM: which devices get it, and what each finding says.
class LeavingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_factory = std::make_unique<Factory>(m_workplace.folder()); }
    void eachKind_data();
    void eachKind();

private:
    void compareWithRest(const Kind &kind, const Swtpm &tpm, const QByteArray &before) const;

    support::Workplace m_workplace;
    std::unique_ptr<Factory> m_factory;
};

void LeavingTest::eachKind_data()
{
    QTest::addColumn<Kind>("kind");
    const auto replace = [](LeaveRule &rule) { rule.replace = true; };
    const auto withoutIdentity = [](LeaveRule &rule) { rule.dropIdentity = false; };
    const QString notAllowed = u"not in the plan's allow: "_s;
    using enum Outcome;
    for (const Kind &kind : std::initializer_list<Kind>{
             {.name = "blank", .check = u"leave-ek"_s, .measured = u"persisted"_s},
             {.name = "blank: storage key", .check = u"leave-srk"_s, .measured = u"persisted"_s},
             {.name = "blank: identity", .check = u"leave-identity"_s, .measured = u"none"_s},
             {.name = "EK there",
                 .manufactured = true,
                 .check = u"leave-ek"_s,
                 .measured = u"tcg-l1, already there"_s},
             {.name = "EK there, and may be replaced",
                 .manufactured = true,
                 .change = replace,
                 .check = u"leave-ek"_s,
                 .measured = u"tcg-l1, already there"_s},
             {.name = "the SDK's EK",
                 .prepare = persistTheSdksKey,
                 .check = u"template"_s,
                 .outcome = Fail,
                 .measured = u"sdk-empty-unique, persisted"_s,
                 .advice = u"ek-of-another-template"_s},
             {.name = "the SDK's EK: nothing is left",
                 .prepare = persistTheSdksKey,
                 .check = u"leave-ek"_s,
                 .outcome = Skip,
                 .measured = u"something has failed"_s},
             {.name = "the SDK's EK may be replaced",
                 .prepare = persistTheSdksKey,
                 .change = replace,
                 .check = u"leave-ek"_s,
                 .measured = u"persisted in place of another key"_s,
                 .actions = {u"replace-ek"_s}},
             {.name = "the SDK's EK may be replaced: template",
                 .prepare = persistTheSdksKey,
                 .change = replace,
                 .check = u"template"_s,
                 .measured = u"tcg-l1, in place of the persisted one"_s,
                 .actions = {u"replace-ek"_s}},
             {.name = "registered before",
                 .prepare = registerWithDps,
                 .check = u"leave-identity"_s,
                 .measured = u"an earlier one taken away"_s,
                 .actions = {u"drop-identity"_s}},
             {.name = "registered before, and stays so",
                 .prepare = registerWithDps,
                 .change = withoutIdentity,
                 .check = u"leave-ek"_s,
                 .measured = u"persisted"_s},
             {.name = "a foreign key where the identity goes",
                 .prepare = [](const Swtpm &tpm) { persistAForeignKey(tpm, tpm::identityHandle); },
                 .check = u"leave-identity"_s,
                 .outcome = Fail,
                 .measured = u"another key at 0x81000100"_s,
                 .advice = u"handle-taken"_s},
             {.name = "owned",
                 .prepare =
                     [](const Swtpm &tpm) {
                         tool(tpm, u"tpm2_changeauth"_s, {u"-c"_s, u"owner"_s, u"secret"_s});
                     },
                 .check = u"leave-srk"_s,
                 .outcome = Skip,
                 .measured = u"something has failed"_s},
             {.name = "cleared",
                 .manufactured = true,
                 .change = allowClear,
                 .check = u"leave-clear"_s,
                 .measured = u"cleared"_s,
                 .actions = {u"clear"_s}},
             {.name = "cleared: a blank one",
                 .change = allowClear,
                 .check = u"leave-clear"_s,
                 .measured = u"cleared"_s,
                 .actions = {u"clear"_s}},
             {.name = "cleared: the SDK's EK may be replaced",
                 .prepare = persistTheSdksKey,
                 .change = [](LeaveRule &rule) { rule.clear = rule.replace = true; },
                 .check = u"leave-ek"_s,
                 .measured = u"persisted"_s,
                 .actions = {u"clear"_s}},
             {.name = "not cleared: a foreign handle",
                 .prepare = [](const Swtpm &tpm) { persistAForeignKey(tpm, 0x81000200); },
                 .change = allowClear,
                 .check = u"leave-clear"_s,
                 .outcome = Fail,
                 .measured = notAllowed + u"0x81000200"_s,
                 .advice = u"clear-would-lose"_s},
             {.name = "not cleared: somebody's data",
                 .prepare = defineOwnersNv,
                 .change = allowClear,
                 .check = u"leave-clear"_s,
                 .outcome = Fail,
                 .measured = notAllowed + u"0x01500001"_s,
                 .advice = u"clear-would-lose"_s},
             {.name = "not cleared: a registration that may stay",
                 .prepare = registerWithDps,
                 .change = [](LeaveRule &rule) { rule = {.ek = true, .clear = true}; },
                 .check = u"leave-clear"_s,
                 .outcome = Fail,
                 .measured = notAllowed + u"0x81000100"_s,
                 .advice = u"clear-would-lose"_s},
         })
        QTest::newRow(kind.name) << kind;
}

void LeavingTest::eachKind()
{
    QFETCH(const Kind, kind);
    const auto earlier = m_factory->actions().size();
    const Swtpm tpm({.manufactured = kind.manufactured});
    kind.prepare(tpm);
    const QByteArray before = tpm.handles("persistent");
    const auto examination = m_factory->examined(tpm.text(), planWith(kind.change));
    const Finding finding = findingOf(examination, kind.check);
    QVERIFY2(finding.outcome == kind.outcome && finding.measured.startsWith(kind.measured)
            && finding.advice == kind.advice,
        said(examination));
    const auto verdict = kind.outcome == Outcome::Pass ? Verdict::Pass : Verdict::Fail;
    QVERIFY2(examination.verdict == verdict, said(examination));
    QStringList actions;
    for (const QJsonObject &action : m_factory->actions().mid(earlier)) {
        actions.append(action[u"action"].toString());
        QCOMPARE(action[u"serial"].toString(), u"UNIT-1"_s);
    }
    QCOMPARE(actions, kind.actions);
    QCOMPARE(tpm.leftovers(), QByteArray());
    if (verdict == Verdict::Fail)
        QCOMPARE(tpm.handles("persistent"), before); // a failed device is left as it came
    else
        compareWithRest(kind, tpm, before);
}

/// Asked of the TPM by others: what was to be left is there, and what was not to go has stayed.
void LeavingTest::compareWithRest(
    const Kind &kind, const Swtpm &tpm, const QByteArray &before) const
{
    const LeaveRule rule = planWith(kind.change).leave;
    const QByteArray after = tpm.handles("persistent");
    QVERIFY2(after.contains("0x81010001") && after.contains("0x81000001"), after);
    QCOMPARE(after.contains("0x81000100"), before.contains("0x81000100") && !rule.dropIdentity);
    const auto session = sessionAt(tpm);
    const auto derived = must(tpm::createEndorsementKey(*session, tpm::Template::TcgL1));
    QCOMPARE(must(session->readPublic(tpm::endorsementHandle)).publicArea, derived.publicArea);
    const auto storage = must(session->createPrimary(tpm::Hierarchy::Owner, tpm::storageArea()));
    QCOMPARE(must(session->readPublic(tpm::storageHandle)).publicArea, storage.publicArea);
}

QTEST_GUILESS_MAIN(LeavingTest)
#include "leaving.moc"
