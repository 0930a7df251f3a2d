// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingsfile.h"

#include "app/papers.h"
#include "app/wiring.h"

#include <QFile>
#include <QRegularExpression>

namespace app {

using namespace Qt::StringLiterals;
using station::Error;
using station::Fault;

namespace {

/// Comment lines by key, as the sample has them.
QMap<QString, QStringList> readComments()
{
    QMap<QString, QStringList> comments;
    QFile sample(u":/station.toml"_s);
    if (!sample.open(QIODevice::ReadOnly))
        return comments;
    QString section;
    QStringList above;
    for (QString line : QString::fromUtf8(sample.readAll()).split(u'\n')) {
        if (line.startsWith(u'#')) {
            above.append(line.remove(u" CHANGE"_s));
            continue;
        }
        if (line.startsWith(u'[')) {
            section = line.section(u']', 0, 0).remove(u'[').section(u'.', 0, 0) + u'.';
        } else if (const qsizetype at = line.indexOf(u'='); at > 0) {
            const QString key = section + line.left(at).trimmed();
            if (!comments.contains(key))
                comments[key] = above;
        }
        above.clear();
    }
    return comments;
}

QString quoted(const QString &text)
{
    QString escaped;
    for (const QChar character : text) {
        if (character == u'"' || character == u'\\')
            escaped += u'\\';
        if (character.unicode() < 0x20 || character.unicode() == 0x7f)
            escaped += u"\\u%1"_s.arg(character.unicode(), 4, 16, QLatin1Char('0'));
        else
            escaped += character;
    }
    return u'"' + escaped + u'"';
}

QString truth(bool value)
{
    return value ? u"true"_s : u"false"_s;
}

QString quoted(const QStringList &texts)
{
    QStringList all;
    for (const QString &text : texts)
        all.append(quoted(text));
    return u"[%1]"_s.arg(all.join(u", "_s));
}

/// Writes one key after the other; each is explained once.
class Form {
public:
    void begin(const QString &table, const QString &section)
    {
        m_text += u"\n"_s + table + u'\n';
        m_section = section;
    }
    void put(const QString &key, const QString &value)
    {
        const QStringList lines = m_comments.take(m_section + key);
        for (const QString &line : lines)
            m_text += line + u'\n';
        m_text += u"%1 = %2\n"_s.arg(key, value);
    }
    [[nodiscard]] QByteArray bytes() const { return m_text.toUtf8(); }

private:
    QMap<QString, QStringList> m_comments = readComments();
    QString m_section;
    QString m_text =
        u"# The settings of one station. Written by ekstation; the file before it is the .bak beside it.\n\n"_s;
};

void putHook(Form &form, const QString &key, const station::Hook &hook)
{
    if (hook.command.isEmpty())
        return;
    form.put(key, quoted(hook.command));
    form.put(key + u"_deadline_s"_s, QString::number(hook.deadline.count()));
}

void putService(Form &form, const QString &name, const ServiceSettings &service)
{
    form.begin(u"[service.%1]"_s.arg(name), u"service."_s);
    form.put(u"url"_s, quoted(service.url));
    form.put(u"id_scope"_s, quoted(service.idScope));
    form.put(u"credential"_s, quoted(service.credential));
    form.put(u"ca"_s, quoted(service.caFile));
    form.put(u"proxy"_s, quoted(service.proxy));
    form.put(u"proxy_password"_s, quoted(service.proxyPassword));
    form.put(u"quota_per_minute"_s, QString::number(service.quotaPerMinute));
    form.put(u"read_back_every"_s, QString::number(service.readBackEvery));
    form.put(u"capacity"_s, QString::number(service.capacity));
    form.put(u"test"_s, truth(service.test));
}

void putReport(Form &form, const upload::ReportPlace &place)
{
    form.begin(u"[report]"_s, u"report."_s);
    form.put(u"command"_s, quoted(place.command));
    form.put(u"url"_s, quoted(place.url.toString(QUrl::FullyEncoded)));
    form.put(u"ca"_s, quoted(place.caFile));
    form.put(u"deadline_s"_s,
        QString::number(std::chrono::duration_cast<std::chrono::seconds>(place.deadline).count()));
}

/// Which key stands in a line of what tomlOf() wrote.
QString keyAt(const QByteArray &toml, int line)
{
    const QList<QByteArray> lines = toml.split('\n').first(std::max(line, 0));
    QString section;
    int slot = 0;
    for (const QByteArray &one : lines) {
        if (one.startsWith("[[slot]]"))
            section = u"slot.%1."_s.arg(++slot);
        else if (one.startsWith('['))
            section = QString::fromUtf8(one.mid(1, one.lastIndexOf(']') - 1)) + u'.';
    }
    const qsizetype at = lines.isEmpty() ? -1 : lines.last().indexOf(" = ");
    return at < 0 ? QString() : section + QString::fromUtf8(lines.last().first(at));
}

} // namespace

QString explanationOf(const QString &key)
{
    QStringList words;
    for (QString line : readComments().value(key))
        words.append(line.remove(0, 1).trimmed());
    return words.join(u' ').simplified();
}

QByteArray tomlOf(const Settings &settings)
{
    Form form;
    form.put(u"schema"_s, u"1"_s);
    form.begin(u"[station]"_s, u"station."_s);
    form.put(u"id"_s, quoted(settings.stationId));
    form.put(u"purpose"_s, quoted(word(settings.purpose)));
    form.put(u"tpm"_s, quoted(settings.ownTpm));
    form.begin(u"[ledger]"_s, u"ledger."_s);
    form.put(u"url"_s, quoted(settings.ledgerUrl));
    form.put(u"replica"_s, quoted(settings.replicaFile));
    form.put(u"checkpoint_every"_s, QString::number(settings.checkpointEvery));
    form.begin(u"[sign]"_s, u"sign."_s);
    form.put(u"key"_s, quoted(settings.signKey));
    form.put(u"certificate"_s, quoted(settings.signCertificate));
    form.begin(u"[order]"_s, u"order."_s);
    form.put(u"bundles"_s, quoted(settings.orderBundles));
    form.begin(u"[line]"_s, u"line."_s);
    form.put(u"plan"_s, quoted(settings.plan));
    for (const auto &slot : settings.slotList) {
        form.begin(u"[[slot]]"_s, u"slot."_s);
        form.put(u"name"_s, quoted(slot.name));
        form.put(u"target"_s, quoted(slot.target));
        if (!slot.identity.isEmpty())
            form.put(u"identity"_s, quoted(slot.identity));
        putHook(form, u"serial"_s, slot.serial);
        putHook(form, u"before"_s, slot.hooks.before);
        putHook(form, u"after"_s, slot.hooks.after);
        putHook(form, u"stop"_s, slot.hooks.stop);
        if (!slot.prompt.isEmpty())
            form.put(u"prompt"_s, quoted(slot.prompt));
        if (!slot.network.isEmpty())
            form.put(u"network"_s, quoted(slot.network));
    }
    for (auto service = settings.services.begin(); service != settings.services.end(); ++service)
        putService(form, service.key(), service.value());
    form.begin(u"[deliver]"_s, u"deliver."_s);
    form.put(u"automatic"_s, truth(settings.deliverAutomatically));
    form.begin(u"[trust]"_s, u"trust."_s);
    form.put(u"roots"_s, quoted(settings.rootsFile));
    form.put(u"lines"_s, quoted(settings.linesFile));
    form.put(u"supplier"_s, quoted(settings.supplierFile));
    form.begin(u"[login]"_s, u"login."_s);
    form.put(u"required"_s, truth(settings.login.isRequired));
    form.put(u"badge"_s, quoted(settings.login.badge));
    form.put(u"idle_minutes"_s, QString::number(settings.login.idle.count()));
    form.begin(u"[golden]"_s, u"golden."_s);
    form.put(u"pass"_s, quoted(settings.golden.pass));
    form.put(u"fail"_s, quoted(settings.golden.fail));
    form.put(u"hours"_s, QString::number(settings.golden.hours.count()));
    form.begin(u"[admit]"_s, u"admit."_s);
    form.put(u"command"_s, quoted(settings.admitCommand));
    form.put(u"url"_s, quoted(settings.admitUrl));
    form.put(u"credential"_s, quoted(settings.admitCredential));
    form.put(u"ca"_s, quoted(settings.admitCa));
    form.put(u"deadline_s"_s, QString::number(settings.admitDeadline.count()));
    putReport(form, settings.report);
    form.begin(u"[desktop]"_s, u"desktop."_s);
    form.put(u"language"_s, quoted(settings.language));
    form.put(u"theme"_s, quoted(settings.theme));
    form.put(u"sounds"_s, quoted(settings.sounds));
    return form.bytes();
}

std::optional<Complaint> complaintOf(const Settings &settings, const QString &file)
{
    const QByteArray toml = tomlOf(settings);
    const auto parsed = parseSettings(toml, file);
    if (!parsed) { // "FILE:LINE:COLUMN: why"
        const QString rest = parsed.error().detail.mid(file.size());
        static const QRegularExpression place(u"^:(\\d+):\\d+: "_s);
        const auto match = place.match(rest);
        return match.hasMatch()
            ? Complaint{keyAt(toml, match.captured(1).toInt()), rest.mid(match.capturedLength())}
            : Complaint{{}, parsed.error().detail};
    }
    if (*parsed != settings)
        return Complaint{
            {}, u"%1 holds something that this form cannot keep; edit the file itself"_s.arg(file)};
    if (const auto plan = planOf(settings); !plan)
        return Complaint{u"line.plan"_s, plan.error().detail};
    return std::nullopt;
}

station::Result<void> saveSettings(const Settings &settings, const QString &file)
{
    if (const auto complaint = complaintOf(settings, file))
        return std::unexpected(Error{Fault::Syntax,
            complaint->key.isEmpty() ? complaint->text
                                     : complaint->key + u": "_s + complaint->text});
    QFile old(file);
    if (old.open(QIODevice::ReadOnly))
        if (const auto kept = writeFile(file + u".bak"_s, old.readAll()); !kept)
            return kept;
    return writeFile(file, tomlOf(settings));
}

} // namespace app
