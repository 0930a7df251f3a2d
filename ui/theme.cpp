// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <QApplication>

namespace ui::look {

using namespace Qt::StringLiterals;

namespace {

constexpr auto worn = "theme"; ///< the application's property
constexpr auto wished = "wishedTheme"; ///< the same, as the settings say it
constexpr QRgb black = 0xff000000, white = 0xffffffff;

Scheme light()
{
    const QColor paper(white), ink(0x16202b), accent(0x0b57a4);
    return {.ground = 0xe9edf1,
        .paper = paper,
        .soft = 0xf4f6f8,
        .ink = ink,
        .quiet = 0x4c5a68,
        .accent = accent,
        .onAccent = paper,
        .pressed = 0xd5e4f3,
        .border = 0x74828f,
        .faint = 0xc8d0d8,
        .off = 0x69757f,
        .offGround = 0xf1f3f5,
        .wrong = 0xa3161a,
        .track = 0xb4cee8,
        .states = {{{0xf4f6f8, 0x4c5a68, 0x74828f}, // Empty
            {paper, accent, accent}, // Ready
            {0xe3effb, accent, accent}, // Waiting
            {0xe3effb, accent, accent}, // Running
            {0xe1e5e9, 0x2d3945, 0x2d3945}, // Stopping
            {0x17803d, paper, 0x0f5c2b}, // Pass
            {0xa3161a, paper, 0x700d10}, // Fail
            {0xffc233, ink, 0xa06d00}, // Error
            {0x5a3a94, paper, 0x3d2469}, // Timeout
            {0x3b4753, paper, 0x232c34}}}}; // Aborted
}

Scheme dark()
{
    const QColor paper(0x1a232c), ink(0xe8eef3), accent(0x6db5f5);
    return {.ground = 0x10161c,
        .paper = paper,
        .soft = 0x202b35,
        .ink = ink,
        .quiet = 0xaebac5,
        .accent = accent,
        .onAccent = 0x06121f,
        .pressed = 0x2b4258,
        .border = 0x7b8b99,
        .faint = 0x3a4754,
        .off = 0x8b98a4,
        .offGround = 0x161e26,
        .wrong = 0xff9c9a,
        .track = 0x33516d,
        .states = {{{0x161e26, 0xaebac5, 0x7b8b99}, {paper, accent, accent},
            {0x163049, 0x9ccdfa, accent}, {0x163049, 0x9ccdfa, accent},
            {0x2c3640, 0xdbe3ea, 0xdbe3ea}, {0x17803d, QColor(white), 0x3fbf71},
            {0xa3161a, QColor(white), 0xf0696d}, {0xffc233, 0x16202b, 0xffe09a},
            {0x5a3a94, QColor(white), 0xa88be0}, {0x4a5763, QColor(white), 0x98a6b3}}}};
}

/// For eyes that need much: seven to one and more between each text and what it stands on.
Scheme contrast()
{
    const QColor ground(black), ink(white), accent(0xffff00);
    return {.ground = ground,
        .paper = ground,
        .soft = 0x1c1c1c,
        .ink = ink,
        .quiet = ink,
        .accent = accent,
        .onAccent = ground,
        .pressed = 0x4d4d00,
        .border = ink,
        .faint = ink,
        .off = 0xb4b4b4,
        .offGround = ground,
        .wrong = 0xffb3b3,
        .track = 0x5a5a5a,
        .states = {{{ground, ink, ink}, {ground, accent, accent}, {ground, 0x00ffff, 0x00ffff},
            {ground, 0x00ffff, 0x00ffff}, {0x333333, ink, ink}, {0x00d060, ground, ink},
            {0x9c0000, ink, ink}, {0xffc800, ground, ink}, {0x4a2399, ink, ink},
            {ink, ground, accent}}}};
}

/// With the names of colours between @ and @.
constexpr QStringView sheet =
    u"QPushButton{background:@paper@;color:@ink@;border:1.5px solid @border@;border-radius:8px;"
    "padding:4px 12px}"
    "QPushButton:hover{border-color:@accent@}"
    "QPushButton:pressed{background:@pressed@}"
    "QPushButton:focus{border:2.5px solid @accent@}"
    "QPushButton:disabled{color:@off@;background:@offGround@;border-color:@faint@}"
    "QPushButton[tab=\"true\"]:checked{background:@accent@;color:@onAccent@;border-color:@accent@;"
    "text-decoration:underline}"
    "QPushButton[tab=\"true\"]:checked:focus{border:3px double @onAccent@}"
    "QPushButton[tab=\"true\"]{padding:4px 6px}"
    "QWidget#training QPushButton{padding:4px 2px}"
    "QPushButton#cloudSwitch:checked{background:@care@;color:@onCare@;border-color:@careEdge@}"
    "QPushButton#stop{background:@stop@;color:@onStop@;border:2px solid @stopEdge@}"
    "QPushButton#stop[held=\"true\"]{background:@accent@;color:@onAccent@;border-color:@ink@}"
    "QLabel#said[refused=\"true\"]{color:@wrong@}"
    "QPushButton#stop:pressed{border-color:@ink@}"
    "QPushButton#stop:focus{border:3px solid @ink@}"
    "QLineEdit,QComboBox{background:@paper@;border:1.5px solid @border@;"
    "border-radius:8px;padding:2px 10px}"
    "QComboBox::drop-down{border:none;width:36px}"
    "QComboBox::down-arrow{width:0;height:0;border-left:7px solid @paper@;"
    "border-right:7px solid @paper@;border-top:9px solid @ink@}"
    "QLineEdit:focus,QComboBox:focus{border:2.5px solid @accent@}"
    "QLineEdit[wrong=\"true\"],QComboBox[wrong=\"true\"]{border:2.5px dashed @wrong@}"
    "QCheckBox{spacing:10px}"
    "QCheckBox::indicator{width:18px;height:18px;padding:4px;border:2px solid @border@;"
    "border-radius:5px;background:@paper@}"
    "QCheckBox::indicator:checked{background-color:@ink@;background-clip:content;"
    "background-origin:content}"
    "QCheckBox::indicator:focus{border:2.5px solid @accent@}"
    "QListView,QTableView,QTextBrowser{background:@paper@;alternate-background-color:@soft@;"
    "border:1px solid @faint@;border-radius:8px}"
    "QTableView:focus,QTextBrowser:focus,QScrollArea:focus{border:2.5px solid @accent@}"
    "QListView{background:transparent;border:none}"
    "QListView#people::item{min-height:48px;padding:0 8px}"
    "QListView#people{background:@paper@;border:1.5px solid @border@;border-radius:8px}"
    "QComboBox QListView{background:@paper@;border:1px solid @border@}"
    "QComboBox QAbstractItemView::item{min-height:48px;padding:0 10px}"
    "QHeaderView::section{background:@soft@;color:@ink@;border:none;border-bottom:1px solid "
    "@faint@;padding:6px}"
    "QScrollBar:vertical{background:@ground@;width:18px}"
    "QScrollBar:horizontal{background:@ground@;height:18px}"
    "QScrollBar::handle{background:@border@;border-radius:6px;margin:3px}"
    "QScrollBar::handle:vertical{min-height:48px}QScrollBar::handle:horizontal{min-width:48px}"
    "QScrollBar::add-line,QScrollBar::sub-line{width:0;height:0}"
    "QAbstractScrollArea::corner{background:@ground@;border:none}"
    "QScrollArea,#settingsContent{background:@paper@;border-radius:8px}"
    "QToolTip{background:@paper@;color:@ink@;border:1px solid @border@}"
    "QLabel#explanation,QLabel#recordMessage,QLabel#plan{color:@quiet@}"
    "QLabel[good=\"false\"]{color:@wrong@}"
    "QLabel#disposition,QLabel#order,QLabel#lineOrder,QLabel#queueTitle,QLabel#resultsTitle,QLabel#"
    "slotsTitle,QLabel#trainingTitle,"
    "QLabel#tallyTitle,QLabel[title=\"true\"]{font-weight:bold}"
    "QWidget[prompt=\"true\"]{background:@paper@;border:3px solid @accent@;border-radius:10px}"
    "QWidget[prompt=\"true\"] QLabel{background:transparent;border:none}"
    "QWidget#note,QWidget#away{background:@care@;border:1px solid @careEdge@;border-radius:8px}"
    "QWidget#note QLabel,QWidget#away QLabel{color:@onCare@;background:transparent;border:none}";

/// What the computer's other windows look like: the palette that Qt takes where nobody sets one.
bool isSystemDark()
{
    QApplication::setPalette(QPalette());
    const QPalette theirs = QApplication::palette();
    return theirs.color(QPalette::WindowText).lightness()
        > theirs.color(QPalette::Window).lightness();
}

} // namespace

Theme themeOf(const QString &word)
{
    return word == u"light"   ? Theme::Light
        : word == u"dark"     ? Theme::Dark
        : word == u"contrast" ? Theme::Contrast
                              : Theme::System;
}

const Scheme &schemeOf(Theme theme)
{
    static const Scheme all[] = {light(), light(), dark(), contrast()};
    return all[static_cast<int>(theme)];
}

const Scheme &scheme()
{
    return schemeOf(qApp ? static_cast<Theme>(qApp->property(worn).toInt()) : Theme::Light);
}

void wear(Theme theme)
{
    qApp->setProperty(wished, static_cast<int>(theme));
    const Theme seen = theme != Theme::System ? theme : isSystemDark() ? Theme::Dark : Theme::Light;
    qApp->setProperty(worn, static_cast<int>(seen));
    QApplication::setPalette(palette(schemeOf(seen)));
}

void follow()
{
    if (qApp->property(wished).isValid()
        && static_cast<Theme>(qApp->property(wished).toInt()) == Theme::System)
        wear(Theme::System);
}

QPalette palette(const Scheme &scheme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, scheme.ground);
    palette.setColor(QPalette::WindowText, scheme.ink);
    palette.setColor(QPalette::Base, scheme.paper);
    palette.setColor(QPalette::AlternateBase, scheme.soft);
    palette.setColor(QPalette::Text, scheme.ink);
    palette.setColor(QPalette::Button, scheme.paper);
    palette.setColor(QPalette::ButtonText, scheme.ink);
    palette.setColor(QPalette::Highlight, scheme.accent);
    palette.setColor(QPalette::HighlightedText, scheme.onAccent);
    palette.setColor(QPalette::PlaceholderText, scheme.quiet);
    palette.setColor(QPalette::Link, scheme.accent);
    palette.setColor(QPalette::ToolTipBase, scheme.paper);
    palette.setColor(QPalette::ToolTipText, scheme.ink);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, scheme.off);
    return palette;
}

QString styleSheet()
{
    const Scheme &worn = scheme();
    const auto &error = worn.states[static_cast<size_t>(SlotState::Error)];
    const auto &fail = worn.states[static_cast<size_t>(SlotState::Fail)];
    QString text = sheet.toString();
    const QList<std::pair<QLatin1StringView, QColor>> named = {{"ground"_L1, worn.ground},
        {"paper"_L1, worn.paper}, {"soft"_L1, worn.soft}, {"ink"_L1, worn.ink},
        {"quiet"_L1, worn.quiet}, {"accent"_L1, worn.accent}, {"onAccent"_L1, worn.onAccent},
        {"pressed"_L1, worn.pressed}, {"border"_L1, worn.border}, {"faint"_L1, worn.faint},
        {"off"_L1, worn.off}, {"offGround"_L1, worn.offGround}, {"wrong"_L1, worn.wrong},
        {"care"_L1, error.surface}, {"onCare"_L1, error.text}, {"careEdge"_L1, error.edge},
        {"stop"_L1, fail.surface}, {"onStop"_L1, fail.text}, {"stopEdge"_L1, fail.edge}};
    for (const auto &[name, colour] : named)
        text.replace(u'@' + name + u'@', colour.name());
    return text;
}

} // namespace ui::look
