#!/usr/bin/env bash
# The library as users get it: installed and found, as a subdirectory, and by plain -I. Prints "N passed, N failed, N skipped".
cd "$(dirname "$0")/.." || exit 2
root=$PWD
work=$root/build/packaging
rm -rf "$work"
mkdir -p "$work"
source tests/support/steps.sh

step "configure without tests, examples, benchmarks" cmake -S . -B "$work/library" -G Ninja -DCMAKE_INSTALL_PREFIX="$work/prefix" \
  -DAURIS_BUILD_TESTS=OFF -DAURIS_BUILD_EXAMPLES=OFF -DAURIS_BUILD_BENCHMARKS=OFF
step "install" cmake --install "$work/library"
for consumer in everything cpu_library one_layer; do
  step "find_package: configure $consumer" cmake -S "tests/packaging/$consumer" -B "$work/$consumer" -G Ninja \
    -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_BUILD_TYPE=Debug
  step "find_package: build $consumer" cmake --build "$work/$consumer"
  step "find_package: run $consumer" "$work/$consumer/$consumer"
done
step "another minor version is refused" bash -c "! cmake -S tests/packaging/one_layer -B '$work/wrong' -G Ninja \
  -DCMAKE_PREFIX_PATH='$work/prefix' -DWANTED_VERSION=99.0"
step "add_subdirectory: configure" cmake -S tests/packaging/subdirectory -B "$work/subdirectory" -G Ninja -DAURIS_SOURCE="$root"
step "add_subdirectory: build" cmake --build "$work/subdirectory"
step "add_subdirectory: run" "$work/subdirectory/subdirectory"
step "add_subdirectory: builds nothing of ours" bash -c "! cmake --build '$work/subdirectory' --target help | grep -E 'unit_|golden|apply|kernels'"
step "plain -I" "${CXX:-g++}" -std=c++20 -Iinclude tests/packaging/one_layer/main.cpp -o "$work/plain"
step "plain -I: run" "$work/plain"
step "without exceptions" "${CXX:-g++}" -std=c++20 -fno-exceptions -Iinclude tests/packaging/one_layer/main.cpp -o "$work/quiet"
headers() {  # every header compiles alone; those for NVIDIA's libraries: cuda.sh
  local not_here='/backend/(nvidia/|cublas|cufft|cudnn)'
  [ -e /usr/include/yaml-cpp/yaml.h ] || not_here+='|/mixture_yaml'
  find include -name '*.hpp' -print0 | grep -zvE "$not_here" | sort -z | xargs -0 -n 1 -P "$(nproc)" "${CXX:-g++}" -std=c++20 -fsyntax-only -w -Iinclude \
    -isystem /usr/include/eigen3 -x c++
}
step "every header compiles alone" headers
steps_done
