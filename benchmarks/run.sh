#!/usr/bin/env bash
# Builds and runs the benchmarks named as arguments: kernels, networks, peers, compile_time (default: kernels, networks and
# compile_time; peers installs other people's packages). Options behind -- are passed on.
#
#   kernels        every operation of the table, both backends, and a front-end (Google Benchmark)
#   networks       inference and training steps of the networks
#   peers          networks, with -- --kernels layers, -- --audio the front-end, or -- --metrics the metrics, beside what a user of Python has
#   compile_time   seconds that headers and networks cost a translation unit
#   native         what -march=native would gain
set -e
from=$PWD
cd "$(dirname "$0")/.."
source cmake/install_packages.sh
install_packages g++ cmake ninja-build pkg-config catch2 libsndfile1-dev nlohmann-json3-dev libcli11-dev libbenchmark-dev
names=() options=()
while [ $# -gt 0 ]; do
  case $1 in
    --) shift; options=("$@"); break ;;
    *) names+=("$1"); shift ;;
  esac
done
[ ${#names[@]} -gt 0 ] || names=(kernels networks compile_time)
for name in "${names[@]}"; do
  case $name in
    kernels)
      cmake --preset release -DAURIS_BUILD_BENCHMARKS=ON >/dev/null
      cmake --build --preset release --target kernels >/dev/null
      build/release/bin/kernels "${options[@]}"
      ;;
    networks) bash benchmarks/networks/run.sh "${options[@]}" ;;
    peers) (root=$PWD; cd "$from" && bash "$root/benchmarks/peers/run.sh" "${options[@]}") ;;
    compile_time) bash benchmarks/compile_time/run.sh ;;
    native) bash benchmarks/native/run.sh "${options[@]}" ;;
    *) echo "unknown benchmark '$name'" >&2; exit 2 ;;
  esac
done
