// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs a driver over files and folders instead of a fuzzer's inventions: what was found once is
// checked in every build, with any compiler.

#include "tests/fuzz/entry.h"

#include <QDirIterator>
#include <QFile>
#include <cstdio>

namespace {

bool replay(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "cannot read %s\n", qPrintable(path));
        return false;
    }
    const QByteArray bytes = file.readAll();
    // Before the call, so that the last line names the file that ended the program.
    std::fprintf(stderr, "%s\n", qPrintable(path));
    LLVMFuzzerTestOneInput(
        reinterpret_cast<const uint8_t *>(bytes.constData()), static_cast<size_t>(bytes.size()));
    return true;
}

} // namespace

int main(int count, char **arguments)
{
    int files = 0;
    for (int i = 1; i < count; ++i) {
        QDirIterator folder(
            QFile::decodeName(arguments[i]), QDir::Files, QDirIterator::Subdirectories);
        for (; folder.hasNext(); ++files) {
            if (!replay(folder.next())) {
                return 2;
            }
        }
    }
    std::fprintf(stderr, "%d files\n", files);
    return files == 0 ? 2 : 0; // an empty corpus would pass for the wrong reason
}
