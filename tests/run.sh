#!/usr/bin/env bash
# Builds and runs the tests: installs what is missing (Debian, Ubuntu; as root or with sudo), then the parts named as arguments.
#
#   bash tests/run.sh [unit] [sets] [golden] [errors] [packaging] [cuda] [docs] [style] [sanitize]       default: all
#
# unit: the Catch2 programs; sets: those that compute, with every instruction set; golden: networks against golden files, and the example programs at work; errors: programs that must not
# compile; packaging: the library installed and embedded; cuda: all of it under nvcc, where that is installed; docs: the examples in
# comments and pages; style: clang-format, clang-tidy; sanitize: the Catch2 programs under sanitizers.
#
# Two parts run at a time, so that no processor waits where one has work for a single one; what a part prints (build/part_NAME.txt)
# is shown when it ends. CMAKE_BUILD_PARALLEL_LEVEL: compilers that each of the two runs at once; default: one for each processor.
#
# Ends with "N passed, N failed, N skipped": Catch2 cases and script checks, summed over configurations.
cd "$(dirname "$0")/.." || exit 2
source cmake/install_packages.sh

parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(unit sets golden errors packaging cuda docs style sanitize)
install_packages g++ cmake ninja-build pkg-config libeigen3-dev catch2 libsndfile1-dev nlohmann-json3-dev libcli11-dev libbenchmark-dev libyaml-cpp-dev
for part in "${parts[@]}"; do
  case $part in
    unit | golden | packaging | cuda | docs) ;;
    sets) install_packages g++-aarch64-linux-gnu qemu-user ;;
    errors | sanitize) install_packages clang ;;
    style) install_packages clang-format clang-tidy ;;
    *)
      echo "unknown part '$part'; parts are unit sets golden errors packaging cuda docs style sanitize" >&2
      exit 2
      ;;
  esac
done
export CMAKE_COLOR_DIAGNOSTICS=OFF CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}
passed=0 failed=0 skipped=0

# Counts a line "N passed, N failed[, N skipped]", the last one in a log; no such line is a failure.
count() {
  local line
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$1" | tail -n 1)
  if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)? ]]; then
    passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2])) skipped=$((skipped + ${BASH_REMATCH[4]:-0}))
  else
    failed=$((failed + 1))
    echo "FAILED: $2 did not come to its end"
  fi
}

# A script that prints its own count.
script() {
  local log=build/log_$1.txt
  shift
  "$@" 2>&1 | tee "$log"
  count "$log" "$*"
}

configure_and_build() {  # preset, targets...
  local preset=$1
  shift
  cmake --preset "$preset" -DAURIS_BUILD_TESTS=ON >"build/log_configure_$preset.txt" || {
    cat "build/log_configure_$preset.txt"
    return 1
  }
  cmake --build --preset "$preset" ${*:+--target "$@"} >"build/log_build_$preset.txt" || {
    tail -n 60 "build/log_build_$preset.txt"
    return 1
  }
}

# All Catch2 programs of a build folder whose whole names match, as many at once as there are processors.
catch_programs() {  # folder, pattern, tests to run where not all
  local log results=$1/results total_passed=0 total_failed=0 before=$failed
  rm -rf "$results"
  mkdir -p "$results"
  find "$1/bin" -regextype egrep -regex ".*/($2)" -type f -executable | xargs -r ls -S |
    xargs -P "$(nproc)" -I{} bash -c '"$1" "${@:3}" >"$2/${1##*/}" 2>&1 || echo "status $?" >>"$2/${1##*/}"' - {} "$results" "${@:3}"
  for log in "$results"/*; do
    [ -f "$log" ] || continue
    echo "${log##*/}"
    local status=0
    [[ $(tail -n 1 "$log") =~ ^status\ ([0-9]+) ]] && status=${BASH_REMATCH[1]}
    [ "$status" -eq 0 ] || cat "$log"
    if grep -qE '^All tests passed \(.* in ([0-9]+) test cases?\)' "$log"; then
      total_passed=$((total_passed + $(sed -nE 's/^All tests passed \(.* in ([0-9]+) test cases?\).*/\1/p' "$log" | tail -n 1)))
    elif grep -qE '^test cases: ' "$log"; then
      local line
      line=$(grep -E '^test cases: ' "$log" | tail -n 1)
      [[ $line =~ ([0-9]+)\ passed ]] && total_passed=$((total_passed + BASH_REMATCH[1]))
      [[ $line =~ ([0-9]+)\ failed ]] && total_failed=$((total_failed + BASH_REMATCH[1]))
    fi
    skipped=$((skipped + $(grep -c '^ *skipped: ' "$log")))
    if [ "$status" -ne 0 ] && [ "$total_failed" -eq 0 ]; then total_failed=1; fi
  done
  passed=$((passed + total_passed)) failed=$((failed + total_failed))
  [ $((total_passed + total_failed)) -gt 0 ] || { failed=$((failed + 1)); echo "FAILED: no test ran in $1"; }
  [ "$failed" -eq "$before" ]
}

