# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# bash completion for ekstation-cli. It asks the program itself, so it knows what --help knows.

_ekstation_cli() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local commands command='' offers
    commands=$(ekstation-cli --help 2>/dev/null | sed -n 's/^  \([a-z][a-z -]*[a-z]\)  .*/\1/p')

    # A command is one to three words ("plan check"); the longest one wins.
    local words='' said='' word
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        words="$words${words:+ }$word"
        [[ $word == -* ]] && break
        said=$words
        grep -qxF -- "$words" <<<"$commands" && command=$words
    done

    if [ -z "$command" ]; then
        if [ "$COMP_CWORD" -eq 1 ]; then
            offers=$(cut -d' ' -f1 <<<"$commands" | sort -u)
        else
            offers=$(sed -n "s/^$said //p" <<<"$commands" | cut -d' ' -f1 | sort -u)
        fi
    elif [[ $current == -* ]]; then
        # shellcheck disable=SC2086 # a command of several words is several arguments
        offers=$(ekstation-cli $command --help 2>/dev/null | grep -o -- '--[a-z][a-z-]*' | sort -u)
    elif [ "$before" = --plan ]; then
        mapfile -t COMPREPLY < <(compgen -W 'production training qa' -- "$current"; compgen -f -- "$current")
        return
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
    fi
    mapfile -t COMPREPLY < <(compgen -W "$offers" -- "$current")
}

complete -o filenames -F _ekstation_cli ekstation-cli
