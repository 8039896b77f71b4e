#include <auris/backend/cuda.cuh>

#include "op/table.hpp"

/// Forward on the calling thread; for the executors after it reverse, then random orders.
void table::order_threads_as(executor& e) {
  using cuda_executor::order, cuda_executor::settings;
  static std::uint64_t others = 0;
  others = &e == &calling_thread ? 0 : others + 1;
  settings.order = others == 0 ? order::forward : others <= 2 ? order::reverse : order::random;
  settings.seed = others;
}
