#!/usr/bin/env bash
# Installs what was built below a scratch directory, and builds programs against it: through the CMake package and through
# pkg-config, with the core alone and with the network.
set -euo pipefail
build=${CONVENE_BUILD:?}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/usr

cmake --install "$build" --prefix "$prefix" >/dev/null

cmake -S tests/install -B "$work/cmake" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Debug >/dev/null
cmake --build "$work/cmake"
"$work/cmake/consumer"
[ "$("$work/cmake/chat_bot" 2>&1 || true)" = "usage: chat_bot HOST[:PORT] [CONFERENCE [PASSWORD]]" ]

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
# shellcheck disable=SC2046  # the flags are several words
g++ $(pkg-config --cflags convene) tests/install/consumer.cpp -o "$work/consumer" $(pkg-config --libs convene)
"$work/consumer"
# shellcheck disable=SC2046
g++ $(pkg-config --cflags convene-network) examples/monitor.cpp -o "$work/monitor" $(pkg-config --libs convene-network)
[ "$("$work/monitor" 2>&1 || true)" = "usage: monitor HOST[:PORT] [CONFERENCE [PASSWORD]]" ]

if [ -x "$build/convene" ]; then
    "$prefix/bin/convene" --version
fi
