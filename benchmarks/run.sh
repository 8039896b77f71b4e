#!/usr/bin/env bash
# Builds and runs the benchmarks named as arguments: kernels, networks, compile_time (default: all).
#
#   kernels        every operation of the table, both backends (Google Benchmark; options behind -- are passed on)
#   networks       inference and training steps of the registered networks
#   compile_time   seconds that headers and networks cost a translation unit
set -e
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
    networks)
      cmake --preset release -DAURIS_BUILD_BENCHMARKS=ON >/dev/null
      cmake --build --preset release --target apply >/dev/null
      for network in crnn_4b soft_label_mtl_3 soft_label_mtl_4 soft_label_mtl_4_small; do
        build/release/bin/apply $network --repeat 7 --json
        build/release/bin/apply $network --repeat 3 --train --batch 8 --json
      done
      ;;
    compile_time) bash benchmarks/compile_time/run.sh ;;
    *) echo "unknown benchmark '$name'" >&2; exit 2 ;;
  esac
done
