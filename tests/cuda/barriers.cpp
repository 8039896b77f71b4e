// Barriers of a block: who waits for whom, and what is found where they are used wrongly.
#include "cuda/support.hpp"

using namespace cuda_test;

namespace {
/// The sums of groups of threads: shared memory is written and read in turn. Threads from `live` on return at once.
template <int = 0>
__global__ void tree_sum(unsigned live, const float* x, float* sum) {
  AURIS_SHARED(part, float[1024]);
  const unsigned t = threadIdx.x;
  if (t >= live) return;
  part[t] = x[blockIdx.x * blockDim.x + t];
  for (unsigned apart = 1; apart < live; apart *= 2) {
    __syncthreads();
    const float other = t + apart < live ? part[t + apart] : 0;
    __syncthreads();
    part[t] += t % (2 * apart) == 0 ? other : 0;
  }
  if (t == 0) sum[blockIdx.x] = part[0];
}

template <int = 0>
__global__ void votes(int limit, int* count, int* any, int* all) {
  const int t = static_cast<int>(threadIdx.x);
  count[t] = __syncthreads_count(t < limit);
  any[t] = __syncthreads_or(t < limit);
  all[t] = __syncthreads_and(t < limit);
}

constexpr int line_of_wrong_barriers = __LINE__ + 4;
template <int Mode>
__global__ void wrong_barriers() {
  const bool some = threadIdx.x < 40;
  if (some) __syncthreads();
  if (Mode == 0 && !some) __syncthreads();
  if (Mode == 1 && !some) __shfl_sync(~0u, 1, 0);
}
template <int = 0>
__global__ void calls_over_lines(unsigned* counter) {
  gpu::grid_barrier(counter,  //
                    1,        //
                    1);
}
}  // namespace

TEST_CASE("Barriers wait for all threads of a block that have not returned", "[barriers]") {
  in_all_orders([] {
    for (const unsigned threads : {1u, 31u, 32u, 33u, 250u, 1024u})
      for (const unsigned live : {1u, threads / 2 + 1, threads}) {
        const auto x = counted(3 * threads);
        std::vector<float> sum(3);
        CHECK(launched({"tree_sum", 3, threads, nullptr}, tree_sum<>, live, x.data(), sum.data()) == "");
        for (unsigned b = 0; b < 3; ++b)
          CHECK(sum[b] == static_cast<float>(live * (b * threads) + live * (live - 1) / 2));
      }
  });
}

TEST_CASE("Barriers count votes", "[barriers]") {
  in_all_orders([] {
    for (const int limit : {0, 1, 39, 40}) {
      int count[40], any[40], all[40];
      CHECK(launched({"votes", 1, 40, nullptr}, votes<>, limit, count, any, all) == "");
      for (int t = 0; t < 40; ++t) {
        CHECK(count[t] == limit);
        CHECK(any[t] == (limit > 0));
        CHECK(all[t] == (limit == 40));
      }
    }
  });
}

TEST_CASE("Threads of a block that wait at different barriers are found", "[barriers]") {
  in_all_orders([] {
    const std::string found = launched({"wrong_barriers", dim3(1, 3), 64, nullptr}, wrong_barriers<0>),
                      line = "barriers.cpp:" + std::to_string(line_of_wrong_barriers);
    const std::string next = "barriers.cpp:" + std::to_string(line_of_wrong_barriers + 1);
    CHECK(contains(found, "wrong_barriers: got barriers.cpp:"));
    CHECK(contains(found, "divergent barrier: other threads of the block wait at barriers.cpp:"));
    CHECK(contains(found, line));
    CHECK(contains(found, next));
    CHECK(contains(found, "[block 0,"));
    CHECK(contains(found, " thread "));
  });
}

TEST_CASE("Deadlocks are found, with a place for each side", "[barriers]") {
  in_all_orders([] {
    const std::string found = launched({"wrong_barriers", 1, 64, nullptr}, wrong_barriers<1>);
    CHECK(contains(found, "deadlock"));
    CHECK(contains(found, "barriers.cpp:" + std::to_string(line_of_wrong_barriers)));
    CHECK(contains(found, "barriers.cpp:" + std::to_string(line_of_wrong_barriers + 2)));
    CHECK(contains(found, "[block 0,0,0 thread "));
  });
}

TEST_CASE("After a failure the next launch is a new start", "[barriers]") {
  CHECK(launched({"wrong_barriers", 5, 64, nullptr}, wrong_barriers<0>) != "");
  const auto x = counted(64);
  float sum = 0;
  CHECK(launched({"tree_sum", 1, 64, nullptr}, tree_sum<>, 64u, x.data(), &sum) == "");
  CHECK(sum == 64 * 63 / 2);
}

TEST_CASE("A call over several lines stands where its name does", "[barriers]") {
  cuda_executor::barrier_log seen;
  const restored_settings restored;
  settings.seen = &seen;
  unsigned counter = 0;
  CHECK(launched_together({"calls_over_lines", 1, 1, nullptr}, calls_over_lines<>, &counter) == "");
  CHECK(seen.lines() == std::set<std::string>{"barriers.cpp:" + std::to_string(line_of_wrong_barriers + 6)});
}
