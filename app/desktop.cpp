// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk.h"
#include "app/instance.h"
#include "app/interrupt.h"
#include "app/process.h"
#include "app/speech.h"
#include "ui/look.h"
#include "ui/notice.h"
#include "ui/sheet.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QPdfWriter>
#include <QStandardPaths>
#include <QStyleFactory>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace {

constexpr int good = 0, stationError = 3;

/// From the first window to the last; what a person asked for on the command line.
class Desktop : public QObject {
public:
    explicit Desktop(app::Speech &speech) : m_speech(speech) { }
    void start(const QCommandLineParser &parser);
    [[nodiscard]] int exit() const { return m_exit; }
    void leave();

private:
    void train(const QString &folder);
    void openClassroom(const QString &folder);
    void open(const app::Settings &settings, const QString &file,
        std::unique_ptr<app::Classroom> classroom = {});
    void fail(const station::Error &error);
    [[nodiscard]] bool raiseOther(const app::Settings &settings);

    app::Speech &m_speech;
    std::unique_ptr<app::Instance> m_instance;
    std::unique_ptr<app::Desk> m_desk;
    std::unique_ptr<ui::Notice> m_notice;
    int m_exit = good;
};

QString usualFile()
{
    const QString own =
        QStandardPaths::locate(QStandardPaths::GenericConfigLocation, u"ekstation/station.toml"_s);
    return own.isEmpty() ? u"/etc/ekstation/station.toml"_s : own;
}

void Desktop::start(const QCommandLineParser &parser)
{
    if (parser.isSet(u"training"_s)) {
        const QString usual = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
            + u"/ekstation/training"_s;
        train(
            QDir().absoluteFilePath(parser.isSet(u"folder"_s) ? parser.value(u"folder"_s) : usual));
        return;
    }
    const QString file = QDir().absoluteFilePath(
        parser.isSet(u"station"_s) ? parser.value(u"station"_s) : usualFile());
    const auto settings = app::loadSettings(file);
    if (!settings)
        fail(settings.error());
    else if (!raiseOther(*settings))
        open(*settings, file);
}

bool Desktop::raiseOther(const app::Settings &settings)
{
    m_instance = std::make_unique<app::Instance>(settings);
    if (!m_instance->raiseOther())
        return false;
    QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    return true;
}

void Desktop::train(const QString &folder)
{
    QDir().mkpath(folder);
    if (raiseOther(
            {.folder = folder, .stationId = u"training"_s, .ledgerUrl = u"sqlite:ledger.db"_s}))
        return;
    if (app::Classroom::isPrepared(folder)) {
        openClassroom(folder);
        return;
    }
    m_notice = std::make_unique<ui::Notice>(
        QCoreApplication::translate("desktop", "One moment, please"),
        QCoreApplication::translate("desktop",
            "Seven simulated devices are being made. This happens once and takes some seconds."));
    m_notice->show();
    QThreadPool::globalInstance()->start([this, folder] {
        const auto prepared = app::Classroom::prepare(folder);
        QMetaObject::invokeMethod(this, [this, folder, prepared] {
            if (prepared)
                openClassroom(folder);
            else
                fail(prepared.error());
        });
    });
}

void Desktop::openClassroom(const QString &folder)
{
    auto room = app::Classroom::open(folder);
    if (!room) {
        fail(room.error());
        return;
    }
    const auto settings = (*room)->settings();
    const QString file = (*room)->settingsFile();
    open(settings, file, std::move(*room));
}

void Desktop::open(
    const app::Settings &settings, const QString &file, std::unique_ptr<app::Classroom> classroom)
{
    m_speech.speak(settings.language);
    auto desk = app::Desk::open(settings, file, std::move(classroom));
    if (!desk) {
        fail(desk.error());
        return;
    }
    m_desk = std::move(*desk);
    connect(m_desk.get(), &app::Desk::languageChosen, this,
        [this](const QString &language) { m_speech.speak(language); });
    m_instance->listen();
    connect(
        m_instance.get(), &app::Instance::raiseAsked, &m_desk->window(), &ui::Window::bringToFront);
    auto &window = m_desk->window();
    window.resize(1280, 800);
    if (m_desk->classroom())
        window.show();
    else
        window.showMaximized();
    m_notice.reset();
    m_desk->begin();
    if (auto *room = m_desk->classroom())
        if (const auto plugged = room->plug(app::Classroom::Kind::Good); !plugged)
            fail(plugged.error());
}

