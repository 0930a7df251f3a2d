// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secretinput.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <termios.h>
#include <tuple>
#include <unistd.h>

namespace app {

using namespace Qt::StringLiterals;

namespace {

/// A terminal that shows nothing of what is typed, as long as this lives.
class Unseen {
public:
    Unseen() : m_isTerminal(tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        if (!m_isTerminal)
            return;
        termios quiet = m_before;
        quiet.c_lflag &= ~tcflag_t(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~Unseen()
    {
        if (!m_isTerminal)
            return;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        std::ignore = std::fputc('\n', stderr);
    }
    Q_DISABLE_COPY_MOVE(Unseen)
    [[nodiscard]] bool isTerminal() const { return m_isTerminal; }

private:
    termios m_before{};
    bool m_isTerminal = false;
};

} // namespace

station::Result<upload::Secret> askSecret(const QString &prompt)
{
    const Unseen unseen;
    if (unseen.isTerminal()) {
        const QByteArray text = prompt.toUtf8();
        std::ignore = std::fwrite(text.constData(), 1, size_t(text.size()), stderr);
    }
    std::array<char, 8192> buffer{};
    size_t size = 0;
    bool isWhole = false;
    while (size < buffer.size() && !isWhole) {
        // A byte at a time: what comes after the line is another's to read.
        const ssize_t got = ::read(STDIN_FILENO, buffer.data() + size, 1);
        if (got < 0 && errno == EINTR)
            continue;
        isWhole = got <= 0 || buffer.at(size) == '\n';
        size += got > 0 ? 1 : 0;
    }
    upload::Secret answer(QByteArrayView(buffer.data(), qsizetype(size)).trimmed());
    explicit_bzero(buffer.data(), buffer.size());
    if (!isWhole)
        return std::unexpected(station::Error{
            station::Fault::Syntax, u"that is more than a connection string, a token or a PIN"_s});
    if (answer.isEmpty())
        return std::unexpected(station::Error{station::Fault::Syntax,
            u"nothing came on standard input; give the secret there, never as an argument"_s});
    return answer;
}

} // namespace app