unit() { if configure_and_build release unit_tests; then catch_programs build/release 'unit_.*'; else failed=$((failed + 1)); fi; }
sets() {  # unit has run with the best one, and the reference backend, which uses none of them
  configure_and_build release unit_op unit_nn unit_audio || failed=$((failed + 1))
  local set
  for set in v2 v3; do
    echo "instruction set $set"
    AURIS_MAX_ISA=$set catch_programs build/release 'unit_(op|nn|audio)' '~*backends - 0'
  done
  script arm bash tests/arm.sh
}
golden() {
  local preset=executor  # programs with both backends
  [ ! -e /dev/nvidiactl ] || preset=cuda
  script golden bash tests/golden.sh --preset $preset
  script golden_cuda bash tests/golden.sh --backend cuda
  if configure_and_build $preset networks_safety; then catch_programs build/$preset networks_safety; else failed=$((failed + 1)); fi
  if configure_and_build $preset apply soft_label_mtl weak_labels dcasenet streaming custom_layer embedding evaluate audio_tagging random_cnn10; then
    script examples bash tests/examples.sh build/$preset/bin
  else
    failed=$((failed + 1))
  fi
}
errors() { script errors bash tests/errors.sh; }
packaging() { script packaging bash tests/packaging.sh; }
cuda() { script cuda bash tests/cuda.sh; }
docs() { script docs bash tests/docs.sh; }
style() { script style bash tests/style.sh; }
sanitize() {
  if configure_and_build address unit_tests; then catch_programs build/address 'unit_.*'; else failed=$((failed + 1)); fi
  if configure_and_build thread unit_train unit_backend unit_op unit_cuda unit_cuda_op; then
    catch_programs build/thread 'unit_.*'
  else
    failed=$((failed + 1))
  fi
}

# Parts that share a build folder, one after another; each in the end with its seconds (passed, by processors) and counts.
run() {  # parts...
  local part TIMEFORMAT='seconds: %0R %0U %0S'
  for part in "$@"; do
    passed=0 failed=0 skipped=0
    {
      echo "== $part"
      time "$part"
      echo "$passed passed, $failed failed, $skipped skipped"
    } >"build/part_$part.txt" 2>&1
    flock build/showing cat "build/part_$part.txt"
  done
}

mkdir -p build
rm -f build/part_*.txt
set -m  # a process group for each, which ends as a whole
trap 'for job in $(jobs -p); do kill -- "-$job"; done; exit 130' INT TERM
for group in sanitize "golden cuda" "unit sets" style docs packaging errors; do  # the longest first
  wanted=()
  for part in $group; do [[ " ${parts[*]} " != *" $part "* ]] || wanted+=("$part"); done
  [ ${#wanted[@]} -gt 0 ] || continue
  [ "$(jobs -rp | wc -l)" -lt 2 ] || wait -n
  run "${wanted[@]}" </dev/null &
done
wait

minutes="" processor_minutes=""
for part in "${parts[@]}"; do
  log=build/part_$part.txt
  read -r _ real user system < <(grep '^seconds: ' "$log" | tail -n 1)
  minutes+=$(printf '%s %d:%02d  ' "$part" $((${real:-0} / 60)) $((${real:-0} % 60)))
  processor=$((${user:-0} + ${system:-0}))
  processor_minutes+=$(printf '%s %d:%02d  ' "$part" $((processor / 60)) $((processor % 60)))
  count "$log" "$part"
done
printf '%s\n' "minutes: $minutes" "processor minutes: $processor_minutes" "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