void Desktop::fail(const station::Error &error)
{
    m_exit = stationError;
    std::fprintf(stderr, "ekstation: %s\n", qPrintable(error.detail));
    m_notice = std::make_unique<ui::Notice>(error);
    m_notice->show();
}

void Desktop::leave()
{
    if (m_desk)
        m_desk->leave();
    else
        QCoreApplication::quit();
}

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(QCoreApplication::translate("desktop",
        "The window of a final-test station for devices with a TPM 2.0.\n\nExample:\n  ekstation "
        "--training"));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {u"station"_s,
            QCoreApplication::translate("desktop",
                "The station's settings; default ~/.config/ekstation/station.toml, then "
                "/etc/ekstation/station.toml."),
            u"FILE"_s},
        {u"training"_s,
            QCoreApplication::translate(
                "desktop", "Simulated devices and a local service: nothing here is production.")},
        {u"sheet"_s,
            QCoreApplication::translate("desktop",
                "Writes the station's commands as barcodes, to be printed and hung beside the "
                "line; no window."),
            u"FILE.pdf"_s},
        {u"folder"_s,
            QCoreApplication::translate("desktop",
                "Where training keeps its devices and records; default "
                "~/.local/share/ekstation/training."),
            u"DIR"_s},
    });
}

/// Returns the exit code.
int writeSheet(const QString &stationFile, const QString &file, app::Speech &speech)
{
    const auto settings = app::loadSettings(stationFile);
    if (!settings) {
        std::fprintf(stderr, "ekstation: %s\n", qPrintable(settings.error().detail));
        return stationError;
    }
    speech.speak(settings->language);
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly)) {
        std::fprintf(
            stderr, "ekstation: %s: %s\n", qPrintable(file), qPrintable(out.errorString()));
        return stationError;
    }
    QStringList slotNames, asking;
    for (const auto &slot : settings->slotList)
        slotNames.append(slot.name);
    for (const auto &slot : settings->slotList)
        if (!slot.prompt.isEmpty())
            asking.append(slot.name);
    QPdfWriter pdf(&out);
    const QStringList unprintable = ui::drawSheet(pdf, settings->stationId, slotNames, asking);
    for (const QString &slot : unprintable)
        std::fprintf(stderr, "ekstation: %s\n",
            qPrintable(QCoreApplication::translate("desktop",
                "slot \"%1\" has no barcode: its name has other than plain letters, digits and "
                "signs, or is longer than 24")
                    .arg(slot)));
    return unprintable.isEmpty() ? good : stationError;
}

/// The options alone need no display.
bool asksForWords(int argc, char **argv)
{
    return std::any_of(argv + 1, argv + argc, [](const char *word) {
        const QByteArrayView view(word);
        return view == "--sheet" || view.startsWith("--sheet=") || view == "--help" || view == "-h"
            || view == "--version" || view == "-v";
    });
}

} // namespace

int main(int argc, char **argv)
{
    app::prepareProcess();
    if (asksForWords(argc, argv))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    app::Interrupt::block(); // Qt's display plugin starts threads
    QApplication application(argc, argv);
    const app::Interrupt interrupt;
    QApplication::setApplicationName(u"ekstation"_s);
    QApplication::setApplicationVersion(QStringLiteral(EKSTATION_VERSION));
    QApplication::setDesktopFileName(u"ekstation"_s);
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    ui::look::wear(ui::look::Theme::System);
    app::Speech speech;
    speech.speak({});
    QCommandLineParser parser;
    describe(parser);
    parser.process(application);
    if (!parser.positionalArguments().isEmpty()
        || (parser.isSet(u"training"_s) && parser.isSet(u"station"_s))) {
        std::fprintf(stderr, "ekstation: %s\n",
            qPrintable(QCoreApplication::translate("desktop",
                "takes --station FILE, or --training, and nothing else (--help tells how)")));
        return 2;
    }
    if (parser.isSet(u"sheet"_s))
        return writeSheet(
            QDir().absoluteFilePath(
                parser.isSet(u"station"_s) ? parser.value(u"station"_s) : usualFile()),
            parser.value(u"sheet"_s), speech);
    Desktop desktop(speech);
    QObject::connect(&interrupt, &app::Interrupt::requested, &desktop, &Desktop::leave);
    desktop.start(parser);
    QApplication::exec();
    return desktop.exit();
}
