#!/usr/bin/env bash
# The CUDA backend under nvcc: all kernels, a program with both backends, and consumers of the installed library. Without a GPU what
# is built is not run. Prints "N passed, N failed, N skipped".
cd "$(dirname "$0")/.." || exit 2
work=$PWD/build/cuda_packaging
source tests/support/steps.sh
if ! command -v nvcc >/dev/null; then
  echo "skipped: nvcc is not installed"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
fi
rm -rf "$work"
mkdir -p "$work"

# Without a GPU each generation is compiled once: the newer one here, the older one by the consumers below.
newer=()
[ -e /dev/nvidiactl ] || newer=(-DCMAKE_CUDA_ARCHITECTURES=90)
step "configure with CUDA" cmake --preset cuda "${newer[@]}"
step "all kernels by nvcc, without a warning" cmake --build --preset cuda --target auris_kernels
step "a program with both backends" cmake --build --preset cuda --target unit_gpu
step "operations and trainings on the GPU" build/cuda/bin/unit_gpu

step "configure for installation" cmake -S . -B "$work/library" -G Ninja -DCMAKE_INSTALL_PREFIX="$work/prefix" \
  -DAURIS_BUILD_TESTS=OFF -DAURIS_BUILD_EXAMPLES=OFF -DAURIS_BUILD_BENCHMARKS=OFF
step "install" cmake --install "$work/library"
consumer() {  # name, folder of the build, options of cmake...
  local name=$1 to=$work/$2
  shift 2
  cmake -S "tests/packaging/$name" -B "$to" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_CUDA_ARCHITECTURES=80 "$@" &&
    cmake --build "$to"
}
step "consumer compiled by nvcc: build" consumer cuda cuda
step "consumer compiled by nvcc: run" "$work/cuda/cuda"
step "consumer with the library of kernels: build" consumer cuda_library cuda_library
step "consumer with the library of kernels: run" "$work/cuda_library/cuda_library"
libraries() {
  consumer cuda_choice cuda_choice && return
  grep -qE "(with cuFFT|and cuDNN)" "$log" && return 77
  return 1
}
step "consumer with NVIDIA's libraries: build" libraries
run_with_libraries() { [ -x "$work/cuda_choice/cuda_choice" ] || return 77; "$work/cuda_choice/cuda_choice"; }
step "consumer with NVIDIA's libraries: run" run_with_libraries
alone() {  # headers that a library's headers have to be there for
  local header include
  include=$(dirname "$(command -v nvcc)")/../include
  [ -e "$include/cudnn.h" ] && [ -e "$include/cublasLt.h" ] && [ -e "$include/cufft.h" ] || return 77
  for header in include/auris/backend/{cublas,cufft,cudnn}.hpp include/auris/backend/nvidia/*.hpp; do
    "${CXX:-g++}" -std=c++20 -fsyntax-only -Wall -Wextra -Iinclude -isystem "$include" -x c++ -include "$header" /dev/null || return 1
  done
}
step "headers for NVIDIA's libraries compile alone" alone
step "consumer where there is no CUDA: build" consumer cuda_library without -DCMAKE_DISABLE_FIND_PACKAGE_CUDAToolkit=ON
step "consumer where there is no CUDA: run" "$work/without/cuda_library"
missing() { consumer cuda missing -DCMAKE_DISABLE_FIND_PACKAGE_CUDAToolkit=ON && return 1; grep -q "needs the CUDA toolkit" "$log"; }
step "what needs CUDA says so where there is none" missing
steps_done
