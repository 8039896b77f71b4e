#!/usr/bin/env bash
# Programs that must not compile: each file in tests/errors names the texts that the compiler has to print ("// expect: ...").
# One error each, in at most 12 lines with g++ and nvcc, 20 with clang. Prints "N passed, N failed, N skipped".
cd "$(dirname "$0")/.." || exit 2
passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

check() {  # compiler, most lines, file
  local name="$2: $(basename "$4")" problem="" text
  if $1 -std=c++20 -Iinclude -c "$4" -o /dev/null >"$log" 2>&1; then
    problem="it compiles"
  else
    while read -r text; do
      # clang puts quotes and commas into packs of characters differently, and shortens shapes
      tr -d "'\`‘’ \n" <"$log" | grep -qF "$(printf %s "$text" | tr -d "'\`‘’ ")" || problem="the text '$text' is missing"
    done < <(sed -n 's|^// expect: ||p' "$4")
    local lines
    lines=$(grep -c . "$log")
    [ "$lines" -le "$3" ] || problem="$lines lines, at most $3 are wanted"
    [ "$(grep -cE '(^|[^a-z])error:' "$log")" -eq 1 ] || problem="more than one error"
  fi
  if [ -n "$problem" ]; then
    failed=$((failed + 1))
    echo "FAILED $name: $problem"
    cat "$log"
  else
    passed=$((passed + 1))
  fi
}

for file in tests/errors/*.cpp; do
  check "${CXX:-g++}" g++ 12 "$file"
  if command -v clang++ >/dev/null; then check clang++ clang++ 20 "$file"; else skipped=$((skipped + 1)); fi
  if command -v nvcc >/dev/null; then check "nvcc -x cu" nvcc 12 "$file"; else skipped=$((skipped + 1)); fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
