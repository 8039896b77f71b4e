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

with_kernels() {  # options: what depends on the form that the kernels have
  local backend training
  backend=$(least "$work/backend.cpp" "$@") training=$(least "$work/training.cpp" "$@")
  report "the cpu backend" "$backend"
  report "crnn_4b: forward and backward" "$training"
  report "  beyond the headers of the backend" $((training - backend))
  report "crnn_4b: deployed, forward" "$(least "$work/product.cpp" "$@")"
}

linked=-DAURIS_CPU_LINKED
echo "$($compiler --version | head -n 1), one translation unit, -O2"
report "an empty file" "$(least "$work/nothing.cpp")"
report "all of core/" "$(least "$work/core.cpp")"
report "all layers (nn.hpp)" "$(least "$work/layers.cpp")"
report "the cpu backend and the layers" "$(least "$work/headers.cpp")"
with_kernels
echo "for the instruction set of this machine alone (-march=native):"
with_kernels -march=native
echo "where a library holds the kernels of the cpu backend:"
with_kernels $linked
report "that library" "$(least cmake/kernels/cpu.cpp $linked)"
