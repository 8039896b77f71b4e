#!/usr/bin/env bash
# Builds the networks and compares them with golden files (form: tests/golden/README.md).
#
#   bash tests/golden.sh [--backend cpu|reference|cuda] [--threads N] [--preset release|cuda|executor] [PATH...]
#
# PATH: files or folders; default: tests/golden. --preset: the build. `--backend cuda` runs on a GPU with `cuda`, which is its
# default where one is, and on the host with `executor`.
#
# One line per file, case and output with the worst error; unknown networks, sizes and options are skipped by name. Without PATH the
# files in tests/golden/known.txt have to run. Ends with "N passed, N failed, N skipped"; exits with 1 on a failure or when nothing ran.
from=$PWD
cd "$(dirname "$0")/.." || exit 2
source cmake/install_packages.sh
install_packages g++ cmake ninja-build pkg-config catch2 libsndfile1-dev nlohmann-json3-dev libcli11-dev libbenchmark-dev
preset=release options=() paths=() with_cuda=executor
[ ! -e /dev/nvidiactl ] || with_cuda=cuda
while [ $# -gt 0 ]; do
  case $1 in
    --backend) [ "$2" = cuda ] && preset=$with_cuda; options+=("$1" "$2"); shift 2 || exit 2 ;;
    --preset) preset=$2; shift 2 || exit 2 ;;
    --threads) options+=("$1" "$2"); shift 2 || exit 2 ;;
    -*) options+=("$1"); shift ;;
    /*) paths+=("$1"); shift ;;
    *) paths+=("$from/$1"); shift ;;
  esac
done
[ ${#paths[@]} -gt 0 ] || { paths=(tests/golden); options+=(--known tests/golden/known.txt); }
mkdir -p build
{ cmake --preset $preset -DAURIS_BUILD_TESTS=ON && cmake --build --preset $preset --target golden; } >build/log_golden_build.txt 2>&1 || {
  tail -n 60 build/log_golden_build.txt
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
}
build/$preset/bin/golden "${options[@]}" "${paths[@]}"
