#!/usr/bin/env bash
# Everything that needs a GPU, on a machine that has one with CUDA's toolkit: the parts named as arguments, each of a few minutes.
#
#   bash tests/gpu.sh [--deps DIR] [build] [table] [networks] [sanitizer] [benchmarks]      default: all
#
# build: kernels and programs; table: the table of operations on the GPU against the reference, and trainings beside the CPU's;
# networks: the golden files; sanitizer: compute-sanitizer (memcheck, racecheck) over the table, where it is installed; benchmarks:
# kernels beside NVIDIA's libraries, networks (a clip and training steps, plain and replayed; batches of 64), and PyTorch at the same work
# where it is installed.
#
# Installs nothing. Headers and libraries that the machine lacks travel in DIR: bash tests/gpu_packages.sh DIR fills it.
# Ends with "N passed, N failed, N skipped".
from=$PWD
cd "$(dirname "$0")/.." || exit 2
parts=() options=()
while [ $# -gt 0 ]; do
  case $1 in
    --deps)
      deps=$(cd "$from" && cd "${2:?--deps needs a folder}" && pwd) || exit 2
      shift 2
      ;;
    build | table | networks | sanitizer | benchmarks) parts+=("$1") && shift ;;
    *) echo "unknown part '$1'; parts are build table networks sanitizer benchmarks" >&2 && exit 2 ;;
  esac
done
[ ${#parts[@]} -gt 0 ] || parts=(build table networks sanitizer benchmarks)
if [ -n "${deps:-}" ]; then
  libraries=$deps/usr/lib/x86_64-linux-gnu
  export PKG_CONFIG_SYSROOT_DIR=$deps PKG_CONFIG_LIBDIR=$libraries/pkgconfig:$deps/usr/share/pkgconfig
  export LD_LIBRARY_PATH=$libraries:${LD_LIBRARY_PATH:-} PATH=$PATH:$deps/usr/bin
  options+=("-DCMAKE_PREFIX_PATH=$deps/usr" "-DCMAKE_EXE_LINKER_FLAGS=-Wl,-rpath-link,$libraries")
fi
bin=build/cuda/bin
show_steps=yes
source tests/support/steps.sh
build() {
  cmake --preset cuda -DAURIS_BUILD_BENCHMARKS=ON "${options[@]}" &&
    cmake --build --preset cuda --target apply golden unit_gpu kernels
}
checked() {  # tool
  command -v compute-sanitizer >/dev/null || { echo "compute-sanitizer is not installed" && return 77; }
  with_gpu timeout 460 compute-sanitizer --tool "$1" --error-exitcode 1 $bin/unit_gpu "[table]"
}
networks() {
  local network batch
  for network in crnn_4b soft_label_mtl_4; do
    $bin/apply $network --backend cuda --repeat 50 && $bin/apply $network --backend cuda --repeat 50 --replay &&
      $bin/apply $network --backend cuda --repeat 10 --batch 64 || return 1
    for batch in 8 64; do
      $bin/apply $network --backend cuda --repeat 10 --batch $batch --train &&
        $bin/apply $network --backend cuda --repeat 10 --batch $batch --train --replay || return 1
    done
  done
}
for part in "${parts[@]}"; do
  echo "== $part"
  case $part in
    build) step "kernels and programs" build ;;
    table) step "operations and trainings" with_gpu $bin/unit_gpu ;;
    networks) step "golden files" with_gpu $bin/golden --backend cuda --known tests/golden/known.txt tests/golden ;;
    sanitizer)
      step memcheck checked memcheck
      step racecheck checked racecheck
      ;;
    benchmarks)
      step "kernels" with_gpu timeout 480 $bin/kernels --benchmark_filter='^cu' --benchmark_min_time=0.05
      step "networks" with_gpu networks
      step "PyTorch" with_gpu timeout 300 python3 benchmarks/pytorch_gpu.py
      ;;
  esac
done
steps_done
