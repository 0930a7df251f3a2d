// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "station/databaseplace.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>
#include <QUrl>
#include <QUrlQuery>

#include <sys/vfs.h>

#include <algorithm>
#include <array>

namespace station {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 FuseMagic = 0x65735546;

// What may stand behind '?'; all but host go to libpq as they are.
constexpr std::array<QStringView, 8> KnownOptions{u"host", u"sslmode", u"sslrootcert", u"sslcert",
    u"sslkey", u"connect_timeout", u"application_name", u"gssencmode"};

Error wrong(const QString &detail)
{
    return {Fault::Syntax, detail};
}

Result<QString> libpqOption(const QString &key, const QString &value)
{
    // QPSQL cuts the option text at each semicolon, even inside quotes.
    if (value.contains(u';'))
        return std::unexpected(wrong(u"ledger URL: a semicolon in "_s + key));
    QString quoted = value;
    quoted.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
    return key + u"='"_s + quoted + u"'"_s;
}

Result<void> readOptions(const QUrl &url, DatabasePlace &place)
{
    // A dead server must not hold a line for hours; a URL may say otherwise.
    QStringList options{u"tcp_user_timeout=20000"_s, u"connect_timeout=10"_s};
    const auto pairs = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : pairs) {
        if (std::find(KnownOptions.begin(), KnownOptions.end(), key) == KnownOptions.end())
            return std::unexpected(wrong(u"ledger URL: unknown option "_s + key));
        if (key == u"host") {
            place.host = value;
            continue;
        }
        auto option = libpqOption(key, value);
        if (!option)
            return std::unexpected(option.error());
        options.append(*option);
    }
    place.options = options.join(u';');
    return {};
}

Result<DatabasePlace> parsePostgres(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid())
        return std::unexpected(wrong(u"ledger URL: "_s + url.errorString()));
    DatabasePlace place;
    place.engine = DatabasePlace::Engine::Postgres;
    place.host = url.host();
    place.port = url.port(5432);
    place.user = url.userName(QUrl::FullyDecoded);
    place.password = url.password(QUrl::FullyDecoded);
    place.name = url.path(QUrl::FullyDecoded).mid(1);
    if (place.name.isEmpty())
        return std::unexpected(wrong(u"ledger URL: the database's name is missing"_s));
    if (auto read = readOptions(url, place); !read)
        return std::unexpected(read.error());
    return place;
}

} // namespace

QString DatabasePlace::canonical() const
{
    if (engine == Engine::Postgres)
        return u"postgresql://%1@%2:%3/%4"_s.arg(user, host, QString::number(port), name);
    // The file may not exist yet, but its folder does; a link to either names the same ledger.
    const QFileInfo file(path);
    const QString whole = file.canonicalFilePath();
    if (!whole.isEmpty())
        return u"sqlite:"_s + whole;
    return u"sqlite:"_s + QDir(file.absolutePath()).canonicalPath() + u'/' + file.fileName();
}

Result<DatabasePlace> parseDatabasePlace(const QString &url, const QString &folder)
{
    if (url.startsWith("postgresql://"_L1))
        return parsePostgres(url);
    if (!url.startsWith("sqlite:"_L1))
        return std::unexpected(wrong(u"ledger URL: neither sqlite: nor postgresql://"_s));
    const QString path = url.mid(7);
    if (path.isEmpty())
        return std::unexpected(wrong(u"ledger URL: the file's name is missing"_s));
    DatabasePlace place;
    place.path = QDir::cleanPath(QDir(folder).absoluteFilePath(path));
    return place;
}

bool isNetworkFileSystem(quint32 magic, const QByteArray &mountType)
{
    // linux/magic.h: NFS, SMB, CIFS, SMB2, AFS, Ceph, Coda, 9P, GFS2, OCFS2
    constexpr std::array<quint32, 10> magics{0x6969, 0x517B, 0xFF534D42, 0xFE534D42, 0x5346414F,
        0x00C36400, 0x73757245, 0x01021997, 0x01161970, 0x7461636F};
    if (std::find(magics.begin(), magics.end(), magic) != magics.end())
        return true;
    // FUSE carries local file systems too (ntfs-3g, mergerfs); only the mount's type tells.
    constexpr std::array<QByteArrayView, 7> types{"fuse.sshfs", "fuse.s3fs", "fuse.rclone",
        "fuse.glusterfs", "fuse.davfs", "fuse.curlftpfs", "fuse.smbnetfs"};
    return magic == FuseMagic && std::find(types.begin(), types.end(), mountType) != types.end();
}

Result<void> checkFileSystem(const QString &path)
{
    const QString folder = QFileInfo(path).absolutePath();
    struct statfs system{};
    if (::statfs(QFile::encodeName(folder).constData(), &system) != 0)
        return std::unexpected(Error{Fault::Missing, u"no folder "_s + folder});
    const auto magic = static_cast<quint32>(system.f_type);
    const QByteArray type =
        magic == FuseMagic ? QStorageInfo(folder).fileSystemType() : QByteArray();
    if (isNetworkFileSystem(magic, type))
        return std::unexpected(Error{Fault::Refused,
            u"%1 is on a network file system; keep the ledger on a local disk, or use PostgreSQL"_s
                .arg(path)});
    return {};
}

} // namespace station
