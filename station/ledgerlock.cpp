// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/ledgerlock.h"

#include "tpm/lock.h"

#include <QCryptographicHash>
#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace station {

using namespace Qt::StringLiterals;

namespace {

QString ownerOf(int file)
{
    QByteArray text(32, '\0');
    const ssize_t size = ::pread(file, text.data(), static_cast<size_t>(text.size()), 0);
    return QString::fromLatin1(text.left(std::max<ssize_t>(size, 0)).trimmed());
}

} // namespace

Result<std::unique_ptr<LedgerLock>> LedgerLock::take(
    const DatabasePlace &place, const QString &stationId)
{
    const auto folder = tpm::lockFolder();
    if (!folder)
        return std::unexpected(Error{Fault::Ledger, folder.error().detail});
    const QByteArray subject = place.canonical().toUtf8() + '\n' + stationId.toUtf8();
    const QString path = *folder + u'/'
        + QString::fromLatin1(QCryptographicHash::hash(subject, QCryptographicHash::Sha256).toHex())
        + u".lock"_s;
    const int file =
        ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return std::unexpected(Error{Fault::Ledger, u"%1: %2"_s.arg(path, qt_error_string(errno))});
    std::unique_ptr<LedgerLock> lock(new LedgerLock(file));
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return std::unexpected(
                Error{Fault::Ledger, u"%1: %2"_s.arg(path, qt_error_string(errno))});
        return std::unexpected(Error{Fault::LedgerBusy,
            u"station %1 already runs here as process %2"_s.arg(stationId, ownerOf(file))});
    }
    // Only a hint for the message above; the lock holds without it.
    const QByteArray pid = QByteArray::number(::getpid()) + '\n';
    if (::ftruncate(file, 0) != 0
        || ::pwrite(file, pid.constData(), static_cast<size_t>(pid.size()), 0) < 0)
        errno = 0;
    return lock;
}

LedgerLock::~LedgerLock()
{
    ::close(m_file);
}

} // namespace station
