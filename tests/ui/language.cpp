// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/deskroom.h"

#include <QComboBox>
#include <QLineEdit>
#include <QProcess>
#include <QTableView>
#include <QTemporaryDir>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using support::DeskRoom;
using support::Kind;
using ui::SlotState;

namespace {

/// What a .ts says of one source text.
struct Message {
    QStringList translations; ///< one, or one for each form of a plural
    bool isFinished = true;
};

/// By context and source text. lupdate takes the words' own tr() for a class's.
QMap<QString, Message> messagesOf(const QString &file)
{
    QFile ts(file);
    if (!ts.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&ts);
    QMap<QString, Message> all;
    QString context, source;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name") {
            context = xml.readElementText().replace(u"ui::wording"_s, u"wording"_s);
        } else if (xml.name() == u"source") {
            source = context + u": "_s + xml.readElementText();
            all[source] = {};
        } else if (xml.name() == u"translation") {
            all[source].isFinished = !xml.attributes().hasAttribute(u"type"_s);
            const QString text =
                xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            if (!text.isEmpty())
                all[source].translations.append(text);
        }
    }
    return xml.hasError() ? QMap<QString, Message>() : all;
}

QString translations(const QString &language)
{
    return QStringLiteral(SOURCE_FOLDER "/resources/i18n/ekstation_%1.ts").arg(language);
}

QStringList placesIn(const QString &text)
{
    static const QRegularExpression place(u"%(\\d|n)"_s);
    QStringList all;
    for (const auto &match : place.globalMatch(text))
        all.append(match.captured());
    all.sort();
    return all;
}

bool isKorean(const QString &text)
{
    return std::ranges::any_of(
        text, [](QChar one) { return one.script() == QChar::Script_Hangul; });
}

} // namespace

/// The window in English and Korean.
class LanguageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyWordIsTranslated();
    void everyPluralIsEnglish();
    void aWindowChangesItsLanguageAtOnce();
    void everyWordOnTheScreenChanges();
    void anUnknownLanguageIsRefused();

private:
    static void choose(DeskRoom &desk, const QString &language);

    support::Workplace m_workplace;
    std::unique_ptr<support::Shelf> m_shelf;
    QMap<QString, Message> m_sources; ///< what the program's text says now
};

