#!/usr/bin/env bash
# The table of operations on a 64-bit ARM processor, which qemu plays: NEON instead of the instruction sets of x86-64.
# Prints "N passed, N failed, N skipped".
cd "$(dirname "$0")/.." || exit 2
work=build/arm
mkdir -p "$work"
export compiler=aarch64-linux-gnu-g++
if ! command -v $compiler qemu-aarch64 >/dev/null; then
  echo "skipped: needs $compiler and qemu-aarch64"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
fi
# Catch2 is headers only here: those of this machine's package serve every processor.
mkdir -p "$work/include" && ln -sfn /usr/include/catch2 "$work/include/catch2"
# shellcheck disable=SC2016 # the inner shell expands them
if ! printf '%s\n' cmake/kernels/cpu.cpp tests/op/*.cpp tests/support/main.cpp tests/support/allocations.cpp |
  xargs -P "$(nproc)" -I{} bash -c '
    object='"$work"'/$(basename {} .cpp).o
    $compiler -std=c++20 -O1 -DNDEBUG -DAURIS_CPU_LINKED -Iinclude -Itests -isystem '"$work"'/include -MD -c {} -o "$object"'; then
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi
# Without those of the reference backend and of cpu_direct, which take minutes here: emulation is 15 times slower.
$compiler "$work"/*.o -o "$work/unit_op" &&
  qemu-aarch64 -L /usr/aarch64-linux-gnu "$work/unit_op" '~*backends - 0' '~*backends - 2' >"$work/log.txt" 2>&1
status=$?
tail -n 3 "$work/log.txt"
if [ $status -eq 0 ] && [[ $(tail -n 2 "$work/log.txt") =~ in\ ([0-9]+)\ test\ case ]]; then
  echo "${BASH_REMATCH[1]} passed, 0 failed, 0 skipped"
else
  grep -A 20 FAILED "$work/log.txt" | head -n 60
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi
