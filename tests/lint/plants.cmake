# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# One violation each: file | text to append (or: removed, long) | words that the rule must say.
set(layers_plants
    "tpm/wire.h|#include \"station/plan.h\"|tpm may not know station"
    "station/plan.h|#include \"upload/outbox.h\"|station may not know upload"
    "upload/outbox.cpp|#include \"ui/wording.h\"|upload may not know ui"
    "upload/standin/server.cpp|#include \"app/wiring.h\"|upload may not know app"
    "ui/slots.cpp|  #  include \"app/wiring.h\"|ui may not know app"
    "ui/slots.cpp|#include \"tpm/properties.h\"|ui sees TPMs only through station"
    "app/wiring.cpp|#include \"tests/support/swtpm.h\"|may not know its tests"
    "tpm/wire.h|#include \"tpm/openssl.h\"|for tpm/*.cpp alone"
    "station/bench.cpp|#include \"tpm/openssl.h\"|for tpm/*.cpp alone"
    "tpm/wire.cpp|#include \"stop.h\"|must be written"
    "tpm/wire.cpp|#include \"../station/plan.h\"|must be written"
    "tpm/wire.cpp|#include <tpm/stop.h>|belongs in quotes"
    "tpm/session.h|#include <tss2/tss2_esys.h>|tss2_users"
    "station/bench.cpp|#include <tss2/tss2_rc.h>|tss2_users"
    "tpm/certificates.h|#include <openssl/x509.h>|openssl_users"
    "station/ledger.cpp|#include <openssl/sha.h>|openssl_users"
    "tests/tpm/wire.cpp|#include <openssl/sha.h>|openssl_users"
    "station/board.cpp|#include <microhttpd.h>|microhttpd_users"
    "app/settings.cpp|#include <toml++/toml.h>|toml_users"
    "station/bench.cpp|#include <QTcpSocket>|network_users"
    "tpm/wire.cpp|#include <QSqlQuery>|sql_users"
    "upload/outbox.cpp|#include <QtWidgets/QLabel>|gui_users"
    "app/console.cpp|#include <QApplication>|gui_users"
    "ui/wording.cpp|#include <QColor>|gui_users")

set(spdx_plants
    "station/plan.cpp|int a|no SPDX-FileCopyrightText"
    "station/plan.cpp|// SPDX-FileCopyrightText: 2026 ekstation contributors|no SPDX-License-Identifier"
    "station/CMakeLists.txt|add_library(a)|no SPDX-License-Identifier"
    "resources/schema/0001.sql|SELECT 1|no SPDX-License-Identifier"
    "resources/plans/qa.toml|schema = 1|no SPDX-License-Identifier"
    "installer/start|#!/bin/sh|no SPDX-License-Identifier"
    "tests/cli/run.sh|#!/bin/sh|no SPDX-License-Identifier")

set(format_plants
    "tpm/wire.cpp|int   a = 1|tpm/wire.cpp"
    "tests/tpm/wire.cpp|void f(){}|tests/tpm/wire.cpp")

set(words_plants
    "station/slots.h|class SlotManager|SlotManager"
    "station/slots.h|struct DeviceInfo {|DeviceInfo"
    "station/slots.h|namespace UploadHelpers {|UploadHelpers"
    "station/utils.cpp|int a()|file is named"
    "station/bench.cpp|std::this_thread::sleep_for(1s)|sleeps"
    "tests/line/line.cpp|QTest::qWait(100)|sleeps"
    "tests/line/line.cpp|QTest::qSleep(100)|sleeps"
    "tests/line/line.cpp|usleep(5)|sleeps"
    "tests/line/line.cpp|::sleep(5)|sleeps"
    "tests/line/line.cpp|QThread::msleep(5)|sleeps"
    "tests/line/line.cpp|QSKIP(\"no swtpm\")|QSKIP")

set(names_plants
    "tpm/wire.h|namespace tpm {\\nstruct Wire {\\n}\\nclass Wire : public A {|tpm::Wire is defined in tpm/wire.h already")

set(sizes_plants
    "station/ledger.cpp|long|400 lines"
    "tests/tests.cmake|long|400 lines")

set(readmes_plants
    "tpm/README.md|removed|tpm: no README.md"
    "tests/README.md|removed|tests: no README.md"
    "upload/standin/server.cpp|int a|upload/standin: no README.md")

set(packages_plants
    "CMakeLists.txt|find_package(OpenSSL 3.0 REQUIRED)|libssl-dev"
    "CMakeLists.txt|find_package(Boost)|add its package"
    "tpm/CMakeLists.txt|pkg_check_modules(tss2 REQUIRED IMPORTED_TARGET tss2-esys\n  tss2-mu)|libtss2-dev"
    "tests/tests.cmake|find_program(SOCAT socat REQUIRED)|package socat"
    "tests/tests.cmake|foreach(tool swtpm curl)|package swtpm"
    "station/store.cpp|auto driver = \"QPSQL\"|libqt6sql6-psql"
    "installer/packages.txt|ninja-build|not 'package # reason'"
    "installer/packages-test.txt|qt6-base-dev # again|listed twice")
