// The reference backend: plain loops, the oracle of every test. One header per operation in reference/.
#pragma once
#include <auris/core/executor.hpp>
#include <auris/core/kernel.hpp>

namespace auris {

struct reference {
  using queue = executor*;
  static queue default_queue() noexcept { return &calling_thread; }
  static int workers(queue q) noexcept { return q->workers(); }
};

}  // namespace auris
