// How often this program repeats checks where a sanitizer watches it.
#include "op/checks.hpp"
#include "support/allocations.hpp"

[[maybe_unused]] static const bool fewer = [] {
  // Three workers in a random order and three threads at once: fewer of them touch nothing else, nor does a second value.
  if (!auris::testing::counts_allocations()) table::repeated = {2, 1};
  return true;
}();
