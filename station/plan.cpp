// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/plan.h"

#include "station/checks/check.h"
#include "station/choice.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr Word<Severity> severities[] = {
    {Severity::Fail, "fail"},
    {Severity::Warn, "warn"},
    {Severity::Record, "record"},
    {Severity::Off, "off"},
};
constexpr Word<WhenDown> whenDownWords[] = {
    {WhenDown::Stop, "stop"},
    {WhenDown::CachedOrder, "cached-order"},
};
constexpr qint64 largestFile = 1 << 20;

QStringList knownChecks()
{
    QStringList names;
    for (const Check *check : allChecks())
        names.append(QString::fromLatin1(check->name));
    return names;
}

/// A plan is known by these two for as long as a record lasts.
QString label(TomlTable &table, const QString &key)
{
    const QString text = table.text(key);
    if (text.trimmed().isEmpty() || text.size() > 64)
        table.reject(key, u"write 1 to 64 characters"_s);
    return text;
}

Purpose readPurpose(TomlTable &root)
{
    const QString text = root.text(u"purpose"_s, word(Purpose::Production));
    if (const auto purpose = purposeOf(text))
        return *purpose;
    QStringList allowed;
    for (int value = 0; value <= static_cast<int>(Purpose::Training); ++value)
        allowed.append(word(static_cast<Purpose>(value)));
    root.reject(u"purpose"_s, u"\"%1\" is none of %2"_s.arg(text, allowed.join(u", "_s)));
    return Purpose::Production;
}

QList<CheckRule> readChecks(TomlTable &root)
{
    QList<CheckRule> checks;
    for (TomlTable table : root.tables(u"check"_s)) {
        table.require({u"name"_s});
        CheckRule rule{table.text(u"name"_s),
            choice<Severity>(table, u"severity"_s, severities, Severity::Fail)};
        const auto known = std::ranges::find_if(allChecks(),
            [&rule](const Check *check) { return rule.name == QLatin1String(check->name); });
        if (known == allChecks().end())
            table.reject(u"name"_s,
                u"\"%1\" is no check; known are %2"_s.arg(rule.name, knownChecks().join(u", "_s)));
        else if ((*known)->limits != nullptr)
            (*known)->limits(table, rule.limits);
        if (std::ranges::find(checks, rule.name, &CheckRule::name) != checks.end())
            table.reject(u"name"_s, u"\"%1\" stands here twice"_s.arg(rule.name));
        table.close();
        checks.append(rule);
    }
    return checks;
}

