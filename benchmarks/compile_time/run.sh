#!/usr/bin/env bash
# Seconds of compiling one translation unit: the least of three runs, at -O2.
#
# Budgets: the core at most 0.25 s; crnn_4b forward and backward at most 2 s beyond the headers of its backend, where a library
# holds the kernels (auris_add_cpu_library).
cd "$(dirname "$0")/../.." || exit 2
compiler=${CXX:-g++}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

least() {  # file, options: the least of three compile times
  local i t best=""
  for i in 1 2 3; do
    local from to
    from=$(date +%s%N)
    $compiler -std=c++20 -O2 -Iinclude -Iexamples "${@:2}" -c "$1" -o "$work/out.o" || return 1
    to=$(date +%s%N)
    t=$(((to - from) / 1000000))
    [ -n "$best" ] && [ "$best" -le "$t" ] || best=$t
  done
  echo "$best"
}
report() { printf '%-52s %5d.%02d s\n' "$1" $(($2 / 1000)) $(($2 % 1000 / 10)); }

echo '' >"$work/nothing.cpp"
for header in include/auris/core/*.hpp; do echo "#include <${header#include/}>"; done >"$work/core.cpp"
echo '#include <auris/nn.hpp>' >"$work/layers.cpp"
echo '#include <auris/backend/cpu.hpp>' >"$work/backend.cpp"
cat "$work/backend.cpp" >"$work/headers.cpp"
echo '#include <networks/crnn_4b.hpp>' >>"$work/headers.cpp"
cat "$work/headers.cpp" - >"$work/training.cpp" <<'CODE'
using namespace auris;
void step(context<cpu, float, training> c, view<const float> x) {
  networks::crnn_4b::forward(c, x);
  networks::crnn_4b::backward(c, x);
}
CODE
cat "$work/headers.cpp" - >"$work/product.cpp" <<'CODE'
using namespace auris;
struct product_form : deployed<networks::crnn_4b> {};
void run(context<cpu, float, deployment> c, view<const float> x) { product_form::forward(c, x); }
CODE

linked=-DAURIS_CPU_LINKED
nothing=$(least "$work/nothing.cpp") core=$(least "$work/core.cpp") layers=$(least "$work/layers.cpp")
backend=$(least "$work/backend.cpp") headers=$(least "$work/headers.cpp") training=$(least "$work/training.cpp") product=$(least "$work/product.cpp")
echo "$($compiler --version | head -n 1), one translation unit, -O2"
report "an empty file" "$nothing"
report "all of core/" "$core"
report "all layers (nn.hpp)" "$layers"
report "the cpu backend" "$backend"
report "the cpu backend and the layers" "$headers"
report "crnn_4b: forward and backward" "$training"
report "  beyond the headers of the backend" $((training - backend))
report "crnn_4b: deployed, forward" "$product"
backend=$(least "$work/backend.cpp" -march=native) training=$(least "$work/training.cpp" -march=native)
echo "for the instruction set of this machine alone (-march=native):"
report "the cpu backend" "$backend"
report "crnn_4b: forward and backward" "$training"
report "  beyond the headers of the backend" $((training - backend))
backend=$(least "$work/backend.cpp" $linked) training=$(least "$work/training.cpp" $linked) product=$(least "$work/product.cpp" $linked)
echo "where a library holds the kernels of the cpu backend:"
report "the cpu backend" "$backend"
report "crnn_4b: forward and backward" "$training"
report "  beyond the headers of the backend" $((training - backend))
report "crnn_4b: deployed, forward" "$product"
report "that library" "$(least cmake/kernels/cpu.cpp $linked)"
