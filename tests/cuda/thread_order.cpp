#include <auris/backend/cuda.cuh>

#include "op/checks.hpp"

/// Reverse and random orders of threads; sanitizers find what they find in any.
[[maybe_unused]] static const bool fewer = [] {
  if (cuda_executor::tsan::on || cuda_executor::asan::on)
    table::repeated = {1, 1};
  else
    table::repeated.executors = 3;
  return true;
}();

/// Forward on the calling thread; for the executors after it reverse, then random orders.
void table::order_threads_as(executor& e) {
  using cuda_executor::order, cuda_executor::settings;
  static std::uint64_t others = 0;
  others = &e == &calling_thread ? 0 : others + 1;
  settings.order = others == 0 ? order::forward : others <= 2 ? order::reverse : order::random;
  settings.seed = others;
}