/// A device can provision itself only while it stands on its slot, with an enrollment that is on.
TrialRule readTrial(TomlTable table, const EnrollRule &enroll)
{
    TrialRule rule;
    rule.every = static_cast<int>(table.number(u"every"_s, 0, 0, 1'000'000));
    rule.deadline = std::chrono::milliseconds(
        table.number(u"deadline_ms"_s, rule.deadline.count(), 1'000, 3'600'000));
    if (rule.every > 0
        && (enroll.service.isEmpty() || enroll.when != Moment::Pass || !enroll.enabled))
        table.reject(u"every"_s,
            u"a trial needs [enroll] with a service, when = \"pass\" and create_as = \"enabled\""_s);
    table.close();
    return rule;
}

int readPersons(TomlTable &table)
{
    return static_cast<int>(table.number(u"persons"_s, 0, 0, 2));
}

ReworkRule readRework(TomlTable table)
{
    enum class Removal { Delete, Disable };
    static constexpr Word<Removal> removals[] = {
        {Removal::Delete, "delete"}, {Removal::Disable, "disable"}};
    ReworkRule rule;
    rule.persons = readPersons(table);
    rule.reasons = table.texts(u"reasons"_s);
    rule.deletes =
        choice<Removal>(table, u"replaced"_s, removals, Removal::Delete) == Removal::Delete;
    table.close();
    return rule;
}

tpm::Budget readBudget(TomlTable table)
{
    const auto duration = [&table](const QString &key, std::chrono::milliseconds otherwise) {
        return std::chrono::milliseconds(table.number(key, otherwise.count(), 1, 3'600'000));
    };
    tpm::Budget budget;
    budget.command = duration(u"command_ms"_s, budget.command);
    budget.creation = duration(u"creation_ms"_s, budget.creation);
    budget.examination = duration(u"examination_ms"_s, budget.examination);
    table.close();
    return budget;
}

QRegularExpression readPattern(TomlTable table)
{
    const QString text = table.text(u"pattern"_s, u"^[A-Za-z0-9-]{1,64}$"_s);
    // A pattern holds for the whole serial, whether or not its author wrote the anchors.
    QRegularExpression pattern(QRegularExpression::anchoredPattern(text));
    if (!pattern.isValid())
        table.reject(u"pattern"_s, pattern.errorString());
    table.close();
    return pattern;
}

/// Nobody enrolls, or writes to, what has not proven to be the device's own key.
void demandProofs(TomlTable &root, const Plan &plan)
{
    const auto demand = [&](const QString &section, const QStringList &proofs, const QString &who) {
        for (const QString &proof : proofs)
            if (plan.severityOf(proof) != Severity::Fail)
                root.reject(section,
                    u"a plan that %1 needs the check \"%2\" with severity \"fail\""_s.arg(
                        who, proof));
    };
    if (!plan.enroll.service.isEmpty())
        demand(u"enroll"_s, {u"key"_s, u"challenge"_s}, u"enrolls"_s);
    if (!plan.leave.writes())
        return;
    demand(u"leave"_s, {u"key"_s, u"uniqueness"_s, u"challenge"_s}, u"writes to TPMs"_s);
    if (plan.severityOf(u"template"_s) == Severity::Off)
        root.reject(u"leave"_s, u"a plan that writes to TPMs needs the check \"template\""_s);
    if (!claimsKey(plan.purpose))
        root.reject(
            u"leave"_s, u"a plan with purpose %1 writes nothing to TPMs"_s.arg(word(plan.purpose)));
}

} // namespace

Severity Plan::severityOf(const QString &check) const
{
    const auto found = std::ranges::find(checks, check, &CheckRule::name);
    return found == checks.end() ? Severity::Off : found->severity;
}

QVariantMap Plan::limitsOf(const QString &check) const
{
    const auto found = std::ranges::find(checks, check, &CheckRule::name);
    return found == checks.end() ? QVariantMap() : found->limits;
}

Result<Plan> parsePlan(const QByteArray &toml, const QString &file)
{
    auto root = TomlTable::parse(toml, file);
    if (!root)
        return std::unexpected(root.error());
    Plan plan;
    root->require({u"schema"_s, u"name"_s, u"version"_s});
    root->number(u"schema"_s, 1, 1, 1);
    plan.name = label(*root, u"name"_s);
    plan.version = label(*root, u"version"_s);
    plan.sha256 =
        QString::fromLatin1(QCryptographicHash::hash(toml, QCryptographicHash::Sha256).toHex());
    plan.purpose = readPurpose(*root);
    plan.serialPattern = readPattern(root->table(u"serial"_s));
    plan.checks = readChecks(*root);
    plan.leave = readLeave(root->table(u"leave"_s));
    plan.enroll = readEnroll(root->table(u"enroll"_s));
    plan.trial = readTrial(root->table(u"trial"_s), plan.enroll);
    TomlTable admit = root->table(u"admit"_s);
    plan.whenDown = choice<WhenDown>(admit, u"down"_s, whenDownWords, WhenDown::Stop);
    admit.close();
    TomlTable order = root->table(u"order"_s);
    plan.isFirstPieceFirst = order.truth(u"first_piece"_s, false);
    order.close();
    TomlTable retest = root->table(u"retest"_s);
    plan.retest.attempts = static_cast<int>(retest.number(u"attempts"_s, 3, 0, 1000));
    plan.retest.releaseBy = retest.text(u"release_by"_s);
    retest.close();
    TomlTable clock = root->table(u"clock"_s);
    if (const auto hours = clock.number(u"unsynced_hours"_s, -1, 0, 24 * 365); hours >= 0)
        plan.unsynced = std::chrono::hours(hours);
    clock.close();
    plan.rework = readRework(root->table(u"rework"_s));
    TomlTable release = root->table(u"release"_s);
    plan.releasers = readPersons(release);
    release.close();
    plan.budget = readBudget(root->table(u"budget"_s));
    demandProofs(*root, plan);
    root->close();
    if (root->error())
        return std::unexpected(*root->error());
    return plan;
}

Result<Plan> loadPlan(const QString &nameOrFile, const QString &folder)
{
    const QString shipped = u":/plans/%1.toml"_s.arg(nameOrFile);
    const bool isName = !nameOrFile.contains(u'/') && QFile::exists(shipped);
    const QString path = isName ? shipped : QDir(folder).absoluteFilePath(nameOrFile);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{Fault::Missing,
            u"plan \"%1\": %2; plans that ship: production, training, qa"_s.arg(
                nameOrFile, file.errorString())});
    const QByteArray bytes = file.read(largestFile + 1);
    if (bytes.size() > largestFile)
        return std::unexpected(
            Error{Fault::Syntax, u"%1: larger than 1 MiB, this is no plan"_s.arg(path)});
    return parsePlan(bytes, isName ? nameOrFile : path);
}

} // namespace station
