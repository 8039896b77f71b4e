// Executors that no thread runs: what tests of independence from the executor need.
#pragma once
#include <auris/core/executor.hpp>

/// Several workers, blocks from the last to the first.
class backwards final : public auris::executor {
 public:
  int workers() const noexcept override { return 3; }
  void run(auris::idx blocks, block_function function, const void* task) noexcept override {
    for (auris::idx b = blocks - 1; b >= 0; --b) function(task, b, static_cast<int>(b % 3));
  }
};
