#!/bin/bash
# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# package.sh SOURCE PROGRAMS SCRATCH: the package's files for desktops, systemd, bash and man are sound.
set -u

package=$1/installer/package
programs=$2
scratch=$3
failed=0
complain() { echo "$*"; failed=1; }

rm -rf "$scratch"
mkdir -p "$scratch"
desktop-file-validate "$package/ekstation.desktop" || failed=1
appstreamcli validate --no-net --strict "$package/org.ekstation.ekstation.metainfo.xml" || failed=1

# The units name programs where the package puts them; here they are where the build put them.
for unit in "$package"/*.service "$package"/*.socket; do
    sed "s#/usr/bin/#$programs/#; /^Documentation=man:/d" "$unit" >"$scratch/$(basename "$unit")"
done
said=$(cd "$scratch" && systemd-analyze verify --recursive-errors=no ./*.service ./*.socket 2>&1) ||
    complain "systemd-analyze: $said"
[ -z "$said" ] || complain "systemd-analyze: $said"

"$package/manual" "$programs" "$scratch/man1" || complain "no manual pages"
for page in "$scratch"/man1/*.1.gz; do
    said=$(LC_ALL=C.UTF-8 MANWIDTH=100 man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null)
    [ -z "$said" ] || complain "$page: $said"
done
[ "$(ls "$scratch/man1" | wc -l)" -gt "$("$programs/ekstation-cli" --help | grep -c '^  [a-z]')" ] ||
    complain "a command has no manual page"

# What bash offers after words that somebody has typed.
offers() {
    (
        PATH=$programs:$PATH
        # shellcheck disable=SC1090,SC1091
        . "$package/ekstation.bash"
        COMP_WORDS=(ekstation-cli "$@")
        COMP_CWORD=$#
        COMPREPLY=()
        _ekstation_cli
        echo "${COMPREPLY[*]}"
    )
}
expect() { # what is offered, words...
    local wanted=$1 found
    shift
    found=$(offers "$@")
    [ "$found" = "$wanted" ] || complain "bash offers '$found' after '$*', not '$wanted'"
}
expect 'doctor' do
expect 'check' plan ''
expect '--serials --station' run --s
expect 'training' read --plan tr
expect '--json' plan check --j
exit $failed
