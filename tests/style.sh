#!/usr/bin/env bash
# clang-format and clang-tidy over the whole project, two files at a time. Prints "N passed, N failed, N skipped": one check for
# each file and tool.
cd "$(dirname "$0")/.." || exit 2
work=$PWD/build/style  # in the project, where clang-tidy finds its options
log=$work/log
rm -rf "$work"
mkdir -p "$work"
apart='no_[^/]*\.cpp$'  # what stands for another file
twins='(system_)?(soft_label_mtl_([0-9]|held|stretched)[^/]*|weak_g(ap|wrp)|v[12])\.cpp$'

check() {  # name, command...
  local name=$1 said
  shift
  if said=$("$@" 2>&1); then
    echo "passed $name"
  else
    printf '%s\n' "FAILED $name" "$(grep -E 'error|warning:' <<<"$said" | head -n 10)"
  fi
}
format() { check "format: $1" clang-format --dry-run -Werror "$1"; }
tidy() {
  check "tidy: $1" clang-tidy --quiet --warnings-as-errors='*' --checks=-bugprone-suspicious-include "$1" -- -std=c++20 -Iinclude -Iexamples -isystem /usr/include/eigen3
}
export -f check format tidy
# A file that includes those of a folder which one translation unit can hold, as most of the time goes into headers.
together() {
  local unit=$work/$(basename "$1").cpp
  git ls-files "$1*.cpp" | grep -vE "/$apart" | grep -vE "/$twins" |
    sed "s|.*|#include \"$PWD/&\"|" >"$unit"
  [ ! -s "$unit" ] || echo "$unit"
}
each() { xargs -P 2 -I {} bash -c "$1 {}"; }  # function; names of files from the input

{
  git ls-files '*.hpp' '*.cpp' | each format
  # One translation unit that includes the whole library, and one with the files of each program that do not stand for each other;
  # the rest one by one. Networks and systems that differ in their name only are checked once.
  {
    echo tests/style/everything.cpp
    for folder in examples/*/; do together "$folder"; done
    git ls-files 'examples/*.cpp' | grep -E "/$apart" | grep -vE "/$twins"
  } | each tidy
} >"$log"
grep -v '^passed ' "$log"
failed=$(grep -c '^FAILED ' "$log")
echo "$(grep -c '^passed ' "$log") passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
