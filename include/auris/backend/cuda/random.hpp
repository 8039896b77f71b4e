#pragma once
#include <auris/core/random.hpp>

namespace auris {

/// A `random_key`, or one whose seed and step a kernel reads from the GPU's memory when it runs: a recorded step is replayed
/// with others each time.
///
/// It is no `random_key`: a kernel that takes one would repeat the numbers of the recording.
///
///     cuda_random_key key = random_key{.seed = 7, .step = 3};
///     key.stream = 2;
struct cuda_random_key : private random_key {
  constexpr cuda_random_key(random_key k = {}) : random_key(k) {}
  /// Of the `random_key::of_step()` that stands there.
  constexpr explicit cuda_random_key(const std::uint64_t* in_memory) : step_in_memory(in_memory) {}

  using random_key::first_item;
  using random_key::start;  ///< where nothing is read from memory
  using random_key::stream;
  const std::uint64_t* step_in_memory = nullptr;  ///< null: what was given counts
};

}  // namespace auris
