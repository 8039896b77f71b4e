#pragma once
#include <auris/core/executor.hpp>
#include <auris/core/random.hpp>
#include <vector>

/// An executor for tests: blocks run in random order, each as a random worker, as threads may do it.
class shuffled final : public auris::executor {
 public:
  explicit shuffled(int workers) : workers_(workers) {}
  int workers() const noexcept override { return workers_; }
  void run(auris::idx blocks, block_function function, const void* task) noexcept override {
    std::vector<auris::idx> order(static_cast<std::size_t>(blocks));
    for (auris::idx b = 0; b < blocks; ++b) order[static_cast<std::size_t>(b)] = b;
    auris::shuffle(order.data(), blocks, random_);
    for (const auris::idx b : order) function(task, b, static_cast<int>(random_.below(workers_)));
  }

 private:
  int workers_;
  auris::random_sequence random_{7};
};