void LanguageTest::initTestCase()
{
    m_shelf = std::make_unique<support::Shelf>(m_workplace.path(u"shelf"_s));
    const QString fresh = m_workplace.path(u"fresh.ts"_s);
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(SOURCE_FOLDER));
    lupdate.start(QStringLiteral(LUPDATE),
        {u"-silent"_s, u"-locations"_s, u"none"_s, u"-I"_s, u"."_s, u"ui"_s, u"app"_s, u"-ts"_s,
            fresh});
    QVERIFY(lupdate.waitForFinished(60'000));
    QCOMPARE(lupdate.exitCode(), 0);
    m_sources = messagesOf(fresh);
    QVERIFY2(m_sources.size() > 250, qPrintable(QString::number(m_sources.size())));
}

void LanguageTest::everyWordIsTranslated()
{
    auto korean = messagesOf(translations(u"ko"_s));
    QStringList missing;
    for (auto source = m_sources.keyBegin(); source != m_sources.keyEnd(); ++source) {
        const Message message = korean.take(*source);
        if (message.translations.isEmpty() || !message.isFinished)
            missing.append(*source);
        for (const QString &text : message.translations)
            if (placesIn(text) != placesIn(source->section(u": "_s, 1)))
                missing.append(*source + u" (other places than "_s + text + u')');
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    // What is left explains keys; anything else is of no use any more.
    QStringList unused;
    for (auto left = korean.keyBegin(); left != korean.keyEnd(); ++left)
        if (!left->startsWith(u"station.toml: "))
            unused.append(*left);
    QVERIFY2(unused.isEmpty(), qPrintable(unused.join(u'\n')));
}

void LanguageTest::everyPluralIsEnglish()
{
    const auto english = messagesOf(translations(u"en"_s));
    for (auto source = m_sources.keyBegin(); source != m_sources.keyEnd(); ++source)
        if (source->contains(u"%n"))
            QVERIFY2(english.contains(*source) && english[*source].isFinished, qPrintable(*source));
}

void LanguageTest::choose(DeskRoom &desk, const QString &language)
{
    desk.press(u"tabSettings"_s);
    desk.child<QComboBox>(u"desktop.language"_s)->setCurrentText(language);
    desk.press(u"save"_s);
}

void LanguageTest::aWindowChangesItsLanguageAtOnce()
{
    const QString folder = m_workplace.path(u"switch"_s);
    m_shelf->copyTo(folder);
    DeskRoom desk(folder);
    QVERIFY(desk.testGoodAndClone());
    desk.press(u"stop"_s);
    desk.press(u"tabSettings"_s);
    choose(desk, u"한국어"_s);
    QTRY_COMPARE(desk.child<QPushButton>(u"tabLine"_s)->text(), u"라인"_s);
    QCOMPARE(desk.child<QPushButton>(u"tabLine"_s)->shortcut(), QKeySequence(Qt::Key_F1));
    QCOMPARE(desk.window().recordsMark().words(), u"기록: 저장됨"_s);
    QCOMPARE(desk.view(0).what, u"증명되어 기록됨"_s);
    QVERIFY(desk.view(1).what.startsWith(u"이미 기록된 키"));
    QCOMPARE(desk.page().board().tile(2).view().next, u"장치를 연결하세요"_s);
    // What was stopped stays so, and says so.
    QCOMPARE(desk.child<QPushButton>(u"stop"_s)->text(), u"계속"_s);
    QCOMPARE(desk.child<QPushButton>(u"stop"_s)->shortcut(), QKeySequence(Qt::Key_F9));
    QCOMPARE(QLocale().language(), QLocale::Korean);
    desk.press(u"tabRecords"_s);
    auto *table = desk.child<QTableView>(u"records"_s)->model();
    QTRY_COMPARE(table->rowCount(), 2);
    QCOMPARE(table->index(0, 2).data().toString(), u"불합격"_s);
    QCOMPARE(table->headerData(0, Qt::Horizontal).toString(), u"시각"_s);
    const QString time = table->index(0, 0).data().toString();
    QVERIFY2(time.contains(u"오전") || time.contains(u"오후"), qPrintable(time));
    // And back; the file has it for the next start.
    choose(desk, u"English"_s);
    QTRY_COMPARE(desk.child<QPushButton>(u"tabLine"_s)->text(), u"Line"_s);
    QCOMPARE(desk.view(0).what, u"Proven and recorded"_s);
    const auto saved = app::loadSettings(desk.room().settingsFile());
    QVERIFY(saved);
    QCOMPARE(saved->language, u"en"_s);
}

/// No widget still says in English what Korean has a word for.
void LanguageTest::everyWordOnTheScreenChanges()
{
    const QString folder = m_workplace.path(u"whole"_s);
    m_shelf->copyTo(folder);
    DeskRoom desk(folder);
    QVERIFY(desk.waits(0, SlotState::Empty));
    choose(desk, u"한국어"_s);
    QTRY_COMPARE(desk.child<QPushButton>(u"tabLine"_s)->text(), u"라인"_s);
    int said = 0;
    for (const auto *widget : desk.window().findChildren<QWidget *>()) {
        QStringList words{widget->accessibleName()};
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            words.append(label->text());
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            words.append(button->text());
        if (const auto *edit = qobject_cast<const QLineEdit *>(widget))
            words.append(edit->placeholderText());
        for (const QString &text : std::as_const(words)) {
            said += isKorean(text) ? 1 : 0;
            const bool isName = text == u"English" || text.startsWith(u"TRAIN");
            static const QRegularExpression english(u"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}"_s);
            QVERIFY2(isKorean(text) || isName || !english.match(text).hasMatch(),
                qPrintable(widget->objectName() + u": "_s + text));
        }
    }
    QVERIFY2(said > 60, qPrintable(QString::number(said)));
}

void LanguageTest::anUnknownLanguageIsRefused()
{
    const auto parsed = app::parseSettings(
        "schema = 1\n[station]\nid = \"a\"\n[desktop]\nlanguage = \"tlh\"\n", u"s.toml"_s);
    QVERIFY(!parsed);
    QVERIFY2(parsed.error().detail.contains(u"s.toml:5")
            && parsed.error().detail.contains(u"write en, ko"),
        qPrintable(parsed.error().detail));
}

QTEST_MAIN(LanguageTest)
#include "language.moc"
