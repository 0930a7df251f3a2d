// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/keyring.h"

#include <QFile>
#include <QTest>

namespace support {

using namespace Qt::StringLiterals;

Keyring::Keyring(State state)
{
    // Without a display nobody can be asked for a password.
    qunsetenv("DISPLAY");
    qunsetenv("WAYLAND_DISPLAY");
    m_bus = std::make_unique<Cli>(
        QStringList{u"--session"_s, u"--nofork"_s, u"--print-address"_s}, u"dbus-daemon"_s);
    const QByteArray address = m_bus->line();
    if (address.isEmpty())
        qFatal("dbus-daemon: %s", m_bus->wait().said().constData());
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    if (state == State::Locked)
        return; // the bus starts the service when somebody asks, and it stays locked
    m_service = std::make_unique<Cli>(
        QStringList{u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s},
        u"gnome-keyring-daemon"_s);
    m_service->write("\n"); // the password
    m_service->closeInput();
    // It answers here once it is ready; before, the bus would start another one.
    const QString control = qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/keyring/control"_s;
    const auto hasName = [] {
        return run(u"dbus-send"_s,
            {u"--session"_s, u"--print-reply"_s, u"--dest=org.freedesktop.DBus"_s,
                u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus.NameHasOwner"_s,
                u"string:org.freedesktop.secrets"_s})
            .out.contains("boolean true");
    };
    if (!QTest::qWaitFor([&] { return QFile::exists(control) && hasName(); }, 60'000))
        qFatal("gnome-keyring-daemon: %s", m_service->wait().said().constData());
}

Keyring::~Keyring()
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
}

} // namespace support
