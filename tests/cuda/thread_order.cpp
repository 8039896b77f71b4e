// How the executor's programs walk through the table.
#include <auris/backend/cuda.cuh>

#include "op/checks.hpp"

using cuda_executor::order, cuda_executor::settings;

/// Forward on the calling thread; for the executors after it reverse, then random orders.
static void set_order(auris::executor& e) {
  static std::uint64_t others = 0;
  others = &e == &auris::calling_thread ? 0 : others + 1;
  settings.order = others == 0 ? order::forward : others <= 2 ? order::reverse : order::random;
  settings.seed = others;
}

[[maybe_unused]] static const bool set = [] {
  table::set_order_of_threads = set_order;
  if (cuda_executor::tsan::on || cuda_executor::asan::on)
    table::repeated = {1, 1};  // they find what they find in any order
  else
    table::repeated.executors = 3;
  return true;
}();
