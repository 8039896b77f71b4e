#!/usr/bin/env bash
# What `-march=native` would gain: a program that includes all of the library, compiled with -O2 alone and with that option, too,
# runs in turns. Medians of the turns, in milliseconds; the goal is a ratio of at least 0.95.
#
#   bash benchmarks/native/run.sh [--rounds N]        default: 7
cd "$(dirname "$0")/../.." || exit 2
rounds=7
if [ "$1" = --rounds ]; then rounds=${2:?}; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build() { "${CXX:-g++}" -std=c++20 -O2 -DNDEBUG -Iinclude -Iexamples "${@:2}" benchmarks/native/program.cpp -o "$work/$1"; }
build plain && build native -march=native || exit 1
for ((i = 0; i < rounds; ++i)); do
  for form in plain native; do
    "$work/$form" | sed "s/^/$form /" >>"$work/times" || exit 1
  done
done
middle() { grep "^$1 $2 " "$work/times" | cut -d' ' -f3 | sort -g | sed -n "$((rounds / 2 + 1))p"; }
printf '| %-30s | %9s | %13s | %14s |\n' network "-O2, ms" "and native" "native / -O2"
printf '|%s|%s|%s|%s|\n' "$(printf -- '-%.0s' {1..32})" "$(printf -- '-%.0s' {1..11})" "$(printf -- '-%.0s' {1..15})" "$(printf -- '-%.0s' {1..16})"
for network in $(cut -d' ' -f2 "$work/times" | awk '!seen[$0]++'); do
  plain=$(middle plain "$network") native=$(middle native "$network")
  printf '| %-30s | %9.2f | %13.2f | %14s |\n' "$network" "$plain" "$native" "$(awk "BEGIN { printf \"%.3f\", $native / $plain }")"
done
