// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using ui::SlotState;

namespace {

qsizetype threads()
{
    return QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size();
}

/// WCAG 2.1: how much two colours differ, 1 to 21.
double contrastOf(const QColor &one, const QColor &other)
{
    const auto luminance = [](const QColor &colour) {
        const auto channel = [](double value) {
            return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF())
            + 0.0722 * channel(colour.blueF());
    };
    const double a = luminance(one) + 0.05, b = luminance(other) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

/// The state's shape alone: where it differs from what is behind it.
QImage silhouetteOf(SlotState state)
{
    QImage image(64, 64, QImage::Format_RGB32);
    const QColor behind = ui::look::colours(state).surface;
    image.fill(behind);
    QPainter painter(&image);
    ui::look::drawShape(painter, state, QRectF(image.rect()), 0.5);
    painter.end();
    QImage shape(64, 64, QImage::Format_Grayscale8);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x)
            shape.setPixelColor(
                x, y, image.pixelColor(x, y) == behind ? QColor(Qt::black) : QColor(Qt::white));
    return shape;
}

/// A colour on another, and how much they have to differ.
struct Pair {
    const char *what;
    QColor over, under;
    double least;
};

QList<Pair> pairsOf(const ui::look::Scheme &it, double text)
{
    QList<Pair> pairs{{"wrong on paper", it.wrong, it.paper, text},
        {"wrong on ground", it.wrong, it.ground, text},
        {"text on accent", it.onAccent, it.accent, text},
        {"text on a pressed button", it.ink, it.pressed, text},
        {"accent on paper", it.accent, it.paper, text},
        {"accent on ground", it.accent, it.ground, 3}, {"border on paper", it.border, it.paper, 3},
        {"border on ground", it.border, it.ground, 3}, {"text out of use", it.off, it.offGround, 3},
        {"text out of use", it.off, it.paper, 3}};
    for (const QColor &under : {it.ground, it.paper, it.soft}) {
        pairs.append({"ink", it.ink, under, text});
        pairs.append({"quiet", it.quiet, under, text});
    }
    for (const auto &colours : it.states) {
        pairs.append({"a state's text", colours.text, colours.surface, text});
        pairs.append({"a state's edge", colours.edge, it.ground, 3});
    }
    const auto &running = it.states[static_cast<size_t>(SlotState::Running)];
    pairs.append({"what is done of a ring", running.text, it.track, 3});
    // What the window's style takes from the palette.
    const QPalette palette = ui::look::palette(it);
    for (const auto &[over, under] : {std::pair(QPalette::WindowText, QPalette::Window),
             std::pair(QPalette::Text, QPalette::Base),
             std::pair(QPalette::Text, QPalette::AlternateBase),
             std::pair(QPalette::ButtonText, QPalette::Button),
             std::pair(QPalette::HighlightedText, QPalette::Highlight),
             std::pair(QPalette::PlaceholderText, QPalette::Base),
             std::pair(QPalette::ToolTipText, QPalette::ToolTipBase),
             std::pair(QPalette::Link, QPalette::Base)})
        pairs.append({"of the palette", palette.color(over), palette.color(under), text});
    return pairs;
}

} // namespace

/// What each state looks like.
class LookTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shapesAreDrawnByTheWindowAlone_data();
    void shapesAreDrawnByTheWindowAlone();
    void everyTextCanBeReadOnWhatItStandsOn_data();
    void everyTextCanBeReadOnWhatItStandsOn();
    void noStateIsToldByItsColourAlone();
    void aThemeIsPutOnByItsName();
};

void LookTest::shapesAreDrawnByTheWindowAlone_data()
{
    QTest::addColumn<SlotState>("state");
    for (int state = int(SlotState::Empty); state <= int(SlotState::Aborted); ++state)
        QTest::addRow("state %d", state) << SlotState(state);
}

/// Qt hands some fills to a thread pool and waits for it. With 64 slots at work that wait is long:
/// the pool's threads stand in line behind the slots', and the window stands still.
void LookTest::shapesAreDrawnByTheWindowAlone()
{
    QFETCH(SlotState, state);
    const ui::Colours colours = ui::look::colours(state);
    QImage image(600, 600, QImage::Format_RGB32);
    image.fill(colours.surface);
    const QImage bare = image;
    const qsizetype before = threads();
    QPainter painter(&image);
    ui::look::drawShape(painter, state, QRectF(image.rect()), 0.5);
    painter.end();
    QVERIFY(image != bare);
    QCOMPARE(threads(), before);
}

void LookTest::everyTextCanBeReadOnWhatItStandsOn_data()
{
    QTest::addColumn<ui::look::Theme>("theme");
    QTest::addColumn<double>("text");
    QTest::newRow("light") << ui::look::Theme::Light << 4.5;
    QTest::newRow("dark") << ui::look::Theme::Dark << 4.5;
    QTest::newRow("high contrast") << ui::look::Theme::Contrast << 7.0;
}

/// WCAG 2.1 AA: 4.5 to 1 for text, 3 to 1 for what shows where a control is; 7 to 1 (AAA) for those
/// who ask for much.
void LookTest::everyTextCanBeReadOnWhatItStandsOn()
{
    QFETCH(ui::look::Theme, theme);
    QFETCH(double, text);
    const auto pairs = pairsOf(ui::look::schemeOf(theme), text);
    for (const Pair &pair : pairs) {
        QVERIFY(pair.over.isValid() && pair.under.isValid());
        const double contrast = contrastOf(pair.over, pair.under);
        QVERIFY2(contrast >= pair.least,
            qPrintable(u"%1: %2 on %3 is %4"_s.arg(QString::fromLatin1(pair.what), pair.over.name(),
                pair.under.name(), QString::number(contrast))));
    }
}

/// Each two states differ in their shapes, seen without any colour.
void LookTest::noStateIsToldByItsColourAlone()
{
    for (int one = 0; one < 10; ++one)
        for (int other = 0; other < one; ++other) {
            const QImage a = silhouetteOf(SlotState(one)), b = silhouetteOf(SlotState(other));
            int differ = 0;
            for (int y = 0; y < 64; ++y)
                for (int x = 0; x < 64; ++x)
                    differ += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
            QVERIFY2(differ > 64 * 64 / 25,
                qPrintable(
                    u"states %1 and %2 differ in %3 points"_s.arg(one).arg(other).arg(differ)));
        }
}

void LookTest::aThemeIsPutOnByItsName()
{
    using ui::look::Theme;
    for (const auto &[word, theme] : {std::pair(u"light"_s, Theme::Light),
             std::pair(u"dark"_s, Theme::Dark), std::pair(u"contrast"_s, Theme::Contrast)}) {
        ui::look::wear(ui::look::themeOf(word));
        QCOMPARE(&ui::look::scheme(), &ui::look::schemeOf(theme));
        QCOMPARE(QApplication::palette().color(QPalette::Window), ui::look::scheme().ground);
        QVERIFY(!ui::look::styleSheet().contains(u'@'));
        QVERIFY(ui::look::styleSheet().contains(ui::look::scheme().paper.name()));
    }
    // Where nobody says what the computer's other windows look like, they are light.
    ui::look::wear(ui::look::themeOf(u"system"_s));
    QCOMPARE(&ui::look::scheme(), &ui::look::schemeOf(Theme::Light));
}

QTEST_MAIN(LookTest)
#include "look.moc"
