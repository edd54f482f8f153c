#!/usr/bin/env bash
# Installs what was built below a scratch directory, and builds a program against it twice: through the CMake package and
# through pkg-config.
set -euo pipefail
build=${CONVENE_BUILD:?}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/usr

cmake --install "$build" --prefix "$prefix" >/dev/null

cmake -S tests/install -B "$work/cmake" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Debug >/dev/null
cmake --build "$work/cmake"
"$work/cmake/consumer"

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
# shellcheck disable=SC2046  # the flags are several words
g++ $(pkg-config --cflags convene) tests/install/consumer.cpp -o "$work/consumer" $(pkg-config --libs convene)
"$work/consumer"

if [ -x "$build/convene" ]; then
    "$prefix/bin/convene" --version
fi
