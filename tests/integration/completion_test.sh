#!/usr/bin/env bash
# The completion script for bash, asked as bash asks it; those for zsh and fish are parsed where these shells are there.
set -eu
source <("$CONVENE_PROGRAM" completion bash)

complete_words() {
    COMP_WORDS=("$@")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _convene
    echo "${COMPREPLY[*]}"
}

expect() {
    local wanted=$1
    shift
    local got
    got=$(complete_words "$@")
    if [ "$got" != "$wanted" ]; then
        echo "'$*' completes to '$got', not to '$wanted'" >&2
        exit 1
    fi
}

expect 'probe' convene pr
expect '--rule --roundtrip' convene dissect --r
expect 'aper ber' convene dissect --rule ''
expect 'bash zsh fish' convene completion ''
expect '--json' convene --js
expect '--json' convene probe --js
expect 'open configured password' convene serve --conferences-policy ''
expect 'CMakeLists.txt' convene dissect CMakeL

if command -v zsh > /dev/null; then zsh -n <("$CONVENE_PROGRAM" completion zsh); fi
if command -v fish > /dev/null; then fish --no-execute <("$CONVENE_PROGRAM" completion fish); fi
