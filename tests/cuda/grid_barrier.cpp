// Blocks that run together: each has its own shared memory, all wait for each other.
#include "cuda/support.hpp"

namespace grid_barrier_test {

using namespace cuda_test;

namespace {
/// `rounds` times: every value becomes its right neighbour's plus one, from buffer to buffer. Groups of `together` blocks
/// wait for each other and keep to their own values.
template <int = 0>
__global__ void rotate(unsigned rounds, unsigned together, unsigned* counters, float* from, float* to) {
  AURIS_SHARED(number, unsigned);
  if (threadIdx.x == 0) number = blockIdx.x;
  const unsigned group = blockIdx.x / together, values = together * blockDim.x;
  const unsigned i = blockIdx.x % together * blockDim.x + threadIdx.x;
  from += group * values;
  to += group * values;
  for (unsigned round = 1; round <= rounds; ++round) {
    to[i] = from[(i + 1) % values] + 1;
    gpu::grid_barrier(counters + group, round, together);
    float* const last = to;
    to = from;
    from = last;
  }
  if (number != blockIdx.x) from[i] = -1;
}

template <int = 0>
__global__ void rounds_of(unsigned first, unsigned step, unsigned rounds, unsigned blocks, unsigned* counter) {
  for (unsigned i = 0; i < rounds; ++i) gpu::grid_barrier(counter, first + i * step, blocks);
}
std::string found_in_rounds(unsigned first, unsigned step, unsigned rounds, unsigned blocks, unsigned start = 0) {
  return launched_together({"rounds_of", 3, 40, nullptr}, rounds_of<>, first, step, rounds, blocks, &start);
}

template <int Mode>
__global__ void wrong(unsigned* counter) {
  const unsigned t = threadIdx.x, b = blockIdx.x;
  if (Mode == 0 && t == 0) return;
  if (Mode == 1 && b == 1) return;
  if (Mode == 2 && b == 1 && t > 3) __syncthreads();
  gpu::grid_barrier(counter, Mode == 3 && t == 7 ? 2 : 1, gridDim.x);
}
template <int Mode>
std::string found() {
  unsigned counter = 0;
  return launched_together({"wrong", 2, 40, nullptr}, wrong<Mode>, &counter);
}
}  // namespace

TEST_CASE("grid_barrier: blocks of a group see what the others have written", "[grid_barrier]") {
  in_all_orders([] {
    for (const unsigned together : {1u, 2u, 4u})
      for (const unsigned threads : {1u, 45u, 64u}) {
        const unsigned rounds = 5, values = together * threads;
        unsigned counters[4] = {};
        auto x = counted(4 * threads);
        auto y = std::vector<float>(x.size());
        const auto start = x;
        CHECK(launched_together({"rotate", 4, threads, nullptr}, rotate<>, rounds, together, counters, x.data(),
                                y.data()) == "");
        for (unsigned i = 0; i < 4 * threads; ++i)
          CHECK(y[i] == start[i / values * values + (i + rounds) % values] + rounds);
      }
  });
}

TEST_CASE("grid_barrier: rounds count from 1, from a counter of zero", "[grid_barrier]") {
  in_all_orders([] {
    CHECK(found_in_rounds(1, 1, 4, 3) == "");
    for (const std::string& found :
         {found_in_rounds(0, 1, 2, 3), found_in_rounds(2, 1, 2, 3), found_in_rounds(1, 0, 2, 3),
          found_in_rounds(1, 2, 2, 3), found_in_rounds(1, 1, 2, 3, 1), found_in_rounds(1, 1, 2, 2),
          found_in_rounds(1, 1, 1, 3, ~0u)}) {
      CHECK(contains(found, "rounds_of: got grid_barrier.cpp:"));
      CHECK(contains(found, "it has to be zero at the start, rounds count 1, 2, 3..."));
    }
    CHECK(contains(found_in_rounds(1, 1, 1, 4), "deadlock: others that this thread waits for never come here"));
  });
}

TEST_CASE("grid_barrier: what would hang on a device is found", "[grid_barrier]") {
  in_all_orders([] {
    CHECK(contains(found<0>(), "grid_barrier after the block's first thread has returned"));
    CHECK(contains(found<1>(), "deadlock"));
    CHECK(contains(found<2>(), "divergent barrier"));
    CHECK(contains(found<3>(), "the threads of the block give different counters, rounds or numbers of blocks"));
    unsigned counter = 0;
    CHECK(contains(launched({"rounds_of", 3, 40, nullptr}, rounds_of<>, 1u, 1u, 1u, 3u, &counter),
                   "in a grid that launch_together has not launched"));
  });
}

TEST_CASE("The device holds so many blocks at the same time", "[grid_barrier]") {
  CHECK(gpu::resident_blocks(rounds_of<>, 256, 100 * 1024) == 4);
  CHECK(gpu::resident_blocks(rounds_of<>, 2000, 0) == 0);
  CHECK(gpu::resident_blocks(rounds_of<>, 32, 300 * 1024) == 0);
  unsigned counter = 0;
  CHECK(contains(launched_together({"rounds_of", 5, 32, nullptr}, rounds_of<>, 1u, 1u, 1u, 5u, &counter),
                 "more blocks than the device holds at the same time"));
  const restored_settings restored;
  settings.resident_blocks = 32;
  CHECK(gpu::resident_blocks(rounds_of<>, 32, 0) == 32);
  CHECK(launched_together({"rounds_of", dim3(8, 2, 2), 33, nullptr}, rounds_of<>, 1u, 1u, 3u, 32u, &counter) == "");
  CHECK(counter == 96);
}

}  // namespace grid_barrier_test
